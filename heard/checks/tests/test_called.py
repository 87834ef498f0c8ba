"""Whom we call by a name has that name: the gate must not take a vocative for somebody else's."""

from __future__ import annotations

import pytest

from heard.checks.blanks import blanks
from heard.checks.draft import Draft
from heard.checks.names import names
from heard.language.tests.called import LANGUAGES, person, rows

GREETINGS = {
    "cs": "Ahoj, {},",
    "el": "Γεια σας, {},",
    "hu": "Szia {}!",
    "sl": "Živjo, {},",
    "en": "Hi {},",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_a_stranger_to_the_gate_in_the_form_that_we_say(language: str) -> None:
    stopped = []
    for written, *forms in rows(language):
        for called in {*forms} - {"-"}:
            text = f"{GREETINGS[language].format(called)}\nthank you."
            draft = Draft(text=text, public=False, language=language, names=[person(written).full])
            stopped += [f"{written}: {found.code} in {called}" for found in (*names(draft), *blanks(draft))]
    assert not stopped
