"""How long PostgreSQL takes for what a function asks, apart from what Django makes of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bench.tables import ms, percentile


@dataclass(frozen=True)
class Asked:
    """Milliseconds of all statements of one call together, and how many statements it is at the most."""

    p50: float
    p95: float
    most: float
    statements: int


def asked(function: Callable[[], object], *, times: int) -> Asked:
    """The first call is not counted: it warms up."""
    function()
    spent, counts = [], []
    for _ in range(times):
        seconds = _seconds(function)
        spent.append(ms(sum(seconds)))
        counts.append(len(seconds))
    return Asked(percentile(spent, 0.5), percentile(spent, 0.95), max(spent), max(counts))


def _seconds(function: Callable[[], object]) -> list[float]:
    seconds: list[float] = []

    def timed(execute: Any, statement: Any, parameters: Any, many: Any, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(statement, parameters, many, context)
        finally:
            seconds.append(time.perf_counter() - began)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(timed))
        function()
    return seconds
