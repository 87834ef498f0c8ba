"""Secrets that wait in the session for the next page: sealed, since the session is in the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from heard.inboxes.credentials import CannotOpen, open_text, seal_text


def put(request: HttpRequest, name: str, kept: Mapping[str, Any]) -> None:
    request.session[name] = seal_text(json.dumps(kept))


def look(request: HttpRequest, name: str) -> dict[str, Any]:
    """An empty dict when there is nothing, or nothing that opens."""
    try:
        kept: dict[str, Any] = json.loads(open_text(request.session[name]))
    except (KeyError, CannotOpen):
        return {}
    return kept


def take(request: HttpRequest, name: str) -> dict[str, Any]:
    """Like `look`, and gone afterwards."""
    kept = look(request, name)
    drop(request, name)
    return kept


def drop(request: HttpRequest, name: str) -> None:
    request.session.pop(name, None)
