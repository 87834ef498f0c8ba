"""Every page as people see it: wide and narrow, light and dark, in Greek. axe finds nothing, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize
from pytest_httpserver import HTTPServer

from heard.accounts import sign_in_links
from heard.accounts.models import User
from heard.channels.contract import Kind
from heard.facts.tests.cast import A_FACT
from heard.facts.write import write_fact
from heard.inboxes.spending import spend
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.queries import add_query
from heard.people.holidays import change_holidays
from heard.people.teams import make_team
from heard.people.tokens import issue_token
from heard.products.write import write_product
from heard.voice.markets import add_starter_cards
from heard.voice.tests.cast import A_VOICE
from heard.voice.write import write_voice
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_workspace, an_agent, an_inbox
from tests.looks import fit, fit_in_the_dark, in_width, no_complaints
from tests.small import a_small_network
from tests.visitors import signed_in

WIDE, NARROW = ViewportSize(width=1440, height=900), ViewportSize(width=360, height=740)
SIGNED_OUT = (
    "/account/login/",
    "/account/password/reset/",
    "/account/inactive/",
    "/sign-in/none",
    "/nowhere",
)


@pytest.fixture
def ann(transactional_db: None, httpserver: HTTPServer) -> Iterator[Agent]:
    """An admin of a workspace in which all kinds of things are there to be seen."""
    ann = an_agent(a_workspace(), "Ann", Agent.Role.ADMIN)
    bea = an_agent(ann.workspace, "Bea")
    make_team(ann.workspace, name="Parcels and returns", members=[bea], by=ann, now=NOON)
    issue_token(ann, name="Monthly report", now=NOON)
    cup = {"en": "Blue cup", "el": "Γαλάζιο φλιτζάνι"}
    write_product(None, code="cup-7", names=cup, is_on=True, by=ann, now=NOON)
    add_starter_cards(by=ann, now=NOON)
    write_fact(None, A_FACT, by=ann, now=NOON)
    write_voice(None, A_VOICE, by=ann, now=NOON)
    change_holidays(ann.workspace, {"SI": set()}, by=ann, now=NOON)
    page = an_inbox(ann.workspace, state="reconnect", state_reason="The token expired.")
    network = Network(page)
    network.comment("Where is my parcel?")
    for place, body in (("quarantined", b'{"entry": [{"id": 1, "odd": "\xce\xb1"}]}'), ("ignored", b"{}")):
        call = RawCall.objects.create(workspace=ann.workspace, inbox=page, body=body)
        LedgerLine.objects.create(
            workspace=ann.workspace,
            inbox=page,
            raw_call=call,
            position=0,
            fact="call",
            key=place,
            place=place,
            reason="The field is “leadgen”, which Heard does not read.",
            at=NOON,
        )
    an_inbox(ann.workspace, "messenger", "104501")
    with a_small_network(ann.workspace, httpserver) as desk:
        spend(desk.inbox, Decimal("0.21"), what="send", now=NOON)
        add_query(desk.inbox, name="Our name, misspelt", text="acme OR acmee", by=ann, now=NOON)
        customers = Network(desk.inbox)
        rule = "Only those who named us may be answered."
        link = "https://small.example/1"
        customers.direct("Nice", kind=Kind.MENTION, public=True, unanswerable=rule, permalink=link)
        yield ann


def addresses(ann: Agent) -> tuple[str, ...]:
    bea = Agent.objects.get(name="Bea")
    team = bea.team_set.get()
    inbox = ann.workspace.inbox_set.get(channel="facebook")
    paid = ann.workspace.inbox_set.get(channel="small")
    product = ann.workspace.product_set.get()
    return (
        "/settings",
        "/settings/security",
        "/settings/workspace",
        "/settings/workspace/replies",
        "/settings/hours",
        "/settings/holidays",
        "/settings/confirmation",
        "/settings/wording",
        "/settings/confirmation/el",
        "/settings/follow-up",
        "/settings/follow-up/el",
        "/settings/people",
        "/settings/people/add",
        f"/settings/people/{bea.pk}",
        "/settings/teams",
        f"/settings/teams/{team.pk}",
        "/settings/products",
        "/settings/products/add",
        f"/settings/products/{product.pk}",
        "/settings/facts",
        "/settings/facts/add",
        "/settings/facts/import",
        "/settings/markets",
        f"/settings/markets/{ann.workspace.marketcard_set.get(country='GR').pk}",
        "/settings/voice",
        "/settings/voice/add",
        "/settings/languages",
        "/settings/tokens",
        "/settings/inboxes",
        "/settings/inboxes/connect/facebook",
        f"/settings/inboxes/{inbox.pk}",
        f"/settings/inboxes/{inbox.pk}/change",
        f"/settings/inboxes/{inbox.pk}/reconnect",
        f"/settings/inboxes/{inbox.pk}/disconnect",
        f"/settings/inboxes/{paid.pk}",
        f"/settings/inboxes/{paid.pk}/spending",
        f"/settings/inboxes/{paid.pk}/queries",
        f"/settings/inboxes/{paid.pk}/queries/{paid.queries.get().pk}",
        f"/tickets/{paid.ticket_set.get().number}",
        f"/ledger?inbox={inbox.pk}",
        "/account/logout/",
        "/account/password/set/",
        "/account/two-factor/",
        "/account/two-factor/totp/activate/",
        "/account/two-factor/webauthn/",
        "/account/two-factor/webauthn/add/",
        "/account/sessions/",
    )


def test_every_page_is_fit_to_be_seen(site: str, ann: Agent, browser: Browser) -> None:
    """In Greek, which needs a third more room than English, and more than the other languages."""
    User.objects.filter(pk=ann.user_id).update(language="el")
    wrong: list[str] = []
    for name, page in _every_page(site, ann, browser):
        wrong += fit(page, name)
        wrong += fit_in_the_dark(page, name)
        page.set_viewport_size(NARROW)
        wrong += in_width(page, f"{name}-narrow")
        page.set_viewport_size(WIDE)
    assert not wrong, "\n".join(wrong)


def _every_page(site: str, ann: Agent, browser: Browser) -> Iterator[tuple[str, Page]]:
    context = browser.new_context(viewport=WIDE, locale="el", reduced_motion="reduce")
    page = context.new_page()
    for address in SIGNED_OUT:
        page.goto(site + address)
        yield _name(address), page
    # Its script would press the button. Who watches what a page asks for gets nothing from its cache: no longer than needed.
    page.route("**/sign-in*.js", lambda route: route.abort())
    page.goto(sign_in_links.issue(ann.user, now=timezone.now(), public_url=site))
    yield "link", page
    page.unroute("**/sign-in*.js")

    session = signed_in(ann).cookies["heard_session"].value
    context.add_cookies([{"name": "heard_session", "value": session, "url": site}])
    with no_complaints(page):
        for address in addresses(ann):
            page.goto(site + address)
            yield _name(address), page
    context.close()


def _name(address: str) -> str:
    return address.strip("/").replace("/", "-").partition("?")[0]
