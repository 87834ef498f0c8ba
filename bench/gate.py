"""How long the gate takes for a draft. It is asked at every pause in typing."""

from __future__ import annotations

import time

from bench.house import House
from bench.tables import Table, ms, percentile, shown
from heard.checks.corpus.labelled import corpus
from heard.checks.draft import Draft
from heard.checks.gate import CHECKS, examine

LENGTH = 2_000  # characters
DRAFTS = 40
WORST = 0.080  # seconds, for one draft of that length


def measure(_house: House) -> Table:
    """Without a database: clean replies of each language, put together until they are long."""
    table = Table("The gate: draft → findings")
    drafts = _drafts()
    examine(drafts[0])  # loads what is loaded once
    taken = sorted(_seconds(draft) for draft in drafts)
    table.add(
        f"{LENGTH:,} characters",
        f"p50 {shown(ms(percentile(taken, 0.5)), 'ms')}, p95 {shown(ms(percentile(taken, 0.95)), 'ms')}, "
        f"worst {shown(ms(taken[-1]), 'ms')}, wanted under {shown(ms(WORST), 'ms')}",
    )
    for check in CHECKS:
        begun = time.perf_counter()
        for draft in drafts:
            list(check(draft))
        table.add(check.__name__, shown(ms((time.perf_counter() - begun) / len(drafts)), "ms"))
    return table


def _drafts() -> list[Draft]:
    clean = [one for one in corpus() if not one.expected]
    by_language = {one.language: "" for one in clean}
    for one in clean:
        by_language[one.language] += one.draft.text + "\n"
    return [
        Draft(
            text=f"{number} {text[number * 10 :][:LENGTH]}",
            public=True,
            language=language,
            names=("Jana Kovářová",),
            complaint=True,
            first_answer=True,
            already_said=(text[:LENGTH],),
        )
        for number in range(DRAFTS // len(by_language))
        for language, text in by_language.items()
    ]


def _seconds(draft: Draft) -> float:
    begun = time.perf_counter()
    examine(draft)
    return time.perf_counter() - begun
