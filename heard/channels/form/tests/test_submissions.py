"""What a submission becomes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from heard.channels.contract import BadSignature, Hook, Kind, MessageIn, Person
from heard.channels.form.channel import Form
from heard.channels.form.credentials import FormCredentials

FORM = Form()
FIXTURES = Path(__file__).parent.parent / "fixtures"


def the_message(name: str) -> MessageIn:
    [fact] = FORM.parse(Hook("POST", {}, {}, (FIXTURES / f"{name}.json").read_bytes()))
    assert isinstance(fact, MessageIn)
    return fact


def test_the_answers_are_lines_and_the_author_is_only_claimed() -> None:
    message = the_message("submission")

    assert message.text == (
        "Τι συμβαίνει: Δεν παραδόθηκε\n"
        "Αριθμός παραγγελίας: A-1042\n"
        "Τι έγινε:\nΠρώτη γραμμή\nΔεύτερη γραμμή\n"
        "E-mail: dana@example.com\n"
        "Φωτογραφία: box.jpg"
    )
    assert message.author == Person("dana@example.com", name="Dana")
    assert message.verified is False
    assert message.kind is Kind.FORM
    assert message.at == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert message.thread == message.external_id
    assert [(file.kind, file.name, file.keep) for file in message.media] == [("image", "box.jpg", False)]
    assert message.raw["answers"][1]["values"] == ["A-1042"]


def test_a_link_of_an_agent_binds_it_to_a_ticket_and_nobody_has_to_say_who_they_are() -> None:
    message = the_message("submission_without_author")

    assert message.thread == "ticket-17-42"
    assert message.author is None


def test_no_signature_opens_it_to_calls_from_outside() -> None:
    with pytest.raises(BadSignature):
        FORM.verify(Hook("POST", {}, {}, b"{}"), FormCredentials(account="incident"))
