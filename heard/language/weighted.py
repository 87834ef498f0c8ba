"""How long a text is on X: twitter-text, configuration 3. A post may have 280."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from heard.channels.web_addresses import web_addresses

ADDRESS: Final = 23  # every web address is replaced by a short one of this length
_EMOJI: Final = 2
_DEFAULT: Final = 2
_LIGHT: Final = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))

_PICTURE: Final = (
    r"[\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf\u2934\u2935"
    r"\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff]"
)
_DRESSED: Final = rf"{_PICTURE}\ufe0f?[\U0001f3fb-\U0001f3ff]?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
_EMOJIS: Final = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"  # flags
    r"|[0-9#*]\ufe0f?\u20e3"  # keycaps
    r"|[\xa9\xae]\ufe0f"
    rf"|{_DRESSED}(?:\u200d{_DRESSED})*"
)


def weighted_length(text: str) -> int:
    """Addresses count 23, emoji 2 however they are put together, Latin, Greek, Cyrillic … 1, all others 2."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    total = position = 0
    for address in web_addresses(text):
        total += _plain(text[position : address.start]) + ADDRESS
        position = address.end
    return total + _plain(text[position:])


def _plain(text: str) -> int:
    total = position = 0
    for emoji in _EMOJIS.finditer(text):
        total += sum(map(_weight, text[position : emoji.start()])) + _EMOJI
        position = emoji.end()
    return total + sum(map(_weight, text[position:]))


def _weight(character: str) -> int:
    point = ord(character)
    return 1 if any(first <= point <= last for first, last in _LIGHT) else _DEFAULT
