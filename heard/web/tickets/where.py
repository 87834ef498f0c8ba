"""Which list stands beside the ticket: a folder, an inbox, a search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.tickets.folders import FOLDERS, PAGE
from heard.web.numbers import is_number, number_in

NAMES: dict[str, Promise] = {
    "waiting": _("Needs answer"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "snoozed": _("Snoozed"),
    "to-review": _("To review"),
    "came-back": _("Came back to me"),
    "scheduled": _("Scheduled"),
    "follow-ups": _("Follow-ups"),
    "call-backs": _("Call-backs"),
    "unsent": _("Not sent"),
    "answered": _("Answered"),
    "resolved": _("Resolved"),
    "all": _("All"),
}
ICONS = {
    "waiting": "inbox",
    "mine": "user",
    "unassigned": "user-plus",
    "snoozed": "clock",
    "to-review": "eye",
    "came-back": "undo-2",
    "scheduled": "calendar-clock",
    "follow-ups": "calendar-days",
    "call-backs": "phone-outgoing",
    "unsent": "message-square-warning",
    "answered": "check-check",
    "resolved": "archive",
    "all": "message-square-text",
}
# Who waits in these is waiting for us now: a zero there is worth a word of praise.
WAITING = ("waiting", "mine", "unassigned")
LONGEST_SEARCH = 200
MOST_INBOXES = 200
MOST_ROWS = 5_000  # nobody scrolls further down, and a list drawn anew must end


@dataclass(frozen=True)
class Where:
    folder: str = "waiting"
    inboxes: tuple[int, ...] = ()  # none named: all
    words: str = ""

    @property
    def query(self) -> str:
        """What an address carries to come back to this list."""
        return _query(self)

    def into(self, folder: str) -> Where:
        """Another folder of the same inboxes."""
        return replace(self, folder=folder, words="")

    def of(self, *inboxes: int) -> Where:
        """These inboxes in the same folder. A search goes through all of them, and leads back to what waits."""
        return replace(self, inboxes=tuple(sorted(set(inboxes))), words="")

    def with_or_without(self, inbox: int) -> Where:
        return self.of(*({*self.inboxes} ^ {inbox}))

    @property
    def name(self) -> Promise:
        return NAMES[self.folder]


@lru_cache(maxsize=1024)
def _query(where: Where) -> str:
    if where.words:
        return urlencode({"q": where.words})
    return urlencode([("folder", where.folder), *(("inbox", inbox) for inbox in where.inboxes)])


def where_in(given: QueryDict) -> Where:
    """Unknown folders and odd numbers lead to where the work is, not to an error."""
    folder = given.get("folder", "")
    named = {int(inbox) for inbox in given.getlist("inbox")[:MOST_INBOXES] if is_number(inbox)}
    return Where(
        folder if folder in FOLDERS else "waiting",
        tuple(sorted(named)),
        given.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
    )


def rows_shown(given: QueryDict) -> int:
    """As many whole pages as the open page holds, so that many agents' questions are alike."""
    shown = min(max(1, number_in(given.get("list", ""))), MOST_ROWS)
    return -(-shown // PAGE) * PAGE
