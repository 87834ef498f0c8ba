from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from heard.contacts.models import Formality, UsualFormality
from heard.translating.models import Term, Translator
from heard.translating.tests.twins import FREE_KEY, deepl
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_agent
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

PAGE = "/settings/languages"


def test_an_admin_sets_a_service_up_tries_it_and_switches_it_off(ann: Agent, httpserver: HTTPServer) -> None:
    browser = signed_in(ann)
    assert "Translation is not set up" in browser.get(PAGE).text
    browser.get(f"{PAGE}/service")

    wrong = browser.post(f"{PAGE}/service", {"provider": "deepl"})
    assert (wrong.status_code, "Enter the key" in wrong.text) == (422, True)
    wrong = browser.post(f"{PAGE}/service", {"provider": "libretranslate"})
    assert (wrong.status_code, "Enter the address" in wrong.text) == (422, True)

    with deepl(httpserver, ann) as twin:  # its address is known only now
        Translator.objects.all().delete()
        address = httpserver.url_for("").rstrip("/")
        asked = {"provider": "deepl", "base_url": address, "key": FREE_KEY, "monthly_cap": "1000"}
        assert browser.post(f"{PAGE}/service", asked).status_code == 302
        tried = browser.post(f"{PAGE}/test", follow=True).text
        assert "GUTEN MORGEN" in tried or "GOOD MORNING" in tried
        assert "42 of 1,000 characters" in tried

        twin.fault = (456, {"message": "Quota Exceeded"})
        failed = browser.post(f"{PAGE}/test", follow=True).text
        assert "Quota Exceeded" in failed
        assert FREE_KEY not in failed + browser.get(f"{PAGE}/service").text

    browser.post(f"{PAGE}/off")
    assert not Translator.objects.exists()


def test_words_that_stay_are_added_and_removed(ann: Agent) -> None:
    browser = signed_in(ann)

    browser.post(f"{PAGE}/words", {"text": "Acme Box", "translation": "", "source": "", "target": ""})
    wrong = browser.post(f"{PAGE}/words", {"text": "parcel", "translation": "balík", "source": "en"})
    assert wrong.status_code == 422
    assert "into which language" in wrong.text

    term = Term.objects.get()
    assert "Acme Box" in browser.get(PAGE).text
    browser.post(f"{PAGE}/words/{term.pk}/remove")
    assert not Term.objects.exists()


def test_how_people_are_addressed_is_said_for_each_language(ann: Agent) -> None:
    browser = signed_in(ann)
    asked = dict.fromkeys(("en", "el", "sl", "hu", "cs"), "formal") | {"sl": "informal"}

    browser.post(f"{PAGE}/address", asked)

    assert list(UsualFormality.objects.values_list("language", "formality")) == [("sl", Formality.INFORMAL)]
    assert browser.post(f"{PAGE}/address", asked | {"cs": "rude"}).status_code == 422


def test_agents_are_told_whom_to_ask() -> None:
    bea = an_agent(a_workspace(), "Bea")
    for address in (PAGE, f"{PAGE}/service"):
        assert signed_in(bea).get(address).status_code == 403
    assert signed_in(bea).post(f"{PAGE}/off").status_code == 403
