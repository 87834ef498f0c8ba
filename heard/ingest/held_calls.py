"""What a network holds, written down like a call of its own: it comes in by the same door as a hook.

So the ledger has a line for it, a message that came by hook as well is known again, and what cannot be
taken in is kept aside and can be tried again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, get_args

from pydantic import TypeAdapter, ValidationError

from heard.channels.contract import Incoming, Unreadable
from heard.channels.reading import read_json
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall

# Hooks keep no header of this name, so nobody outside can write such a call.
HEADER: Final = "heard-held"
FACTS_A_CALL: Final = 20

_KINDS: Final[dict[str, type[Incoming]]] = {kind.__name__: kind for kind in get_args(Incoming)}


@cache
def _shape(kind: str) -> TypeAdapter[Incoming]:
    return TypeAdapter(_KINDS[kind])


def write_held(
    inbox: Inbox, facts: Sequence[Incoming], *, past_before: datetime | None, now: datetime
) -> None:
    """Facts from before `past_before` come in as history."""
    RawCall.objects.bulk_create(
        RawCall(
            workspace_id=inbox.workspace_id,
            inbox=inbox,
            headers={HEADER: "1"},
            body=json.dumps(
                [_written(fact, past_before) for fact in facts[start : start + FACTS_A_CALL]]
            ).encode(),
            received_at=now,
        )
        for start in range(0, len(facts), FACTS_A_CALL)
    )


def is_held(call: RawCall) -> bool:
    return HEADER in call.headers


def waits(inbox: Inbox) -> bool:
    """Is something that was read back still to be taken in?"""
    return RawCall.objects.filter(inbox=inbox, taken_in_at=None, headers__has_key=HEADER).exists()


def read_held(call: RawCall) -> Iterator[tuple[Incoming, bool]]:
    """Each fact, and whether it is history. Raises Unreadable."""
    for row in read_json(bytes(call.body)):
        try:
            yield _shape(row["kind"]).validate_python(row["fact"]), bool(row["past"])
        except (KeyError, ValidationError) as error:
            raise Unreadable("It was written down by another version of Heard.") from error


def _written(fact: Incoming, past_before: datetime | None) -> dict[str, Any]:
    kind = type(fact).__name__
    return {
        "kind": kind,
        "past": past_before is not None and fact.at < past_before,
        "fact": _shape(kind).dump_python(fact, mode="json"),
    }
