"""What a check has to say about a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from heard.channels.words import N_

__all__ = ["N_", "Finding", "Weight"]

Weight = Literal["stop", "warn", "hint"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to stop or to think again, from `start` to `end` in the draft's text.

    `reason` is an English source text and `params` what goes into its `%(name)s`, kept apart so that a page
    can translate the one and put in the other. `overridable`: a person who is sure may send anyway.
    `mend` is what to put in place of the span, where a check knows that.

    `weight` says how sure and how grave it is. "stop": it does harm. "warn": probably a slip, and a person
    has to look at it once. "hint": it could be better; a hint never stops a reply. `needs_right`: somebody may
    send anyway, but not whoever asks.
    """

    check: str
    code: str
    reason: str
    start: int
    end: int
    overridable: bool
    mend: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)
    weight: Weight = "stop"
    needs_right: bool = False

    @property
    def sentence(self) -> str:
        """The reason in English, for the API and for logs."""
        return self.reason % self.params
