"""Pictures from elsewhere in a cleaned letter: which it names, and how they come by way of us."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from django.urls import reverse

# The cleaner writes attributes in one way only: double quotes, and & < > " as entities.
_SOURCE = re.compile(r'(<img\b[^>]*?\ssrc=")(https?://[^"]*)(")')


def named_in(cleaned: str) -> set[str]:
    return {html.unescape(found[2]) for found in _SOURCE.finditer(cleaned)}


def through_us(cleaned: str, message: int) -> str:
    ours = reverse("letter-picture", kwargs={"message": message})

    def ours_instead(found: re.Match[str]) -> str:
        asked = urlencode({"url": html.unescape(found[2])})
        return f"{found[1]}{html.escape(f'{ours}?{asked}')}{found[3]}"

    return _SOURCE.sub(ours_instead, cleaned)
