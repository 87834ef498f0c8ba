from __future__ import annotations

import pytest

from heard.language.complaining import complains

COMPLAINTS = [
    "This is unacceptable, I have been waiting for three weeks!",
    "Worst service ever. Never again.",
    "I am very disappointed with how you treat people.",
    "I want to make a formal complaint about your driver.",
    "Tohle je naprosto nepřijatelné, čekám už třetí týden.",
    "Chci podat stížnost na vašeho řidiče.",
    "Jsem velmi zklamaná, už nikdy u vás nenakoupím.",
    "To je nesprejemljivo, čakam že tri tedne.",
    "Zelo sem razočaran, sramota!",
    "Ez elfogadhatatlan, három hete várok.",
    "Nagyon csalódott vagyok, soha többet.",
    "Απαράδεκτη εξυπηρέτηση, περιμένω τρεις εβδομάδες.",
    "Είμαι πολύ απογοητευμένη. Ντροπή σας!",
]
NONE = [
    "",
    "Where is my parcel?",
    "The parcel is late, when will it come?",
    "I have no complaint, all is fine.",
    "It is not terrible service at all, thank you!",
    "Kde je moje zásilka? Měla přijít včera.",
    "Nemám žádnou stížnost, jen dotaz na velikost.",
    "Kako lahko vrnem čevlje?",
    "Kdaj pride paket? Čakam že dva dni.",
    "Hol van a csomagom? Tegnap kellett volna jönnie.",
    "Nincs panaszom, csak kérdezni szeretnék.",
    "Πού είναι το δέμα μου;",
    "Δεν έχω κανένα παράπονο, μόνο μια ερώτηση.",
    "Thank you so much, you are great 😀",
    "Can I return it? It is broken.",
]


@pytest.mark.parametrize("text", COMPLAINTS)
def test_who_complains_is_heard(text: str) -> None:
    assert complains(text)


@pytest.mark.parametrize("text", NONE)
def test_who_only_asks_or_says_the_contrary_does_not(text: str) -> None:
    assert not complains(text)


def test_any_text_is_read_in_steps_that_grow_with_it_alone() -> None:
    assert not complains("not " * 50_000 + "\x00\ud800")
