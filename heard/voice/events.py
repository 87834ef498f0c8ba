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
