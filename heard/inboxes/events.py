"""What can happen to an inbox."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class InboxEvent(Event):
    inbox_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class InboxConnected(InboxEvent):
    """`history_days`: how far back its history is to be read; None for the installation's setting."""

    history_days: int | None = None


class InboxReconnected(InboxEvent): ...


class InboxDisconnected(InboxEvent): ...


@dataclass(frozen=True, kw_only=True)
class ReconnectRequired(InboxEvent):
    """The network refuses our credentials. Admins are told; sending stops."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class InboxChanged(InboxEvent):
    """An admin changed how the inbox is shown and who looks after it."""

    changed: list[str]


class SubscriptionMended(InboxEvent):
    """The network had stopped calling us, and was asked to again."""


@dataclass(frozen=True, kw_only=True)
class InboxSilent(InboxEvent):
    """Nobody has written for a time in which somebody nearly always does."""

    since: str
    expected: float


class InboxHeardAgain(InboxEvent): ...
