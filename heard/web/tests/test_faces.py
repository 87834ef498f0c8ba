from __future__ import annotations

import pytest

from heard.web.faces import face


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Jana Kovářová", "JK"),
        ("Πέτρος Παπαδόπουλος", "ΠΠ"),
        ("Ann Mary Archer", "AA"),
        ("@petros", "P"),
        ("(Jana) Novak", "N"),
        ("", "?"),
        ("!!!", "!"),
    ],
)
def test_initials_stand_for_a_name(name: str, initials: str) -> None:
    assert face(name).initials == initials


def test_a_name_keeps_its_colour() -> None:
    assert face("Jana").hue == face("Jana").hue < 12


def test_a_picture_is_our_own_copy() -> None:
    assert face("Jana", "abc123").picture == "/pictures/abc123"
