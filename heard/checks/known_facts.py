"""What the company says is true, as far as a reply may say it otherwise or too late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

__all__ = ["KnownFact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """`values` by language, the one under "" for all others. `due`: since this day somebody has to look whether
    they are still right. `former` is what it said before, in any language."""

    key: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    due: date | None = None
    former: Sequence[str] = ()

    def value(self, language: str) -> str:
        return self.values.get(language) or self.values.get("", "")

    @property
    def placeholder(self) -> str:
        return f"{{fact:{self.key}}}"
