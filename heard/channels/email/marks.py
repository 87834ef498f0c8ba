"""Marks of ours that came back with a mail. Only found here: whether they are genuine is proved elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.channels.email.mail import Mail

MAX_MARKS: Final = 20
# Mail servers and people change capitals, so a mark has none.
_MARK: Final = re.compile(r"(?<![a-z0-9])t[0-9a-z]{1,13}\.[0-9a-z]{6,64}(?![a-z0-9])")


def marks_in(mail: Mail) -> list[str]:
    """The likeliest first: what we were written to at, then what the mail answers."""
    found = dict.fromkeys(mark for place in _places(mail) for mark in marks_of(place))
    return list(found)[:MAX_MARKS]


def marks_of(text: str) -> list[str]:
    return _MARK.findall(text[:1_000].lower())


def _places(mail: Mail) -> Iterator[str]:
    for address in (*mail.delivered_to, *(one.address for one in (*mail.to, *mail.cc))):
        local = address.rpartition("@")[0]
        if "+" in local:
            yield local.partition("+")[2]
    for message_id in mail.refers:
        yield message_id.rpartition("@")[0]
    if mail.bounce:
        yield mail.bounce.message_id.rpartition("@")[0]
