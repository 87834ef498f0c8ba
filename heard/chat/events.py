"""What can happen to a window."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class WidgetChanged(Event):
    """An admin changed how it looks, what it says or who may show it."""

    inbox_id: int
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class WidgetSecretMade(Event):
    """A new secret for the site's signature. The one before goes on to count, the one before that does not."""

    inbox_id: int


@dataclass(frozen=True, kw_only=True)
class WidgetSecretsDropped(Event):
    """Only the newest secret counts from now on, or with `all` none."""

    inbox_id: int
    all: bool
