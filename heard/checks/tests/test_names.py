from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.name_forms import are_one_name
from heard.checks.names import names

ONE = [
    ("Jano", "Jana"), ("Petře", "Petr"), ("Marku", "Marek"), ("Karle", "Karel"), ("Zdeňku", "Zdeněk"), ("Nováku", "Novák"),
    ("Svobodo", "Svoboda"), ("Němče", "Němec"), ("Honzo", "Jan"), ("Pepo", "Josef"), ("Tomáši", "Tomáš"), ("Ján", "Jan"),
    ("Γιώργο", "Γιώργος"), ("Γιώργο", "Georgios"), ("Γιώργο", "Γεώργιος"), ("Eleni", "Ελένη"), ("Κώστα", "Κωνσταντίνος"),
    ("Παπαδόπουλε", "Παπαδόπουλος"), ("Νίκο", "Νικόλαος"), ("Hristo", "Χρήστος"), ("Laci", "László"), ("Bob", "Robert"),
    ("Alex", "Alexandra"), ("Jana", "janakov92"),
]  # fmt: skip
TWO = [
    ("Jano", "Jan"),
    ("Petro", "Petr"),
    ("Peter", "Petra"),
    ("Ivano", "Petr"),
    ("Ana", "Jana"),
    ("Ελένη", "Μαρία"),
]


@pytest.mark.parametrize(("greeted", "known"), ONE)
def test_one_name_in_another_form(greeted: str, known: str) -> None:
    assert are_one_name(greeted, known)


@pytest.mark.parametrize(("greeted", "known"), TWO)
def test_two_names_that_look_alike(greeted: str, known: str) -> None:
    assert not are_one_name(greeted, known)


def found(text: str, *known: str) -> list[str]:
    return [text[f.start : f.end] for f in names(Draft(text=text, public=True, names=known))]


@pytest.mark.parametrize(
    "text",
    [
        "Hi Peter, it is here.",
        "Dobrý den, pane Petře, je tady.",
        "Vážený pane Petře,\nje tady.",
        "Kedves Szabó Péter! Megjött.",
        "Γεια σας κύριε Πέτρο, ήρθε.",
        "Spoštovani gospod Peter, tu je.",
        "Thank you, Peter, it has been noted and somebody looks at it today.",
    ],
)
def test_a_greeting_with_another_name_is_found(text: str) -> None:
    assert len(found(text, "Jana Kovářová")) == 1
    assert found(text, "Peter Szabó", "Petr Nový", "Πέτρος") == []


@pytest.mark.parametrize(
    "text",
    [
        "Hi, Peter has it.",
        "Hello all, we are here.",
        "Dobrý den, Děkujeme, je tady.",
        "Vážený zákazníku, je tady.",
        "Kedves Vásárlónk! Megjött.",
        "Αγαπητέ πελάτη, ήρθε.",
        "Hi Jana, thanks.\n\nBest regards, Peter",
        "Thanks, Peter",
    ],
)
def test_what_only_looks_like_another_name_is_let_through(text: str) -> None:
    assert found(text, "Jana Kovářová") == []


@pytest.mark.parametrize("nickname", ["@xx_gamer_xx", "gamer92", "", "FACEBOOK USER", "jana.k"])
def test_a_nickname_says_nothing_about_the_name(nickname: str) -> None:
    assert found("Hi Peter, it is here.", nickname) == []
