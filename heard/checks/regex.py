"""Regular expressions that are compiled when they are first used.

Those of the checks take a quarter of a second together, and Heard starts without a text to look at. `compile_all` is for
a process that has nothing better to do at the moment.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

_METHODS: Final = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
_waiting: list[_Regex] = []


def regex(said: str, flags: int = 0) -> re.Pattern[str]:
    """In the place of `re.compile`, at the top of a module."""
    made = _Regex(said, flags)
    _waiting.append(made)
    return cast("re.Pattern[str]", made)


def compile_all() -> None:
    while _waiting:
        _waiting.pop().compiled()


class _Regex:
    """After the first use it has the methods of what was compiled as its own, and they cost what they always do."""

    def __init__(self, said: str, flags: int) -> None:
        self.pattern, self._flags = said, flags

    def compiled(self) -> re.Pattern[str]:
        found = re.compile(self.pattern, self._flags)  # which remembers them, should two threads ask at once
        vars(self).update({name: getattr(found, name) for name in _METHODS})
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compiled(), name)
