"""One row of the list. Most rows look as they did a moment ago, so what was drawn once is kept."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from functools import lru_cache

from django.utils.translation import get_language
from markupsafe import Markup

from heard.tickets.models import Priority
from heard.web.faces import Face, face
from heard.web.fragments import whole_for_all
from heard.web.tickets.clock import Clock
from heard.web.tickets.words import KINDS

# Some screens full for every language: two kilobytes each.
MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Beside:
    """A colleague who is at the ticket now."""

    pk: int
    name: str
    writing: bool


@dataclass(frozen=True, slots=True)
class Row:
    """All that a row shows, and nothing else: equal rows look the same."""

    pk: int
    number: int
    name: str
    face: Face
    channel: str
    kind: str
    kind_name: str
    language: str
    subject: str
    priority: str  # only what presses
    preview: str
    clock: Clock | None
    ago: str  # instead of the clock, where nobody waits
    snoozed: str  # until when
    call_back: str  # when we owe a call
    call_is_late: bool
    answer: str  # when one that is written goes out
    in_review: bool
    follow_up: str  # when somebody wants to look after it
    follow_up_is_due: bool
    colleagues: tuple[Beside, ...]
    unsent: bool
    assignee: str
    last_message_at: datetime

    @property
    def version(self) -> int:
        """Changes with whatever the row shows, apart from the time that passes."""
        shown = (
            *(self.last_message_at, self.clock and self.clock.since, self.snoozed),
            *(self.call_back, self.call_is_late, self.priority),
            *(self.answer, self.in_review, self.follow_up, self.follow_up_is_due),
            *(self.name, self.subject, self.preview, self.assignee, self.language, self.unsent),
            *(astuple(colleague) for colleague in self.colleagues),
        )
        return zlib.crc32(repr(shown).encode())

    @property
    def priority_name(self) -> str:
        return str(Priority(self.priority).label)

    @property
    def assignee_face(self) -> Face | None:
        return face(self.assignee) if self.assignee else None


def html_of(rows: Sequence[Row], query: str, *, open_id: int) -> Markup:
    """`query` is what their addresses carry to come back to this list."""
    language = get_language() or ""
    return Markup("\n").join([_drawn(row, query, row.pk == open_id, language) for row in rows])


@lru_cache(maxsize=MOST_KEPT)
def _drawn(row: Row, query: str, is_open: bool, language: str) -> Markup:
    shown = {"row": row, "query": query, "is_open": is_open, "kinds": KINDS}
    return Markup(whole_for_all("tickets/_row.html", context=shown))
