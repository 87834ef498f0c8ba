"""A reply that somebody is about to send."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from heard.channels.contract import Button, Buttons, Count, Files
from heard.checks.attached import Attached
from heard.checks.known_facts import KnownFact
from heard.checks.phrase import Phrase
from heard.checks.wanted_voice import Voice
from heard.language.spelling import Speller

__all__ = ["Draft", "Phrase"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text, what its channel allows, whom it is for and what the workspace wants.

    `limit` is in units of `counts`, None where there is none. `divides`: what does not fit into one message
    may go as several. `ours` are addresses, numbers and links that the company shows on purpose, such as its
    own hotline; `private_links` are beginnings of addresses that belong to one person, such as a page for
    one ticket.

    `language` is the customer's and `formality` how that person is addressed ("formal" or "informal"), both
    empty when nobody knows. `author_language` is what whoever writes reads Heard in. `names` are all by which
    the customer is known, `agent_names` those of whoever signs. `already_said` is what this person got from us,
    the newest first. `first_answer`: nobody has answered in this ticket yet. `today` is the day where the
    workspace is.

    `order_patterns` and `voucher_patterns` are regular expressions of the workspace, found harmless before.
    `forbidden` phrases stop, `discouraged` ones are only pointed out. `voice` is how the brand sounds here.
    `facts` are those that are due, that changed, and that the text names.
    """

    text: str
    public: bool
    limit: int | None = None
    counts: Count = Count.CHARACTERS
    window_closed: bool = False
    window_closed_at: datetime | None = None
    language: str = ""
    author_language: str = ""
    ours: Collection[str] = ()
    files: Sequence[Attached] = ()
    files_taken: Files | None = None
    buttons: Sequence[Button] = ()
    buttons_taken: Buttons | None = None
    divides: bool = False
    complaint: bool = False
    formality: str = ""
    names: Collection[str] = ()
    agent_names: Collection[str] = ()
    already_said: Sequence[str] = ()
    order_patterns: Sequence[str] = ()
    voucher_patterns: Sequence[str] = ()
    forbidden: Sequence[Phrase] = ()
    discouraged: Sequence[Phrase] = ()
    private_links: Sequence[str] = ()
    voice: Voice | None = None
    facts: Sequence[KnownFact] = ()
    speller: Speller | None = None
    first_answer: bool = False
    today: date | None = None
