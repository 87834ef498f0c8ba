"""How a person looks in a small circle: their picture, else initials on a colour of their own."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from markupsafe import Markup

from heard.web.fragments import macro

HUES = 12


@dataclass(frozen=True, slots=True)
class Face:
    initials: str
    hue: int
    picture: str = ""


@lru_cache(maxsize=8192)
def face(name: str, picture: str = "") -> Face:
    """`picture` is the key of our own copy."""
    address = reverse("picture", kwargs={"key": picture}) if picture else ""
    return Face(_initials(name), zlib.crc32(name.encode()) % HUES, address)


@lru_cache(maxsize=8192)
def circle(face: Face, size: str = "", channel: str = "", title: str = "") -> Markup:
    """As `components/avatar.html` draws it, once: on a ticket's page the same people speak again and again."""
    return macro("components/avatar.html", "avatar", face, size=size, channel=channel, title=title)


def _initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalnum()] or name.strip("@ ").split()
    letters = [word[0] for word in (words[:1] + words[1:][-1:])]
    return "".join(letters).upper() or "?"
