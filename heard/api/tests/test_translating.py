from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from heard.api.tests.conftest import Program
from heard.api.tests.test_contacts import code, ok
from heard.translating.tasks import translate_ticket
from heard.translating.tests.twins import deepl
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket, reloaded

pytestmark = pytest.mark.usefixtures("today")

CZECH = "Dobrý den, kde je můj balík? Zásilka nedorazila."


def test_a_program_says_what_somebody_speaks_and_how_they_are_addressed(
    program: Program, messenger: Network
) -> None:
    ticket = a_ticket(messenger, said=CZECH, direct=True)
    contact = f"/contacts/{ticket.contact_id}"
    assert ok(program.get(contact))["language_from"] == "detected"

    told = ok(program.post(f"{contact}/speak", language="sl"))
    assert (told["language"], told["language_from"], told["proposed_language"]) == ("sl", "said", "")
    assert reloaded(ticket).language == "sl"
    assert ok(program.post(f"{contact}/address", formality="informal"))["formality"] == "informal"
    assert ok(program.post(f"{contact}/address", formality=None))["formality"] == ""
    assert code(program.post(f"{contact}/speak", language="xx")) == "no_such_language"


def test_a_ticket_is_read_and_answered_in_another_language(
    program: Program, messenger: Network, httpserver: HTTPServer, ann: Agent
) -> None:
    ticket = a_ticket(messenger, said=CZECH, direct=True)
    place = f"/tickets/{ticket.number}"
    refused = program.post(f"{place}/read")
    assert (refused.status_code, code(refused)) == (409, "not_set_up")

    with deepl(httpserver, ann, monthly_cap=500) as twin:
        assert ok(program.post(f"{place}/read", language="de")) == {"reads": True, "language": "de"}
        translate_ticket(ticket_id=ticket.pk, language="de", tries=0)
        [message] = ok(program.get(f"{place}/messages"))["items"]
        assert (message["language"], message["language_certain"], message["original"]) == ("cs", True, None)
        assert [(one["language"], one["text"]) for one in message["translations"]] == [("de", CZECH.upper())]
        assert ok(program.post(f"{place}/read", reads=False))["reads"] is False

        twin.source = "en"
        told = ok(program.post(f"{place}/translate", text="It left."))
        assert told == {"text": "IT LEFT.", "source": "en", "language": "cs"}
        state = ok(program.get("/translation"))
        assert (state["provider"], state["monthly_cap"]) == ("deepl", 500)
        assert state["characters_this_month"] == len(CZECH) + len("It left.")
        twin.fault = (456, {})
        assert code(program.post(f"{place}/translate", text="It left.")) == "used_up"


def test_the_words_that_stay_are_an_admins(program: Program, ann: Agent) -> None:
    program_of_ann = Program(ann)
    assert program.post("/translation/terms", text="Acme Box").status_code == 403

    made = ok(program_of_ann.post("/translation/terms", text="Acme Box"), 201)
    assert code(program_of_ann.post("/translation/terms", text="a", translation="b")) == "bad_term"
    assert [one["text"] for one in ok(program.get("/translation/terms"))["items"]] == ["Acme Box"]
    assert program.post(f"/translation/terms/{made['id']}/remove").status_code == 403
    ok(program_of_ann.post(f"/translation/terms/{made['id']}/remove"))
    assert ok(program.get("/translation/terms"))["items"] == []
