"""Who speaks: initials below a public reply, a name below a private one, a signature below a letter.

The inbox says how, the agent who. What is put below a text is a part of it, so the gate counts it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from heard.inboxes.models import Inbox
from heard.tickets.route import Route
from heard.workspaces.models import Agent

KNOWN: Final = ("initials", "name", "inbox", "workspace")
_NAME: Final = re.compile(r"\{([^{}]*)\}")
_LETTERS: Final = re.compile(r"[^\W\d_]")


def unknown_in(pattern: str) -> list[str]:
    """What stands in braces there and nobody can fill."""
    return [name for name in _NAME.findall(pattern) if name not in KNOWN]


def signed(text: str, way: Route, *, by: Agent) -> str:
    """The text as it leaves. Said twice, it is signed once."""
    line = line_below(way, by=by)
    if not line or not text.strip() or text.rstrip().endswith(line):
        return text
    return f"{text.rstrip()}{' ' if way.public else chr(10)}{line}"


def line_below(way: Route, *, by: Agent) -> str:
    """What a reply that goes this way ends with. Empty for letters: theirs is no part of the text."""
    if way.is_letter:
        return ""
    return fill_in_line(way.inbox.sign_public if way.public else way.inbox.sign_private, way.inbox, by=by)


def letter_signature(way: Route, *, by: Agent) -> str:
    """Empty: the one that stands in the mailbox's own settings."""
    return fill_in_line(way.inbox.sign_mail, way.inbox, by=by)


def fill_in_line(pattern: str, inbox: Inbox, *, by: Agent) -> str:
    values: Mapping[str, str] = {
        "initials": by.initials or initials_of(by.shown_as),
        "name": by.shown_as,
        "inbox": inbox.name,
        "workspace": by.workspace.name,
    }
    return _NAME.sub(lambda found: values.get(found[1], found[0]), pattern).strip()


def initials_of(name: str) -> str:
    """The first letters of the first and the last word."""
    letters = [found[0] for word in name.split() if (found := _LETTERS.search(word))]
    return "".join([*letters[:1], *letters[1:][-1:]]).upper()
