"""A way of saying something, in words."""

from __future__ import annotations

from heard.contacts.models import Formality
from heard.replies.models import Audience, Length
from heard.replies.ways import Way


def way_words(way: Way) -> str:
    """“Formal · Public”; its length only where it is not the normal one."""
    parts = [Formality(way.formality).label, Audience(way.audience).label]
    if way.length != Length.NORMAL:
        parts.append(Length(way.length).label)
    return " · ".join(str(part) for part in parts)
