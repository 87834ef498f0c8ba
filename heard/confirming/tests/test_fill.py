from __future__ import annotations

import pytest

from heard.confirming.fill import fill, fit_for_a_greeting, unknown


def test_a_line_without_its_word_is_left_out() -> None:
    text = "Hello {{name}},\n\nYour number: {{number}}.\n{{expected}}\n\nBye"

    assert fill(text, {"name": "", "number": "HRD-1", "expected": ""}) == "Your number: HRD-1.\n\nBye"


def test_what_is_put_in_is_never_read_again() -> None:
    assert fill("{{name}} {{number}}", {"name": "{{number}}", "number": "7"}) == "{{number}} 7"


def test_a_placeholder_that_does_not_exist_is_named() -> None:
    assert unknown("{{number}} {{ token }} {{name.x}}") == ["{{ token }}", "{{name.x}}"]


@pytest.mark.parametrize("name", ["Jana Kovářová", "Γιώργος Παπαδόπουλος", "Dr. O'Neil", "Anne-Marie"])
def test_names_are_names(name: str) -> None:
    assert fit_for_a_greeting(f" {name} ") == name


@pytest.mark.parametrize(
    "name", ["evil.example", "Win 1000", "https://x", "a@b", "<b>", "Jana, call us", "x" * 61, "{{link}}"]
)
def test_what_is_more_than_a_name_is_none(name: str) -> None:
    assert fit_for_a_greeting(name) == ""
