from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.formality import formality


def found(text: str, *, known: str = "", language: str = "") -> list[tuple[str, str]]:
    draft = Draft(text=text, public=True, formality=known, language=language)
    return [(f.code, text[f.start : f.end]) for f in formality(draft)]


FORMAL = {
    "cs": "Dobrý den, děkujeme za vaši zprávu. Můžete nám napsat, kde to je?",
    "sl": "Dober dan, hvala za vaše sporočilo. Ali nam lahko pošljete sliko?",
    "hu": "Jó napot! Köszönjük az üzenetét, és kérjük, írja meg a címet.",
    "el": "Καλημέρα, ευχαριστούμε για το μήνυμά σας. Μπορείτε να μας πείτε πού είναι;",
}
INFORMAL = {
    "cs": "Ahoj, díky za tvoji zprávu. Můžeš nám napsat, kde to je?",
    "sl": "Živjo, hvala za tvoje sporočilo. Nam lahko poveš, če imaš sliko?",
    "hu": "Szia! Köszönjük az üzeneted, és a csomagod már úton van hozzád.",
    "el": "Γεια σου, ευχαριστούμε για το μήνυμά σου. Μπορείς να μας πεις πού είναι;",
}


@pytest.mark.parametrize("language", FORMAL)
def test_what_keeps_to_one_address_is_let_through(language: str) -> None:
    assert found(FORMAL[language], known="formal") == []
    assert found(INFORMAL[language], known="informal") == []
    assert found(FORMAL[language]) == found(INFORMAL[language]) == []


@pytest.mark.parametrize("language", FORMAL)
def test_a_change_within_the_text_and_against_what_is_known_is_found(language: str) -> None:
    [(code, _)] = found(f"{FORMAL[language]} {INFORMAL[language]}")
    assert code == "formality.mixed"
    [(code, _)] = found(FORMAL[language], known="informal")
    assert code == "formality.other"
    [(code, _)] = found(INFORMAL[language], known="formal")
    assert code == "formality.other"


def test_what_the_customer_is_quoted_with_does_not_count() -> None:
    assert found("Děkujeme za vaši zprávu „Můžeš mi pomoct?“, odpovíme vám dnes.") == []
    assert found("Tisztelettel köszönjük az üzenetét, és ma válaszolunk önnek.", known="formal") == []
