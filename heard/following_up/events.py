"""What can happen to the follow-ups. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class FollowUpRuleChanged(Event):
    """Of one inbox, or of all without a rule of their own."""

    inbox_id: int | None
    ask_after: int | None
    remind_after: int | None
    close_after: int | None


@dataclass(frozen=True, kw_only=True)
class FollowUpTextChanged(Event):
    language: str


@dataclass(frozen=True, kw_only=True)
class FollowUpReplyChanged(Event):
    """`reply_id` is none where the words are those of the settings again."""

    asks: str  # which of them
    reply_id: int | None


@dataclass(frozen=True, kw_only=True)
class FollowUpSwitched(Event):
    """For one ticket."""

    number: int
    on: bool
