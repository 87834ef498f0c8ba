"""Sixty days and a token is dead; a living one, older than a day, is changed for a new one."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heard.channels.contract import ReconnectNeeded, Rejected, Renewed, TryAgain, Wire
from heard.channels.instagram.connect import long_lived, without_version
from heard.channels.instagram.credentials import InstagramCredentials
from heard.channels.instagram.graphs import ME, account_graph
from heard.channels.meta.graph import Graph

LIFE: Final = timedelta(days=60)
TOO_YOUNG: Final = timedelta(hours=24)


def renew(wire: Wire[Any]) -> Renewed:
    """The old token goes on working. Raises TryAgain or ReconnectNeeded."""
    mine: InstagramCredentials = wire.credentials
    if mine.by_page:
        raise ReconnectNeeded("The token of a page cannot be renewed, only given anew by signing in.")
    if wait := _still_too_young(mine, datetime.now(UTC)):
        _require_alive(wire)
        raise TryAgain("Instagram renews no token that is younger than a day.", after=wait)
    url = without_version(mine.graph_url)
    graph = Graph(wire, base_url=url, token=mine.access_token, secrets=mine.secrets)
    asked = {"grant_type": "ig_refresh_token", "access_token": mine.access_token.get_secret_value()}
    try:
        token, expires_at = long_lived(graph, "refresh_access_token", asked)
    except Rejected as rejected:
        if mine.ends_at and mine.ends_at <= datetime.now(UTC):
            raise ReconnectNeeded(rejected.reason, code=rejected.code) from rejected
        _require_alive(wire)
        raise TryAgain(rejected.reason, after=TOO_YOUNG, code=rejected.code) from rejected
    expires_at = expires_at or datetime.now(UTC) + LIFE
    renewed = mine.model_copy(update={"access_token": token, "expires_at": expires_at.isoformat()})
    return Renewed(renewed, expires_at=expires_at)


def _require_alive(wire: Wire[Any]) -> None:
    """A token that was taken away need not be waited for. Raises ReconnectNeeded or TryAgain."""
    with suppress(Rejected):
        account_graph(wire).read(ME, params={"fields": "user_id"})


def _still_too_young(mine: InstagramCredentials, now: datetime) -> timedelta | None:
    if mine.ends_at is None:
        return None
    age = LIFE - (mine.ends_at - now)
    return TOO_YOUNG - age if age < TOO_YOUNG else None
