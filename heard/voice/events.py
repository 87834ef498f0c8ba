"""What can happen to voices and market cards."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class VoiceEvent(Event):
    profile_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class VoiceWritten(VoiceEvent):
    """A new profile, or another one says something else now."""

    is_on: bool


class VoiceRemoved(VoiceEvent): ...


@dataclass(frozen=True, kw_only=True)
class MarketEvent(Event):
    card_id: int
    country: str


class MarketWritten(MarketEvent):
    """A card was added, or says something else now."""


class MarketRemoved(MarketEvent): ...


@dataclass(frozen=True, kw_only=True)
class MarketHidden(MarketEvent):
    """By one agent, from their own sight; or shown again."""

    hidden: bool
