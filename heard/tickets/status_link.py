"""The link on which a customer sees how their ticket stands. It is its own proof, so it goes to them alone.

The key needs the workspace's secret and holds for one ticket; a number that somebody guesses opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from functools import lru_cache
from typing import Final

from heard.tickets.models import Ticket
from heard.tickets.numbers import numbers_in, public_number
from heard.workspaces.models import Workspace

_NUMBER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]{1,5}[-\s]?(\d{1,18})[-\s]?([0-9A-Za-z]{2})")


def status_link(workspace: Workspace, number: int, *, public_url: str) -> str:
    return f"{public_url}/t/{public_number(workspace, number)}/{status_key(workspace, number)}"


def status_key(workspace: Workspace, number: int) -> str:
    """120 bits, in letters that survive being typed and being put into a mail."""
    return _key(workspace.check_key, number)


@lru_cache(maxsize=4096)
def _key(secret: str, number: int) -> str:
    digest = hmac.digest(secret.encode(), f"status {number}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:15]).decode().lower()


def ticket_of_link(public: str, key: str) -> Ticket | None:
    """The one ticket of this installation that both parts of a link belong to."""
    for workspace, number in meant(public):
        if hmac.compare_digest(status_key(workspace, number).encode(), key.encode(errors="replace")):
            found = Ticket.objects.filter(workspace=workspace, number=number)
            return found.select_related("workspace", "inbox", "contact").first()
    return None


def meant(public: str) -> list[tuple[Workspace, int]]:
    """Whose number may it be? Letters before the number may have been changed since, its check part never is.

    Several workspaces of one installation may use the same letters, so there can be more than one.
    """
    found = _NUMBER.fullmatch(public.strip())
    if found is None:
        return []
    number, check = int(found[1]), found[2]
    return [
        (workspace, number)
        for workspace in Workspace.objects.order_by("pk")
        if numbers_in(f"{workspace.number_prefix}-{number}-{check}", workspace)
    ]
