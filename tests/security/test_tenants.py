"""Nothing of another workspace can be reached: every address of the project, made from the resolver itself.

A new address is covered by being there. One whose parameters nobody taught this test to fill makes it fail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from heard.confirming.models import ConfirmingText
from heard.contacts.merge import merge as merge_contacts
from heard.contacts.models import Claim, Contact
from heard.facts.tests.cast import A_FACT
from heard.facts.write import write_fact
from heard.forms.fields import WantedField, add_field
from heard.forms.kinds import WantedKind, add_kind
from heard.forms.make import make_form
from heard.forms.models import Field, Form, IssueKind, Submission
from heard.ingest.models import LedgerLine, ListenQuery, RawCall
from heard.people.teams import make_team
from heard.people.tokens import issue_token
from heard.products.write import write_product
from heard.publishing.models import Publication
from heard.publishing.write import write as write_post
from heard.replies.folders import add_folder
from heard.replies.models import Macro, ReplyFile
from heard.replies.tests.shelf import EN, a_reply
from heard.tickets.continue_elsewhere import continue_by_phone
from heard.tickets.draft import place_of
from heard.tickets.models import Attachment, Message, Ticket
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.schedule import schedule
from heard.translating.glossary import NewTerm, add_term
from heard.uploads.models import UploadedFile
from heard.voice.markets import WantedCard, write_card
from heard.voice.write import WantedVoice, write_voice
from heard.workspaces.models import Agent, ApiToken
from heard.workspaces.tokens import issue_token as plain_token
from tests.cast import NOON, Network, a_workspace, an_agent, an_inbox
from tests.undone import undone
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

pytestmark = pytest.mark.usefixtures("plain_static")

CANARY = "canary-of-the-other-workspace"
# Open to everybody on purpose: ways in, what machines ask, and what says nothing of anybody.
OPEN = re.compile(
    r"^\^?(account/|sign-in/|healthz|readyz|metrics|public-files/|mail-hooks/|answers/|f/|same/|t(?:/|$)|$"
    r"|api/v1/(openapi\.json|docs)?$)"
)
AREA = re.compile(r"\^?((?:api/v1/)?[a-z-]*)")
VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Address:
    route: str
    name: str
    parameters: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return bool(OPEN.match(self.route))


def addresses(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Address]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, route, inside)
        elif isinstance(entry, URLPattern):
            parameters = tuple(entry.pattern.regex.groupindex)
            yield Address(route, f"{space}{entry.name}" if entry.name else "", parameters)


CLOSED = [address for address in addresses() if not address.is_open]
NAMED = [address for address in CLOSED if address.parameters]
WITHOUT = [address for address in CLOSED if not address.parameters]


# Both workspaces are made once for all tests of a process.


@pytest.fixture(scope="module")
def for_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture(autouse=True)
def for_one(ann: Agent, theirs: dict[str, Any]) -> Iterator[None]:
    cache.clear()
    with undone():
        yield


@pytest.fixture(scope="module")
def eve(for_all: None) -> Agent:
    """An admin of the other workspace, where everything carries the canary."""
    other = a_workspace("Other", slug="other")
    other.name = CANARY
    other.save()
    return an_agent(other, "Eve", Agent.Role.ADMIN)


@pytest.fixture(scope="module")
def theirs(eve: Agent) -> dict[str, Any]:
    """How each parameter of an address is filled with something of the other workspace."""
    inbox = an_inbox(eve.workspace)
    inbox.name = CANARY
    inbox.save()
    network = Network(inbox)
    ticket = network.ticket(network.comment(CANARY))
    message = Message.objects.get(ticket=ticket)
    attachment = Attachment.objects.create(
        workspace=eve.workspace, message=message, kind="image", name=CANARY, state=Attachment.State.STORED
    )
    upload = UploadedFile.objects.create(
        workspace=eve.workspace,
        agent=eve,
        place=place_of(ticket, "public"),
        key=attachment.key,
        name=CANARY,
        content_type="image/png",
        size=1,
    )
    Contact.objects.filter(workspace=eve.workspace).update(name=CANARY)
    team = make_team(eve.workspace, name=CANARY, members=[eve], by=eve, now=NOON)
    issue_token(eve, name=CANARY, now=NOON)
    call = RawCall.objects.create(workspace=eve.workspace, inbox=inbox, body=CANARY.encode())
    line = LedgerLine.objects.create(
        workspace=eve.workspace,
        inbox=inbox,
        raw_call=call,
        position=0,
        fact="call",
        key="canary",
        place=LedgerLine.Place.QUARANTINED,
        reason=CANARY,
        at=NOON,
    )
    query = ListenQuery.objects.create(workspace=eve.workspace, inbox=inbox, name=CANARY, text=CANARY)
    plan = write_post(CANARY, targets=[], by=eve, now=NOON)
    publication = Publication.objects.create(workspace=eve.workspace, plan=plan, inbox=inbox)
    ConfirmingText.objects.create(workspace=eve.workspace, language="en", within=CANARY)
    term = add_term(eve.workspace, NewTerm(CANARY), by=eve, now=NOON)
    form, field, issue = _their_form(eve)
    said = [{"field": "asked", "label": CANARY, "kind": "text", "answers": [CANARY], "values": [CANARY]}]
    submission = Submission.objects.create(
        workspace=eve.workspace, form=form, language="en", answers=said, address=CANARY, issue=issue, at=NOON
    )
    product = write_product(None, code="cup", names={"en": CANARY}, is_on=True, by=eve, now=NOON)
    fact = write_fact(None, replace(A_FACT, name=CANARY), by=eve, now=NOON)
    card = write_card(None, WantedCard(country="GR", notes=CANARY), by=eve, now=NOON)
    voice = write_voice(None, WantedVoice(name=CANARY), by=eve, now=NOON)
    other = network.ticket(network.comment(CANARY, by="Dana")).contact
    merged = merge_contacts(ticket.contact, other, by=eve, now=NOON)
    call_back = continue_by_phone(
        ticket, number="+420601123456", at=NOON + timedelta(hours=1), note=CANARY, by=eve, now=NOON
    )
    claim = Claim.objects.get(workspace=eve.workspace)
    pending = schedule(
        ticket, Composed(text=CANARY, to=message), at=NOON + timedelta(days=1), by=eve, now=NOON
    )
    folder = add_folder(CANARY, parent=None, by=eve, now=NOON)
    reply = a_reply(eve, {EN: CANARY}, title=CANARY, tags=[CANARY], folder=folder)
    ReplyFile.objects.create(workspace=eve.workspace, reply=reply, key=attachment.key, name=CANARY, size=1)
    macro = Macro.objects.create(workspace=eve.workspace, name=CANARY, tags=[CANARY])
    # Their number must not be one that we have, too.
    Ticket.objects.filter(pk=ticket.pk).update(number=777_777)
    return {
        "number": 777_777,
        "inbox_id": inbox.pk,
        "query_id": query.pk,
        "line_id": line.pk,
        "plan_id": plan.pk,
        "publication_id": publication.pk,
        "agent_id": eve.pk,
        "team_id": team.pk,
        "token_id": ApiToken.objects.get(agent=eve).pk,
        "message": message.pk,
        "message_id": message.pk,
        "contact_id": message.author.contact_id if message.author else 0,
        "merge_id": merged.pk,
        "call_back_id": call_back.pk,
        "claim_id": claim.pk,
        "pending_id": pending.pk,
        "key": attachment.key,
        "upload": upload.pk,
        "channel": "facebook",
        "language": "en",
        "reply_id": reply.pk,
        "macro_id": macro.pk,
        "version": reply.version,
        "folder_id": folder.pk,
        "form_id": form.pk,
        "field_id": field.pk,
        "submission_id": submission.pk,
        "issue_id": issue.pk,
        "term_id": term.pk,
        "product_id": product.pk,
        "card_id": card.pk,
        "fact_id": fact.pk,
        "profile_id": voice.pk,
    }


def _their_form(eve: Agent) -> tuple[Form, Field, IssueKind]:
    told: dict[str, Any] = {"by": eve, "now": NOON}
    form = make_form(eve.workspace, name=CANARY, language="en", public_url="http://127.0.0.1:9", **told)
    wanted = WantedField(key="asked", kind=Field.Kind.TEXT, label=CANARY)
    issue = add_kind(eve.workspace, WantedKind(labels={"en": CANARY}), **told)
    Form.objects.filter(pk=form.pk).update(is_on=True)
    return form, add_field(form, wanted, language="en", **told), issue


@pytest.fixture(scope="module")
def ann(for_all: None) -> Agent:
    return an_agent(a_workspace("Acme"), "Ann", Agent.Role.ADMIN)


def filled(address: Address, theirs: dict[str, Any]) -> str:
    unknown = [name for name in address.parameters if name not in theirs]
    assert not unknown, (
        f"{address.route} takes {', '.join(unknown)}: teach tests/security/test_tenants.py to fill it"
    )
    values = {name: theirs[name] for name in address.parameters}
    if address.name and not address.name.startswith("api"):
        return reverse(address.name, kwargs=values)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), address.route)


def areas(addresses: list[Address]) -> pytest.MarkDecorator:
    """One test for all that begins alike: to begin and to undo a test takes longer than most addresses."""
    alike: dict[str, list[Address]] = {}
    for address in addresses:
        alike.setdefault(AREA.findall(address.route)[0], []).append(address)
    return pytest.mark.parametrize("area", alike.values(), ids=alike)


@areas(NAMED)
def test_what_belongs_to_another_workspace_is_not_there(
    area: list[Address], ann: Agent, theirs: dict[str, Any]
) -> None:
    wrong = [told for address in area for told in _found(address, ann, theirs)]
    assert not wrong, "\n".join(wrong)


def _found(address: Address, ann: Agent, theirs: dict[str, Any]) -> Iterator[str]:
    url, browser, secret = filled(address, theirs), signed_in(ann), _secret(address, ann)
    # A channel or a language is the same for everybody; the body of a call may be refused before anything is looked for.
    for_everybody = set(address.parameters) <= {"channel", "language"}
    refused = (404, 405, 415, 422) if address.route.startswith("api/") else (404, 405)
    for verb in VERBS:
        answer = getattr(browser, verb)(url, **secret)
        closed = answer.status_code in refused or (for_everybody and answer.status_code < 500)
        yield from _complaints(answer, f"{verb.upper()} {url}", closed=closed)


@areas(WITHOUT)
def test_no_list_shows_anything_of_another_workspace(
    area: list[Address], ann: Agent, theirs: dict[str, Any]
) -> None:
    wrong: list[str] = []
    for address in area:
        url = "/" + address.route.removeprefix("^")
        answer = signed_in(ann).get(url, **_secret(address, ann))
        wrong += _complaints(answer, url, closed=answer.status_code < 500)
    assert not wrong, "\n".join(wrong)


@areas(CLOSED)
def test_nobody_gets_in_without_signing_in(area: list[Address], theirs: dict[str, Any]) -> None:
    wrong = [told for address in area for told in _let_in(address, theirs)]
    assert not wrong, "\n".join(wrong)


def _let_in(address: Address, theirs: dict[str, Any]) -> Iterator[str]:
    url, stranger = filled(address, theirs), Client()
    for verb in VERBS:
        stranger.cookies.clear()
        answer = getattr(stranger, verb)(url)
        asked = answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")
        closed = asked or answer.status_code in (401, 404, 405)
        yield from _complaints(answer, f"{verb.upper()} {url}", closed=closed)


def _complaints(answer: Any, asked: str, *, closed: bool) -> Iterator[str]:
    if not closed:
        yield f"{asked}: {answer.status_code}"
    if CANARY in answer.content.decode(errors="replace"):
        yield f"{asked} shows something of the other workspace"


def test_nobody_is_merged_with_a_contact_of_another_workspace(ann: Agent, theirs: dict[str, Any]) -> None:
    network = Network(an_inbox(ann.workspace))
    ours = network.ticket(network.comment("Hello")).contact
    browser = signed_in(ann)
    foreign = {"other": theirs["contact_id"]}

    assert browser.post(f"/contacts/{ours.pk}/merge", foreign).status_code == 404
    assert browser.post(f"/contacts/{ours.pk}/not-the-same", foreign).status_code == 404
    assert browser.post(f"/contacts/{ours.pk}/unmerge/{theirs['merge_id']}").status_code == 404
    assert CANARY not in browser.get(f"/contacts/{ours.pk}/alike", {"q": CANARY[:10]}).text
    assert browser.get("/calls/new", {"ticket": 777_777}).status_code == 404


def test_query_parameters_do_not_lead_elsewhere(ann: Agent, theirs: dict[str, Any]) -> None:
    browser = signed_in(ann)

    assert browser.get("/ledger", {"inbox": theirs["inbox_id"]}).status_code == 404
    for asked in ({"inbox": theirs["inbox_id"]}, {"q": "canary"}, {"q": "#777777"}, {"folder": "all"}):
        assert CANARY not in browser.get("/tickets", asked).text


def _secret(address: Address, agent: Agent) -> dict[str, Any]:
    """Programs show a token where people have a session."""
    if not address.route.startswith("api/"):
        return {}
    return {"headers": {"Authorization": f"Bearer {plain_token(agent, name='test', now=NOON)}"}}
