"""What a benchmark found: one table, for the terminal and for docs/performance.md."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

HEADS = ("what", "measured", "target", "reached")


@dataclass(frozen=True)
class Row:
    """One line. `reached` is None where nothing was promised."""

    what: str
    measured: str
    target: str = ""
    reached: bool | None = None

    @property
    def cells(self) -> tuple[str, str, str, str]:
        verdict = {None: "", True: "yes", False: "NO"}[self.reached]
        return self.what, self.measured, self.target, verdict


@dataclass
class Table:
    title: str
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, measured: str, target: str = "", reached: bool | None = None) -> None:
        self.rows.append(Row(what, measured, target, reached))

    def at_most(self, what: str, value: float, limit: float, unit: str) -> None:
        self.add(what, shown(value, unit), f"≤ {shown(limit, unit)}", value <= limit)

    def at_least(self, what: str, value: float, limit: float, unit: str) -> None:
        self.add(what, shown(value, unit), f"≥ {shown(limit, unit)}", value >= limit)

    def missing(self, what: str, reason: str) -> None:
        self.add(what, f"not measured: {reason}")

    def text(self) -> str:
        lines = [HEADS, *(row.cells for row in self.rows)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
        drawn = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
        ]
        return "\n".join([self.title, *(line.rstrip() for line in drawn), *self.notes])

    def markdown(self) -> str:
        lines = [HEADS, ("---",) * len(HEADS), *(row.cells for row in self.rows)]
        drawn = ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]
        notes = ["", *(f"- {note}" for note in self.notes)] if self.notes else []
        return "\n".join([f"### {self.title}", "", *drawn, *notes])


def shown(value: float, unit: str) -> str:
    """Three digits are as many as a benchmark is good for."""
    if abs(value) >= 100:
        number = f"{value:,.0f}"
    elif abs(value) >= 10:
        number = f"{value:.1f}"
    else:
        number = f"{value:.2f}"
    return f"{number} {unit}".strip()


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def ms(seconds: float) -> float:
    return seconds * 1000
