"""Ninja's routes, with one model for each shape that they answer.

Ninja makes a model of its own for every answer of every operation, and we have 800 of those, most of them the same few
problems: that took longer than all the rest of a start. Routes come from here, so that none is made before it is told.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ninja import Query, Router, Schema
from ninja.operation import Operation

__all__ = ("Query", "Router")


@cache
def _shape(answered: Any) -> type[Schema]:
    return type("NinjaResponseSchema", (Schema,), {"__annotations__": {"response": answered}})


def _one_for_each_shape(_operation: Operation, answered: Any) -> type[Schema] | None:
    return None if answered is None else _shape(answered)


Operation._create_response_model = _one_for_each_shape  # type: ignore[assignment, method-assign]
