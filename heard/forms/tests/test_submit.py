"""From a filled-in form to a ticket, by the ledger like everything else."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.channels.contract import Kind
from heard.channels.registry import CHANNELS
from heard.contacts.merge import merge, unmerge
from heard.contacts.suggest import Evidence, Strength
from heard.contacts.suggest import Kind as KindOfEvidence
from heard.events.models import EventRecord
from heard.forms.answers import check
from heard.forms.kinds import WantedKind, change_kind
from heard.forms.models import Form, IssueKind, KeptUpload, Submission
from heard.forms.shown import shown
from heard.forms.submit import submit
from heard.forms.tests.conftest import FILLED, an_incident_form
from heard.forms.uploads import FileRefused, keep_upload
from heard.image_cleaning import cleaned
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_in
from heard.kept_files import path_of
from heard.people.teams import make_team
from heard.publishing.tests.paper import a_png
from heard.tests.test_image_cleaning import SECRET, exif, with_segments
from heard.tickets.models import Attachment, Message, Outcome, Priority, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.route import NoWay, routes
from heard.tickets.suggest_people import suggestions
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, a_workspace, an_agent, an_inbox, reloaded

PNG = a_png()


def sent(
    form: Form,
    *,
    key: uuid.UUID | None = None,
    uploads: list[KeptUpload] | None = None,
    invited: Ticket | None = None,
    language: str = "en",
    **changed: list[str],
) -> Submission:
    seen = shown(form, language=language, now=NOON)
    uploads = uploads or []
    names: dict[str, list[str]] = {}
    for upload in uploads:
        names.setdefault(upload.field_key, []).append(upload.name)
    checked = check(seen, {**FILLED, **changed}, files=names)
    assert checked.wrong == {}
    return submit(seen, checked=checked, key=key or uuid.uuid4(), uploads=uploads, invited=invited, now=NOON)


def taken(form: Form) -> None:
    while take_in(now=NOON + timedelta(seconds=1)):
        pass


def test_a_submission_is_a_ticket_that_waits_and_reads_well(incident: Form) -> None:
    submission = sent(incident)
    taken(incident)

    message = Message.objects.get(inbox=incident.inbox)
    assert message.text == (
        "What is wrong? It arrived damaged\n"
        "Order number: A-1042\n"
        "What happened?\nThe box was open.\nThe cup is in pieces.\n"
        "Since when? Oct. 30, 2026\n"
        "What would help you? Replace it\n"
        "Your name: Dana\n"
        "E-mail address: Dana@Example.com\n"
        "You may use what I wrote here to solve my problem. yes"
    )
    assert message.outcome == Outcome.OPEN
    assert message.verified is False
    assert message.author is not None
    assert (message.author.address, message.author.name) == ("dana@example.com", "Dana")
    assert message.ticket.subject == "Report a problem: It arrived damaged"
    assert LedgerLine.objects.get(inbox=incident.inbox).place == "message"
    submission = reloaded(submission)
    assert (submission.ticket, submission.message) == (message.ticket, message)
    assert submission.answers[1]["values"] == ["A-1042"]
    assert EventRecord.objects.filter(kind="TicketOpened", ticket_id=message.ticket_id).exists()


def test_sent_twice_it_is_one_and_with_other_words_it_is_another(incident: Form) -> None:
    key = uuid.uuid4()
    first, again = sent(incident, key=key), sent(incident, key=key)
    other = sent(incident, key=key, order=["A-1043"])
    taken(incident)

    assert first == again != other
    assert Ticket.objects.filter(inbox=incident.inbox).count() == 2


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_once_it_is_still_one() -> None:
    form = an_incident_form(an_agent(a_workspace(), "Ann", Agent.Role.ADMIN))
    key, together = uuid.uuid4(), threading.Barrier(2)

    def press() -> int:
        together.wait()
        try:
            return sent(form, key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.submit(press), pool.submit(press)
        assert first.result() == second.result()
    assert RawCall.objects.filter(inbox=form.inbox).count() == 1


def test_what_is_wrong_decides_who_looks_after_it(incident: Form, ann: Agent) -> None:
    team = make_team(ann.workspace, name="Returns", members=[ann], by=ann, now=NOON)
    kind = IssueKind.objects.get(workspace=ann.workspace, key="damaged")
    wanted = WantedKind(labels={}, team=team, priority=Priority.HIGH, tags=["Damaged ", "parcel"])
    change_kind(kind, wanted, by=ann, now=NOON)
    sent(incident)
    taken(incident)

    ticket = Ticket.objects.get(inbox=incident.inbox)
    assert (ticket.team, ticket.priority, ticket.tags) == (team, Priority.HIGH, ["damaged", "parcel"])


def test_files_lie_with_us_under_keys_that_nobody_guesses(incident: Form) -> None:
    upload = keep_upload(incident, field_key="photo", name="../../cup\x00.png", content=PNG, now=NOON)
    sent(incident, uploads=[upload])
    taken(incident)

    kept = Attachment.objects.get(message__inbox=incident.inbox)
    assert (kept.state, kept.kind, kept.name, kept.size) == ("stored", "image", "cup.png", len(PNG))
    assert path_of(str(kept.key)).read_bytes() == PNG


def test_no_place_stays_in_a_photograph_and_it_stays_the_right_way_up(incident: Form) -> None:
    photo = with_segments(exif(6))
    upload = keep_upload(incident, field_key="photo", name="home.jpg", content=photo, now=NOON)
    kept = path_of(str(upload.key)).read_bytes()

    assert SECRET in photo
    assert SECRET not in kept
    assert cleaned(photo) == kept
    assert upload.size == len(kept)
    with pytest.raises(FileRefused, match="damaged"):
        keep_upload(incident, field_key="photo", name="x.png", content=PNG[:30], now=NOON)


def test_by_the_link_of_an_agent_it_joins_that_very_ticket(incident: Form, ann: Agent) -> None:
    ticket = a_ticket(Network(an_inbox(ann.workspace, "messenger")), said="It is broken", direct=True)
    submission = sent(incident, invited=ticket)
    taken(incident)

    assert Ticket.objects.filter(workspace=ann.workspace).count() == 1
    assert reloaded(submission).ticket == ticket
    assert reloaded(ticket).messages.count() == 2
    assert reloaded(ticket).priority == Priority.NORMAL


def test_who_fills_it_in_by_that_link_is_likely_the_same_person(incident: Form, ann: Agent) -> None:
    """Likely and not proved: a link can be passed on. Nobody is merged by it."""
    ticket = a_ticket(Network(an_inbox(ann.workspace, "messenger")), said="It is broken", direct=True)
    for _ in range(2):
        sent(incident, invited=ticket)
        taken(incident)

    dana = Message.objects.filter(inbox=incident.inbox)[0].author
    assert dana is not None
    assert dana.contact != ticket.contact
    [found] = suggestions(ticket.contact)
    number = public_number(ann.workspace, ticket.number)
    assert (found.contact, found.evidence) == (
        dana.contact,
        [Evidence(KindOfEvidence.SAME_LINK, Strength.GOOD, number, NOON)],
    )
    assert [one.contact for one in suggestions(dana.contact)] == [ticket.contact]
    unmerge(merge(ticket.contact, dana.contact, by=ann, now=NOON), by=ann, now=NOON)
    assert suggestions(ticket.contact) == [found]


def test_a_form_cannot_be_answered_where_it_stands(incident: Form) -> None:
    sent(incident)
    taken(incident)

    ways = routes(Ticket.objects.get(inbox=incident.inbox))
    assert all(isinstance(way, NoWay) for way in ways.values())


def test_a_reader_of_another_language_is_understood_in_it(incident: Form) -> None:
    assert sent(incident, language="de").language == "en"
    assert sent(incident, language="el").language == "el"


words = st.text(st.characters(exclude_categories=[]), max_size=60)


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    typed=st.dictionaries(
        st.sampled_from([*FILLED, "product", "phone", "photo", "issue-other", "stamp", "nothing"]),
        st.lists(words, max_size=3),
    )
)
def test_whatever_is_typed_is_refused_with_reasons_or_ends_in_a_message(
    incident: Form, typed: dict[str, list[str]]
) -> None:
    seen = shown(incident, language="en", now=NOON)
    checked = check(seen, {**FILLED, **typed}, files={})
    if checked.wrong:
        assert all(checked.wrong.values())
        return
    submission = submit(seen, checked=checked, key=uuid.uuid4(), now=NOON)
    taken(incident)

    assert reloaded(submission).ticket is not None
    assert not LedgerLine.objects.exclude(place="message").exists()


def test_the_answer_has_a_way_to_the_address_that_the_form_gave(
    ann: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By any channel that writes mails: here one that only exists for this test."""
    mails = replace(CHANNELS["messenger"].abilities, replies=frozenset({Kind.EMAIL}))
    monkeypatch.setattr(type(CHANNELS["messenger"]), "abilities", mails)
    mailbox = an_inbox(ann.workspace, "messenger")
    form = an_incident_form(ann, mailbox=mailbox)
    sent(form)
    taken(form)

    ticket = Ticket.objects.get(inbox=form.inbox)
    [thread] = ticket.threads.filter(inbox=mailbox)
    assert thread.kind == Kind.EMAIL
    assert LedgerLine.objects.get(inbox=form.inbox).place == "message"
