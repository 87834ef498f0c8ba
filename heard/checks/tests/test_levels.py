from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from heard.checks import levels
from heard.checks.finding import Finding, Weight
from heard.checks.levels import CHECKS_BY_NAME, FIXED, Level, weighed, without_right


def found(check: str, weight: Weight = "stop", *, overridable: bool = True) -> Finding:
    return Finding(check, f"{check}.x", "Why", 0, 1, overridable, weight=weight)


@pytest.mark.parametrize(
    ("level", "weight", "overridable"),
    [
        (Level.HINT, "hint", True),
        (Level.WARN, "warn", True),
        (Level.STOP, "stop", True),
        (Level.NEVER, "stop", False),
    ],
)
def test_a_check_weighs_what_the_workspace_wants(level: Level, weight: str, overridable: bool) -> None:
    [one] = weighed([found("personal")], {"personal": level})

    assert (one.weight, one.overridable) == (weight, overridable)


def test_a_check_that_is_off_says_nothing_and_the_others_go_on() -> None:
    left = list(weighed([found("personal"), found("blanks")], {"personal": Level.OFF}))

    assert [one.check for one in left] == ["blanks"]


@pytest.mark.parametrize("check", sorted(FIXED))
def test_what_the_network_would_refuse_stops_whatever_is_wanted(check: str) -> None:
    wanted = found(check, overridable=False)

    assert list(weighed([wanted], dict.fromkeys(FIXED, Level.OFF))) == [wanted]


def test_what_a_check_only_hints_at_stays_a_hint() -> None:
    assert list(weighed([found("personal", "hint")], {"personal": Level.NEVER})) == [
        found("personal", "hint")
    ]


def test_without_the_right_only_stops_can_no_longer_be_sent() -> None:
    stop, warn, hint = without_right([found("a"), found("a", "warn"), found("a", "hint")])

    assert (stop.overridable, stop.needs_right) == (False, True)
    assert warn.overridable
    assert hint.overridable


def test_every_check_has_its_name_and_its_words() -> None:
    """A new check that nobody can set would be set by nobody."""
    assert set(_checks()) == {*CHECKS_BY_NAME, *FIXED}


def _checks() -> Iterator[str]:
    """The first word of every finding that is made in this folder."""
    for file in Path(levels.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                assert isinstance(node.args[0], ast.Constant), f"{file.name}: name the check"
                yield str(node.args[0].value)
