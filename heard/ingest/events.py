"""What admins change about what is taken in."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class ListenQueryEvent(Event):
    inbox_id: int
    name: str
    text: str


class ListenQueryAdded(ListenQueryEvent): ...


class ListenQueryChanged(ListenQueryEvent): ...


class ListenQueryRemoved(ListenQueryEvent): ...
