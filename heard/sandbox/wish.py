"""What a caller of the control API asks for: a JSON object whose every field is known and of its kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


class BadWish(Exception):
    """Nothing was done. The message is a sentence for the caller."""

    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence, self.status = sentence, status


class Wish:
    def __init__(self, values: Any, known: str) -> None:
        """`known` lists the allowed fields, parted by spaces. Raises BadWish."""
        if not isinstance(values, dict):
            raise BadWish("The body is a JSON object.")
        names = known.split()
        for name in values:
            if name not in names:
                raise BadWish(f"There is no field {name!r} here. Known are: {', '.join(names) or 'none'}.")
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """Raises BadWish when it is missing and has no default."""
        value = self._values.get(name)
        if value is None:
            if default is None:
                raise BadWish(f"The field {name!r} is missing.")
            return default
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise BadWish(f"The field {name!r} is a text.")
        return str(value)

    def flag(self, name: str, default: bool) -> bool:
        value = self._values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise BadWish(f"The field {name!r} is true or false.")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        value = self._values.get(name)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise BadWish(f"The field {name!r} is a number.")
        return value

    def rows(self, name: str) -> list[dict[str, Any]]:
        value = self._values.get(name) or []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise BadWish(f"The field {name!r} is a list of objects.")
        return value


@dataclass(frozen=True, slots=True)
class Verb:
    """One call of the control API: what it does, and which fields it takes."""

    act: Callable[[Wish], Any] | Callable[[Wish], Awaitable[Any]]
    fields: str = ""
    method: str = "POST"
