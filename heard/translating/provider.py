"""What a translation service can do for us. One file a service; they know neither Django nor the database."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from heard.outbound import Answer, Broken, Outbound, Refused, Unreachable
from heard.translating.protect import Part
from heard.translating.troubles import CannotTranslate, Trouble

LONGEST_DETAIL: Final = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """`source` is empty where nobody knows it. `formality` is for services that can choose."""

    texts: Sequence[Sequence[Part]]
    source: str
    target: str
    formality: str = ""


@dataclass(frozen=True, slots=True)
class Translated:
    """`source` is the language that the service took it for."""

    text: str
    source: str


class Provider(Protocol):
    def translate(self, wanted: Wanted) -> list[Translated]:
        """As many as there were texts, in their order. Raises CannotTranslate."""


def asked(outbound: Outbound, url: str, *, json: Any, headers: Mapping[str, str] | None = None) -> Answer:
    try:
        return outbound.call("POST", url, json=json, headers=headers)
    except Refused as error:
        raise CannotTranslate(Trouble.PRIVATE_ADDRESS, str(error)[:LONGEST_DETAIL]) from error
    except (Unreachable, Broken) as error:
        raise CannotTranslate(Trouble.NOT_REACHED, str(error)[:LONGEST_DETAIL]) from error


def mapping_in(answer: Answer) -> Mapping[str, Any]:
    """Empty for whatever is no JSON object."""
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def readable(text: object) -> str:
    """What a database takes: a service is as little to be trusted as any other stranger."""
    if not isinstance(text, str):
        raise CannotTranslate(Trouble.BAD_ANSWER)
    return text.replace("\x00", "").encode("utf-8", errors="replace").decode("utf-8")
