"""Is this reply fit to send? Every reply from every path is asked here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from heard.checks.blanks import blanks
from heard.checks.buttons import buttons
from heard.checks.draft import Draft
from heard.checks.empty import empty
from heard.checks.files import files
from heard.checks.finding import Finding
from heard.checks.length import length
from heard.checks.personal import personal
from heard.checks.window import window

__all__ = ["CHECKS", "Draft", "Finding", "examine", "standing"]

CHECKS: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    *(empty, window, length, files, buttons, blanks, personal),
)


def examine(draft: Draft) -> list[Finding]:
    """All that speaks against sending, in the order of the text. An empty list: fit to send."""
    nothing = list(empty(draft))
    findings = nothing or [finding for check in CHECKS for finding in check(draft)]
    return sorted(findings, key=lambda finding: (finding.overridable, finding.start, finding.end))


def standing(findings: Collection[Finding], *, overridden: Collection[str]) -> list[Finding]:
    """What still stops the reply after a person has said "send anyway" to the codes in `overridden`."""
    return [f for f in findings if not (f.overridable and f.code in overridden)]
