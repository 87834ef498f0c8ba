from __future__ import annotations

import pytest

from heard.translating.deepl import FREE, PRO
from heard.translating.glossary import MOST_TERMS, BadTerm, NewTerm, add_term, remove_term, terms_for
from heard.translating.models import Term, Translator
from heard.translating.setting import AddressNeeded, KeyNeeded, Setting, change_translator, provider_of
from heard.translating.troubles import CannotTranslate
from heard.workspaces.models import Agent
from tests.cast import NOON, reloaded

DEEPL, LIBRE = Translator.Provider.DEEPL, Translator.Provider.LIBRETRANSLATE


def test_the_key_is_sealed_and_opens_only_in_its_own_row(ann: Agent, cyril: Agent) -> None:
    row = change_translator(ann.workspace, Setting(DEEPL, key="secret:fx"), by=ann, now=NOON)
    other = change_translator(cyril.workspace, Setting(DEEPL, key="other"), by=cyril, now=NOON)

    assert "secret" not in row.sealed_key
    assert "secret" not in repr(row)
    assert provider_of(row).url.startswith(FREE)  # type: ignore[attr-defined]
    assert provider_of(other).url.startswith(PRO)  # type: ignore[attr-defined]

    other.sealed_key = row.sealed_key
    with pytest.raises(CannotTranslate):
        provider_of(other)


def test_a_key_that_is_kept_goes_nowhere_else(ann: Agent) -> None:
    row = change_translator(ann.workspace, Setting(DEEPL, key="secret"), by=ann, now=NOON)

    change_translator(ann.workspace, Setting(DEEPL, monthly_cap=5), by=ann, now=NOON)
    assert reloaded(row).sealed_key == row.sealed_key

    with pytest.raises(KeyNeeded):
        change_translator(ann.workspace, Setting(DEEPL, "https://elsewhere.example"), by=ann, now=NOON)
    change_translator(ann.workspace, Setting(LIBRE, "https://elsewhere.example"), by=ann, now=NOON)
    assert reloaded(row).sealed_key == ""


def test_each_service_needs_what_it_needs(ann: Agent) -> None:
    with pytest.raises(KeyNeeded):
        change_translator(ann.workspace, Setting(DEEPL), by=ann, now=NOON)
    with pytest.raises(AddressNeeded):
        change_translator(ann.workspace, Setting(LIBRE, key="key"), by=ann, now=NOON)
    assert not Translator.objects.exists()


def test_a_term_is_said_once_and_the_closest_one_counts(ann: Agent, cyril: Agent) -> None:
    space = ann.workspace
    add_term(space, NewTerm("  Acme \0 Box "), by=ann, now=NOON)
    add_term(space, NewTerm("Acme Box", "", "cs", "Krabice Acme"), by=ann, now=NOON)
    add_term(space, NewTerm("parcel", "en", "cs", "balík"), by=ann, now=NOON)
    again = add_term(space, NewTerm("parcel", "en", "cs", "zásilka"), by=ann, now=NOON)
    add_term(cyril.workspace, NewTerm("Other"), by=cyril, now=NOON)

    assert terms_for(space.pk, source="en", target="cs") == {"Acme Box": "Krabice Acme", "parcel": "zásilka"}
    assert terms_for(space.pk, source="de", target="cs") == {"Acme Box": "Krabice Acme"}
    assert terms_for(space.pk, source="", target="hu") == {"Acme Box": "Acme Box"}

    remove_term(again, by=ann, now=NOON)
    remove_term(again, by=ann, now=NOON)
    assert "parcel" not in terms_for(space.pk, source="en", target="cs")


@pytest.mark.parametrize(
    "wrong",
    [
        NewTerm(" "),
        NewTerm("x" * 101),
        NewTerm("box", "xx"),
        NewTerm("box", "en", "xx", "krabice"),
        NewTerm("box", "en", "", "krabice"),
    ],
)
def test_what_is_no_term_is_refused(ann: Agent, wrong: NewTerm) -> None:
    with pytest.raises(BadTerm):
        add_term(ann.workspace, wrong, by=ann, now=NOON)


def test_there_is_an_end_to_terms(ann: Agent) -> None:
    Term.objects.bulk_create(Term(workspace=ann.workspace, text=f"term {n}") for n in range(MOST_TERMS))
    with pytest.raises(BadTerm):
        add_term(ann.workspace, NewTerm("one more"), by=ann, now=NOON)
