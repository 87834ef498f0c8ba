"""Is this reply fit to send? Every reply from every path is asked here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

from heard.checks.blanks import blanks
from heard.checks.buttons import buttons
from heard.checks.draft import Draft
from heard.checks.empty import empty
from heard.checks.facts import facts
from heard.checks.files import files
from heard.checks.finding import Finding, Weight
from heard.checks.formality import formality
from heard.checks.idiomatic import idioms
from heard.checks.length import length
from heard.checks.names import names
from heard.checks.personal import personal
from heard.checks.phrases import phrases
from heard.checks.promises import promises
from heard.checks.repeats import repeats
from heard.checks.spelling import spelling
from heard.checks.style import style
from heard.checks.tone import tone
from heard.checks.tongue import tongue
from heard.checks.voice import voice
from heard.checks.window import window

__all__ = ["CHECKS", "Draft", "Finding", "examine", "standing"]

CHECKS: Final[tuple[Callable[[Draft], Iterator[Finding]], ...]] = (
    *(empty, window, length, files, buttons),
    *(blanks, personal, phrases, repeats),
    *(names, tongue, formality, tone, promises, facts),
    *(style, voice, idioms, spelling),
)
_GRAVEST_FIRST: Final[tuple[Weight, ...]] = ("stop", "warn", "hint")


def examine(draft: Draft) -> list[Finding]:
    """All that there is to say of a draft, the gravest first, then in the order of the text."""
    nothing = list(empty(draft))
    findings = nothing or [finding for check in CHECKS for finding in check(draft)]
    return sorted(findings, key=_order)


def standing(
    findings: Collection[Finding], *, overridden: Collection[str], warned: bool = False
) -> list[Finding]:
    """What still stops the reply after a person has said "send anyway" to the codes in `overridden`.

    `warned`: warnings stop nothing. Somebody has read them before, or a program writes, which reads none.
    """
    grave = ("stop",) if warned else ("stop", "warn")
    return [f for f in findings if f.weight in grave and not (f.overridable and f.code in overridden)]


def _order(finding: Finding) -> tuple[bool, int, int, int]:
    return finding.overridable, _GRAVEST_FIRST.index(finding.weight), finding.start, finding.end
