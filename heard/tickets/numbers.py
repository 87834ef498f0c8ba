"""Ticket numbers: `#1042` among us, `HRD-1042-K7` towards contacts.

The check part makes a number that a stranger guesses or mistypes worthless, and lets us find numbers
in running text without taking every order number for one of ours.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from functools import lru_cache

from heard.workspaces.models import Workspace

# No 0/O, 1/I/L, U/V: people read these numbers aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
LETTERS = 2


def public_number(workspace: Workspace, number: int) -> str:
    return f"{workspace.number_prefix}-{number}-{_check(workspace.check_key, number)}"


def numbers_in(text: str, workspace: Workspace) -> list[int]:
    """Every number of this workspace that a text quotes with its right check part, in order."""
    prefix = re.escape(workspace.number_prefix)
    pattern = rf"(?<![\w-]){prefix}[-\s]?(\d{{1,18}})[-\s]?([0-9A-Z]{{{LETTERS}}})(?!\w)"
    found = re.finditer(pattern, text, re.IGNORECASE)
    quoted = ((int(match[1]), match[2].upper()) for match in found)
    return [
        number for number, check in quoted if hmac.compare_digest(check, _check(workspace.check_key, number))
    ]


@lru_cache(maxsize=4096)
def _check(key: str, number: int) -> str:
    digest = hmac.digest(key.encode(), str(number).encode(), hashlib.sha256)
    value = int.from_bytes(digest[:8], "big")
    letters = []
    for _ in range(LETTERS):
        value, index = divmod(value, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)
