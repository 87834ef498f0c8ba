"""Statements that are the same text each time, with values in fixed places."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from psycopg import RawCursor

# Of a page's long statements there are some dozens.
MOST_KEPT: Final = 512


class KnownWords(RawCursor[Any]):
    """Its statements are the same text each time: the driver would look through all of it for values each time."""

    _numbered: ClassVar[dict[str, bytes]] = {}

    def execute(self, query: Any, params: Any = None, **told: Any) -> Any:
        return super().execute(self._numbered.get(query) or self._number(query), params, **told)

    @classmethod
    def _number(cls, words: str) -> bytes:
        while len(cls._numbered) >= MOST_KEPT:
            cls._numbered.pop(next(iter(cls._numbered)), None)
        found = _numbered(words).encode()
        cls._numbered[words] = found
        return found


def _numbered(words: str) -> str:
    """With $1 and so on in the places of %s."""
    parts = words.replace("%%", "\0").split("%s")
    numbered = "".join(f"${place}{part}" for place, part in enumerate(parts))
    return numbered.removeprefix("$0").replace("\0", "%")
