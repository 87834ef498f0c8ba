"""What can happen around translating. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event
from heard.tickets.events import TicketEvent


@dataclass(frozen=True, kw_only=True)
class TranslatorChanged(Event):
    """Empty: nobody translates any more."""

    provider: str


@dataclass(frozen=True, kw_only=True)
class TermAdded(Event):
    term: str
    source: str
    target: str
    translation: str


@dataclass(frozen=True, kw_only=True)
class TermRemoved(Event):
    term: str


@dataclass(frozen=True, kw_only=True)
class ReadingBegan(TicketEvent):
    """An agent wants to read this ticket in another language."""

    language: str


class ReadingEnded(TicketEvent): ...


@dataclass(frozen=True, kw_only=True)
class TicketTranslated(TicketEvent):
    """Or not: then `problem` says why."""

    language: str
    messages: int
    problem: str


@dataclass(frozen=True, kw_only=True)
class DraftTranslated(TicketEvent):
    source: str
    language: str
    characters: int
