"""What the gate found, in the agent's language."""

from __future__ import annotations

from typing_extensions import TypedDict

from heard.api.problems import Found
from heard.checks.finding import Finding
from heard.tickets.finding_words import finding_words


class Checked(TypedDict):
    findings: list[Found]


def found(finding: Finding) -> Found:
    return {
        "check": finding.check,
        "code": finding.code,
        "reason": finding_words(finding),
        "start": finding.start,
        "end": finding.end,
        "overridable": finding.overridable,
        "mend": finding.mend,
        "weight": finding.weight,
        "needs_right": finding.needs_right,
    }
