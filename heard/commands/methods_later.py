"""While we start, dataclasses get their methods when somebody calls them.

Python writes six methods for a frozen dataclass as text and compiles each by itself, and most are never called. We have
five hundred such classes, so that took a quarter of a start. `__init__` is made at once, because its signature is asked
for. Python 3.13 compiles all methods of a class together: there nothing is changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Method = Callable[..., Any]


def make_methods_later() -> None:
    """For all dataclasses from now on, in this process and those that it forks."""
    with suppress(AttributeError):
        if dataclasses._create_fn is not _create_later:  # type: ignore[attr-defined]
            _made_at_once.append(dataclasses._create_fn)  # type: ignore[attr-defined]
            dataclasses._create_fn = _create_later  # type: ignore[attr-defined]


_made_at_once: list[Callable[..., Method]] = []


def _create_later(name: str, *told: Any, **by_name: Any) -> Method:
    create = _made_at_once[0]
    if name == "__init__":
        return create(name, *told, **by_name)
    made: list[Method] = []

    def method(self: Any, *values: Any) -> Any:
        if not made:
            made.append(create(name, *told, **by_name))
            _put_in_place(type(self), name, method, made[0])
        return made[0](self, *values)

    method.__name__ = name
    return method


def _put_in_place(kind: type, name: str, instead_of: Method, made: Method) -> None:
    """From the next call on as if it had always been there. A `__repr__` is wrapped by dataclasses and stays so."""
    for one in kind.__mro__:
        if one.__dict__.get(name) is instead_of:
            made.__qualname__ = instead_of.__qualname__
            setattr(one, name, made)
