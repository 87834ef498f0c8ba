"""What customers hand over, without what their camera wrote into it: the place of their home, above all."""

from __future__ import annotations

from heard.image_cleaning import BrokenImage, cleaned
from heard.iso_cleaning import cleaned_iso

__all__ = ["BrokenImage", "without_traces"]


def without_traces(content: bytes) -> bytes:
    """Raises BrokenImage. Neither agents nor anybody else gets to see the file as it came."""
    try:
        return cleaned_iso(cleaned(content))
    except (IndexError, ValueError, RecursionError) as error:
        raise BrokenImage from error
