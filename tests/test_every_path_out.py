"""Whichever way a text takes out of the house, the same fault stops it, and nothing else is said of it.

A new way out is a row in PATHS. That there is no other is seen to at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

import heard
from heard.events.models import EventRecord
from heard.outbox.models import Dispatch
from heard.people.wording import change_wording
from heard.publishing.fit import PostStopped
from heard.publishing.models import Publication
from heard.publishing.schedule import schedule
from heard.publishing.write import Target, write
from heard.replies.models import Macro, SavedReply, Variant
from heard.replies.run_macro import run_macro
from heard.tickets.models import PendingReply, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.leave import leave_due
from heard.tickets.pending.review import approve, ask_review
from heard.tickets.pending.schedule import schedule as schedule_reply
from heard.tickets.reply import Chosen, ReplyStopped, reply
from heard.tickets.tell import tell
from heard.workspaces.models import Agent
from heard.workspaces.tokens import issue_token
from heard.workspaces.wording import Rules, WantedPhrase
from tests.cast import Network, a_template, a_ticket, a_workspace, an_agent, an_inbox
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

CLEAN = "Hello Jana, thank you for your message. Your parcel comes on Friday by noon. Best regards, Bea"
# What is put into it, before the last sentence, and what that gives.
ANYWHERE = {
    "It comes to {city}.": "blanks.unfilled",
    "It comes to [your city].": "blanks.unfilled",
    "It was a cheap one.": "phrase.forbidden",
}
IN_PUBLIC = {
    "We wrote to jana.novakova@gmail.com about it.": "personal.email",
    "We called you at +420 777 123 456 about it.": "personal.phone",
    "The money goes to CZ65 0800 0000 1920 0014 5399 then.": "personal.iban",
    "It is the one with KUP123456 on it.": "personal.order",
}


@dataclass
class Desk:
    agent: Agent
    colleague: Agent
    now: datetime
    public: Ticket
    private: Ticket
    facebook: Network
    whatsapp: Ticket

    @property
    def later(self) -> datetime:
        return self.now + timedelta(hours=2)


Path_ = Callable[[Desk, str], list[str]]


@pytest.fixture
def desk(db: None) -> Desk:
    agent = an_agent(a_workspace(), "Bea")
    now = timezone.now()
    rules = Rules(order_numbers=["KUP######"], phrases=[WantedPhrase("cheap")])
    change_wording(agent.workspace, rules, by=agent, now=now)
    facebook, messenger, whatsapp = (
        Network(an_inbox(agent.workspace, slug, account), now - timedelta(hours=1))
        for slug, account in (
            ("facebook", "104500"),
            ("messenger", "104501"),
            ("whatsapp", "106540352242922"),
        )
    )
    a_template(whatsapp.inbox, "{{1}}", names=["all"])
    asked = "Where is my parcel?"
    return Desk(
        agent,
        an_agent(agent.workspace, "Oto"),
        now,
        public=a_ticket(facebook, said=asked),
        private=a_ticket(messenger, said=asked, direct=True),
        facebook=facebook,
        whatsapp=a_ticket(whatsapp, said=asked, direct=True),
    )


def by_the_verb(desk: Desk, text: str) -> list[str]:
    return _verb(desk, desk.public, text)


def by_the_verb_in_private(desk: Desk, text: str) -> list[str]:
    return _verb(desk, desk.private, text, private=True)


def as_a_template(desk: Desk, text: str) -> list[str]:
    return _verb(desk, desk.whatsapp, "", private=True, template=Chosen("parcel", "en", [text]))


def by_the_page(desk: Desk, text: str) -> list[str]:
    return _page(desk, desk.public, text=text, mode="public")


def by_the_page_without_scripts(desk: Desk, text: str) -> list[str]:
    return _page(desk, desk.private, headers={}, text=text, mode="private")


def by_the_api(desk: Desk, text: str) -> list[str]:
    program = Client(
        headers={"authorization": f"Bearer {issue_token(desk.agent, name='test', now=desk.now)}"}
    )
    address = f"/api/v1/tickets/{desk.public.number}/reply"
    return _told(program.post(address, json.dumps({"text": text}), content_type="application/json"))


def by_heard_itself(desk: Desk, text: str) -> list[str]:
    if tell(desk.private, text=text, now=desk.now) is not None:
        return []
    record = EventRecord.objects.latest("pk")
    assert record.kind == "AutomaticUnfit"
    return list(record.payload["codes"])


def as_a_post(desk: Desk, text: str) -> list[str]:
    plan = write(text, targets=[Target(desk.facebook.inbox)], by=desk.agent, now=desk.now)
    try:
        schedule(plan, at=None, by=desk.agent, now=desk.now)
    except PostStopped as stopped:
        return [one.finding.code for one in stopped.found]
    return []


def as_a_post_by_the_api(desk: Desk, text: str) -> list[str]:
    plan = write(text, targets=[Target(desk.facebook.inbox)], by=desk.agent, now=desk.now)
    program = Client(
        headers={"authorization": f"Bearer {issue_token(desk.agent, name='test', now=desk.now)}"}
    )
    return _told(program.post(f"/api/v1/posts/{plan.pk}/schedule", "{}", content_type="application/json"))


def for_later(desk: Desk, text: str) -> list[str]:
    try:
        schedule_reply(desk.public, Composed(text=text), at=desk.later, by=desk.agent, now=desk.now)
    except ReplyStopped as stopped:
        return [one.code for one in stopped.findings]
    return []


def when_its_time_has_come(desk: Desk, text: str) -> list[str]:
    """What was fit when it was written."""
    row = schedule_reply(desk.public, Composed(text=CLEAN), at=desk.later, by=desk.agent, now=desk.now)
    PendingReply.objects.filter(pk=row.pk).update(text=text)
    leave_due(now=desk.later)
    row.refresh_from_db()
    return [str(one["code"]) for one in row.findings]


def for_a_colleague_to_look_over(desk: Desk, text: str) -> list[str]:
    try:
        ask_review(desk.public, Composed(text=text), by=desk.agent, now=desk.now)
    except ReplyStopped as stopped:
        return [one.code for one in stopped.findings]
    return []


def as_a_colleague_rewrote_it(desk: Desk, text: str) -> list[str]:
    row = ask_review(desk.public, Composed(text=CLEAN), by=desk.agent, now=desk.now)
    try:
        approve(row, by=desk.colleague, now=desk.now, text=text)
    except ReplyStopped as stopped:
        return [one.code for one in stopped.findings]
    return []


def by_a_macro(desk: Desk, text: str) -> list[str]:
    """Nothing in it is a placeholder: braces are quoted as a saved reply quotes them."""
    said = SavedReply.objects.create(workspace=desk.agent.workspace, titles={"en": "Parcel"})
    Variant.objects.create(
        workspace=desk.agent.workspace,
        reply=said,
        language="en",
        formality="formal",
        audience="public",
        text=re.sub(r"([{}])", r"'\1'", text),
    )
    name = f"Macro {said.pk}"
    macro = Macro.objects.create(workspace=desk.agent.workspace, name=name, reply=said, sends=True)
    ran = run_macro(desk.public, macro, by=desk.agent, now=desk.now)
    assert (ran.message is None) == bool(ran.findings)
    return [one.code for one in ran.findings]


LATER: tuple[Path_, ...] = (
    for_later,
    when_its_time_has_come,
    for_a_colleague_to_look_over,
    as_a_colleague_rewrote_it,
)
PUBLIC: tuple[Path_, ...] = (
    *(by_the_verb, by_the_page, by_the_api, by_a_macro, as_a_post, as_a_post_by_the_api),
    *LATER,
)
PRIVATE: tuple[Path_, ...] = (
    by_the_verb_in_private,
    by_the_page_without_scripts,
    as_a_template,
    by_heard_itself,
)


@pytest.mark.parametrize("path", [*PUBLIC, *PRIVATE])
def test_one_fault_stops_a_clean_text_on_every_path_and_is_all_that_is_found(desk: Desk, path: Path_) -> None:
    for said, code in (ANYWHERE | IN_PUBLIC if path in PUBLIC else ANYWHERE).items():
        assert path(desk, CLEAN.replace("Best", f"{said} Best")) == [code], said
    assert not Dispatch.objects.exists()
    assert not Publication.objects.filter(state=Publication.State.QUEUED).exists()

    assert path(desk, CLEAN) == []
    if path in (for_later, for_a_colleague_to_look_over):
        return
    assert Dispatch.objects.exists() or Publication.objects.filter(state=Publication.State.QUEUED).exists()


@pytest.mark.parametrize("path", PRIVATE)
def test_what_everybody_must_not_see_the_customer_may(desk: Desk, path: Path_) -> None:
    assert path(desk, CLEAN.replace("Best", f"{' '.join(IN_PUBLIC)} Best")) == []


def test_there_is_no_other_way_out() -> None:
    """Whatever leaves is announced by one of these. Whoever writes another has to ask the gate there, too."""
    assert set(_publishers("MessageQueued")) == {"tickets/reply.py", "tickets/tell.py"}
    assert set(_publishers("PlanScheduled")) == {"publishing/schedule.py"}


def _publishers(event: str) -> Iterator[str]:
    folder = Path(heard.__path__[0])
    for file in folder.rglob("*.py"):
        if "tests" not in file.parts and re.search(rf"(?<!class ){event}\(\s*\*\*", file.read_text()):
            yield str(file.relative_to(folder))


def _verb(desk: Desk, ticket: Ticket, text: str, **more: object) -> list[str]:
    try:
        reply(ticket, text=text, by=desk.agent, now=desk.now, **more)  # type: ignore[arg-type]
    except ReplyStopped as stopped:
        return [one.code for one in stopped.findings]
    return []


def _page(desk: Desk, ticket: Ticket, *, headers: dict[str, str] | None = None, **typed: str) -> list[str]:
    headers = {"HX-Request": "true"} if headers is None else headers
    answer = signed_in(desk.agent).post(f"/tickets/{ticket.number}/reply", typed, headers=headers)
    assert answer.status_code in (200, 302, 422), answer.text
    return re.findall(r'data-finding="([^"]+)"', answer.text) if answer.status_code == 422 else []


def _told(answer: object) -> list[str]:
    status, body = answer.status_code, answer.json()  # type: ignore[attr-defined]
    assert status in (200, 202, 422), body
    return [one["code"] for one in body["findings"]] if status == 422 else []
