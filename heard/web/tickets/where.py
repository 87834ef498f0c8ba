"""Which list stands beside the ticket: a folder, an inbox, a search."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.tickets.folders import FOLDERS

NAMES: dict[str, Promise] = {
    "waiting": _("Needs answer"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "snoozed": _("Snoozed"),
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
    "call-backs": "phone-outgoing",
    "unsent": "message-square-warning",
    "answered": "check-check",
    "resolved": "archive",
    "all": "message-square-text",
}
# Who waits in these is waiting for us now: a zero there is worth a word of praise.
WAITING = ("waiting", "mine", "unassigned")
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Where:
    folder: str = "waiting"
    inbox: int | None = None
    words: str = ""

    @property
    def query(self) -> str:
        """What an address carries to come back to this list."""
        given = {"q": self.words} if self.words else {"folder": self.folder}
        if self.inbox is not None:
            given["inbox"] = str(self.inbox)
        return urlencode(given)

    @property
    def name(self) -> Promise:
        return NAMES[self.folder]


def where_in(given: QueryDict) -> Where:
    """Unknown folders and odd numbers lead to where the work is, not to an error."""
    folder = given.get("folder", "")
    inbox = given.get("inbox", "")
    return Where(
        folder if folder in FOLDERS else "waiting",
        int(inbox) if inbox.isascii() and inbox.isdecimal() and len(inbox) < 19 else None,
        given.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
    )
