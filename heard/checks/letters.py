"""Capital letters, as a set for patterns: Python's `re` has no name for them."""

from __future__ import annotations

from typing import Final

# Latin with all its accents, Greek and Cyrillic.
CAPITAL: Final = "A-Z" + "".join(chr(point) for point in range(0xC0, 0x530) if chr(point).isupper())
