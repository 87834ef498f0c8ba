"""What can happen to an inbox."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class InboxEvent(Event):
    inbox_id: int
    name: str


class InboxConnected(InboxEvent): ...


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
