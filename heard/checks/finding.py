"""What a check has to say about a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from heard.channels.words import N_

__all__ = ["N_", "Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to stop, from `start` to `end` in the draft's text.

    `reason` is an English source text and `params` what goes into its `%(name)s`, kept apart so that a page
    can translate the one and put in the other. `overridable`: a person who is sure may send anyway.
    `mend` is what to put in place of the span, where a check knows that.
    """

    check: str
    code: str
    reason: str
    start: int
    end: int
    overridable: bool
    mend: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The reason in English, for the API and for logs."""
        return self.reason % self.params
