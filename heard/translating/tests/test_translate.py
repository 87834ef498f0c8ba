"""Both services, as they really answer, through the guarded client."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from heard.translating.glossary import NewTerm, add_term
from heard.translating.models import Translator
from heard.translating.setting import Setting, change_translator, switch_off
from heard.translating.tests.twins import deepl, libretranslate
from heard.translating.translate import translate, translator_of, used_in_month
from heard.translating.troubles import CannotTranslate, Trouble
from heard.workspaces.models import Agent
from tests.cast import NOON

TEXTS = [
    "Dobrý den,\n\n  kde je <můj> balík & zásilka?\nhttps://acme.example/a?b=1&c=2",
    "Acme Box je v koši {customer.name}",
    "1042 👍",
]
CAPITALS = [
    "DOBRÝ DEN,\n\n  KDE JE <MŮJ> BALÍK & ZÁSILKA?\nhttps://acme.example/a?b=1&c=2",
    "Acme Box JE V basket {customer.name}",
    "1042 👍",
]


@pytest.mark.parametrize("service", [deepl, libretranslate])
def test_all_is_translated_but_what_stays(service: Any, httpserver: HTTPServer, ann: Agent) -> None:
    with service(httpserver, ann) as twin:
        add_term(ann.workspace, NewTerm("Acme Box"), by=ann, now=NOON)
        add_term(ann.workspace, NewTerm("koši", "cs", "en", "basket"), by=ann, now=NOON)
        add_term(ann.workspace, NewTerm("balík", "cs", "de", "Paket"), by=ann, now=NOON)

        told = translate(ann.workspace, TEXTS, source="cs", target="en", now=NOON)

        assert [one.text for one in told] == CAPITALS
        assert [one.source for one in told] == ["cs", "cs", ""]
        assert "1042" not in str(twin.heard)
        assert translator_of(ann.workspace_id).worked_at == NOON


@pytest.mark.parametrize("service", [deepl, libretranslate])
def test_the_service_finds_the_language_where_nobody_knows_it(
    service: Any, httpserver: HTTPServer, ann: Agent
) -> None:
    with service(httpserver, ann) as twin:
        twin.source = "sl"
        [told] = translate(ann.workspace, ["kje je"], target="en", now=NOON)

        assert (told.text, told.source) == ("KJE JE", "sl")


def test_deepl_is_told_how_to_address_somebody(httpserver: HTTPServer, ann: Agent) -> None:
    with deepl(httpserver, ann) as twin:
        translate(ann.workspace, ["hello"], source="en", target="cs", formality="informal", now=NOON)
        translate(ann.workspace, ["ahoj"], source="cs", target="en", now=NOON)

    assert [(body["target_lang"], body["source_lang"]) for body in twin.heard] == [
        ("CS", "EN"),
        ("EN-GB", "CS"),
    ]
    assert [body.get("formality") for body in twin.heard] == ["prefer_less", None]


def test_many_texts_go_in_as_many_calls_as_the_service_takes(httpserver: HTTPServer, ann: Agent) -> None:
    with deepl(httpserver, ann) as twin:
        told = translate(ann.workspace, [f"text {n}" for n in range(120)], target="cs", now=NOON)

    assert [len(body["text"]) for body in twin.heard] == [50, 50, 20]
    assert [one.text for one in told] == [f"TEXT {n}" for n in range(120)]


FAULTS = [
    (deepl, 403, {"message": "Wrong endpoint."}, Trouble.BAD_KEY),
    (deepl, 429, {"message": "Too many requests"}, Trouble.TOO_FAST),
    (deepl, 456, {"message": "Quota Exceeded"}, Trouble.USED_UP),
    (deepl, 503, {}, Trouble.NOT_REACHED),
    (deepl, 413, {}, Trouble.TOO_LONG),
    (deepl, 200, {"translations": []}, Trouble.BAD_ANSWER),
    (deepl, 200, {"translations": [{"text": None}]}, Trouble.BAD_ANSWER),
    (libretranslate, 403, {"error": "Invalid API key"}, Trouble.BAD_KEY),
    (libretranslate, 429, {"error": "Slowdown: 10 per 1 minute"}, Trouble.TOO_FAST),
    (libretranslate, 400, {"error": "Invalid request: request (9) exceeds text limit (5)"}, Trouble.TOO_LONG),
    (libretranslate, 400, {"error": "cs is not supported"}, Trouble.NO_SUCH_LANGUAGE),
    (libretranslate, 500, {"error": "Cannot translate text: boom"}, Trouble.NOT_REACHED),
    (libretranslate, 200, {"translatedText": "one text for a list"}, Trouble.BAD_ANSWER),
]


@pytest.mark.parametrize("service", [deepl, libretranslate])
def test_what_goes_wrong_is_said_and_costs_nothing(service: Any, httpserver: HTTPServer, ann: Agent) -> None:
    with service(httpserver, ann) as twin:
        for wanted, status, body, trouble in FAULTS:
            if wanted is not service:
                continue
            twin.fault = (status, body)
            with pytest.raises(CannotTranslate) as failed:
                translate(ann.workspace, ["hello"], target="cs", now=NOON)
            assert failed.value.trouble == trouble, body
            assert translator_of(ann.workspace_id).problem == trouble
        twin.fault = None
        with pytest.raises(CannotTranslate) as failed:
            translate(ann.workspace, ["hello"], target="xh", now=NOON)
        assert failed.value.trouble == Trouble.NO_SUCH_LANGUAGE
        assert used_in_month(ann.workspace_id, now=NOON) == 0


def test_characters_are_counted_and_the_cap_holds(httpserver: HTTPServer, ann: Agent) -> None:
    with deepl(httpserver, ann, monthly_cap=20) as twin:
        translate(ann.workspace, ["twelve chars"], target="cs", now=NOON)
        assert used_in_month(ann.workspace_id, now=NOON) == 12

        with pytest.raises(CannotTranslate) as failed:
            translate(ann.workspace, ["nine more"], target="cs", now=NOON)

        assert failed.value.trouble == Trouble.CAP_REACHED
        assert len(twin.heard) == 1
        translate(ann.workspace, ["eight it"], target="cs", now=NOON)
        assert used_in_month(ann.workspace_id, now=NOON) == 20
        assert used_in_month(ann.workspace_id, now=NOON.replace(month=12)) == 0


def test_where_nobody_set_it_up_nothing_leaves(httpserver: HTTPServer, ann: Agent, cyril: Agent) -> None:
    with deepl(httpserver, cyril) as twin:
        with pytest.raises(CannotTranslate) as failed:
            translate(ann.workspace, ["hello"], target="cs", now=NOON)
        assert failed.value.trouble == Trouble.NOT_SET_UP

        switch_off(cyril.workspace, by=cyril, now=NOON)
        with pytest.raises(CannotTranslate):
            translate(cyril.workspace, ["hello"], target="cs", now=NOON)
    assert twin.heard == []


def test_a_private_address_is_not_called_unless_an_operator_allows_it(ann: Agent) -> None:
    setting = Setting(Translator.Provider.LIBRETRANSLATE, "http://10.0.0.7:5000")
    change_translator(ann.workspace, setting, by=ann, now=NOON)

    with pytest.raises(CannotTranslate) as failed:
        translate(ann.workspace, ["hello"], target="cs", now=NOON)

    assert failed.value.trouble == Trouble.PRIVATE_ADDRESS
    assert "HEARD_OUTBOUND_ALLOW" in failed.value.words
