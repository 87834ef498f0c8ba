"""How much each check weighs, where a workspace wants it otherwise than Heard brings it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from heard.checks.finding import N_, Finding, Weight

__all__ = ["CHECKS_BY_NAME", "FIXED", "Level", "Named", "as_level", "weighed", "without_right"]


class Level(StrEnum):
    OFF = "off"
    HINT = "hint"  # said, stops nothing
    WARN = "warn"  # everybody may send it anyway
    STOP = "stop"  # only who has the right to may send it anyway
    NEVER = "never"  # nobody may


@dataclass(frozen=True, slots=True)
class Named:
    """A check as people who set it know it. `usual` is what most of its findings weigh."""

    name: str
    label: str
    usual: Weight = "stop"


# The network itself would refuse these, or there is nothing to send: nobody can want them otherwise.
FIXED: Final = frozenset({"empty", "window", "length", "files", "buttons"})

CHECKS_BY_NAME: Final[Mapping[str, Named]] = {
    one.name: one
    for one in (
        Named("blanks", N_("Blanks that nobody filled in")),
        Named("personal", N_("Personal details in public")),
        Named("phrases", N_("Words that are not to be used here")),
        Named("repeats", N_("The same text for the same person again"), "warn"),
        Named("names", N_("A name that is not the customer's"), "warn"),
        Named("tongue", N_("Another language than the customer's"), "warn"),
        Named("formality", N_("Formal and informal mixed up"), "warn"),
        Named("tone", N_("Jokes in a complaint"), "warn"),
        Named("promises", N_("Promises that do not say when"), "warn"),
        Named("facts", N_("Facts that need checking"), "warn"),
        Named("style", N_("Style: greeting, next step, shouting, long sentences"), "hint"),
        Named("voice", N_("Voice: what its profiles say"), "hint"),
        Named("idioms", N_("Idioms and slang that do not travel"), "hint"),
        Named("spelling", N_("Spelling"), "hint"),
    )
}

_WEIGHTS: Final[Mapping[Level, Weight]] = {
    Level.HINT: "hint",
    Level.WARN: "warn",
    Level.STOP: "stop",
    Level.NEVER: "stop",
}


def weighed(findings: Iterable[Finding], levels: Mapping[str, Level]) -> Iterator[Finding]:
    """As the workspace wants them, in the same order. What the network would refuse stays as it is."""
    for finding in findings:
        level = None if finding.check in FIXED else levels.get(finding.check)
        if level is None:
            yield finding
        elif level is not Level.OFF:
            yield _at(level, finding)


def without_right(findings: Iterable[Finding]) -> list[Finding]:
    """As they are for somebody who may not send what a check stops."""
    return [
        replace(one, overridable=False, needs_right=True) if one.weight == "stop" and one.overridable else one
        for one in findings
    ]


def _at(level: Level, finding: Finding) -> Finding:
    """What a check only hints at beside what it stops for stays a hint."""
    known = CHECKS_BY_NAME.get(finding.check)
    if finding.weight == "hint" and known is not None and known.usual != "hint":
        return finding
    return as_level(level, finding)


def as_level(level: Level, finding: Finding) -> Finding:
    overridable = level is not Level.NEVER and (finding.overridable or level in (Level.HINT, Level.WARN))
    return replace(finding, weight=_WEIGHTS[level], overridable=overridable)
