"""What a message to a person may bring along."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Files

_MEGABYTE: Final = 1024 * 1024
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif"})
FILES: Final = Files(
    sizes=dict.fromkeys(PICTURES, 8 * _MEGABYTE) | {"*/*": 25 * _MEGABYTE}, most=1, text_too=False
)
