"""Sixty days and a token is dead; a living one, older than a day, is changed for a new one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heard.channels.contract import ReconnectNeeded, Rejected, Renewed, TryAgain, Wire
from heard.channels.instagram.connect import long_lived, without_version
from heard.channels.instagram.credentials import InstagramCredentials
from heard.channels.meta.graph import Graph

LIFE: Final = timedelta(days=60)
TOO_YOUNG: Final = timedelta(hours=24)


def renew(wire: Wire[Any]) -> Renewed:
    """The old token goes on working. Raises TryAgain or ReconnectNeeded."""
    mine: InstagramCredentials = wire.credentials
    if mine.by_page:
        return Renewed(mine)  # the token of a page has no date on which it dies
    if wait := _still_too_young(mine, datetime.now(UTC)):
        raise TryAgain("Instagram renews no token that is younger than a day.", after=wait)
    url = without_version(mine.graph_url)
    graph = Graph(wire, base_url=url, token=mine.access_token, secrets=mine.secrets)
    asked = {"grant_type": "ig_refresh_token", "access_token": mine.access_token.get_secret_value()}
    try:
        token, expires_at = long_lived(graph, "refresh_access_token", asked)
    except Rejected as rejected:
        if mine.expires_at and mine.expires_at <= datetime.now(UTC):
            raise ReconnectNeeded(rejected.reason, code=rejected.code) from rejected
        raise TryAgain(rejected.reason, after=TOO_YOUNG, code=rejected.code) from rejected
    expires_at = expires_at or datetime.now(UTC) + LIFE
    renewed = mine.model_copy(update={"access_token": token, "expires_at": expires_at})
    return Renewed(renewed, expires_at=expires_at)


def _still_too_young(mine: InstagramCredentials, now: datetime) -> timedelta | None:
    if mine.expires_at is None:
        return None
    age = LIFE - (mine.expires_at - now)
    return TOO_YOUNG - age if age < TOO_YOUNG else None
