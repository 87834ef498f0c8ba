"""A fact that says something of everything."""

from __future__ import annotations

from datetime import date

from heard.facts.write import WantedFact

A_FACT = WantedFact(
    key="return_period",
    name="Return period",
    values={"": "30 days", "cs": "30 dní"},
    review_on=date(2020, 1, 31),
    note="Contract, page 4",
)
