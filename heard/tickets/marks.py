"""Marks: what we put into a letter so that its answer finds its way home, and no guess does.

A mark is `t<thread in base 36>.<proof>`. The proof needs the workspace's secret key; it holds for the thread and
not for the person, so it opens a conversation only to those who are in it already.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from typing import Final

from heard.tickets.models import Thread
from heard.workspaces.models import Workspace

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_MARK: Final = re.compile(r"t([0-9a-z]{1,13})\.([a-z2-7]{16})")


def mark_of(thread: Thread) -> str:
    """In lower case, because mail servers do not keep the case of an address."""
    number = _in_digits(thread.pk)
    return f"t{number}.{_proof(number, thread.workspace)}"


def proved(marks: Iterable[str], workspace: Workspace) -> Iterator[int]:
    """The threads whose marks are ours, in the order in which they stand there."""
    for mark in marks:
        found = _MARK.fullmatch(mark.lower())
        if found and hmac.compare_digest(found[2], _proof(found[1], workspace)):
            yield int(found[1], 36)


def _proof(number: str, workspace: Workspace) -> str:
    digest = hmac.digest(workspace.check_key.encode(), f"thread {number}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:10]).decode().lower()


def _in_digits(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
