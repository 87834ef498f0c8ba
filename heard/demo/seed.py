"""A workspace to try everything in: colleagues, connected practice networks, some days of history."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from heard.accounts.models import User
from heard.channels.registry import CHANNELS, channel
from heard.demo.history import write_history
from heard.env import env
from heard.forms.incident import make_incident_form
from heard.forms.make import Wanted, change_form
from heard.forms.models import Form
from heard.inboxes.change import change
from heard.inboxes.connect import connect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall
from heard.outbound import Broken, Outbound, Refused, Unreachable
from heard.replies.starter import add_starter
from heard.tickets.models import Message
from heard.workspaces.create import add_agent, create_workspace
from heard.workspaces.models import Agent, Team, Workspace

SLUG = "demo"
FORM = "acme-help"
DAYS_OF_HISTORY = 4
# On every network somebody has just written.
JUST_WRITTEN = (
    ("instagram", "eleni", "Καλησπέρα, θα έρθει ξανά το πράσινο σε μέγεθος M;"),
    ("instagram", "zsofi", "De szép! Mikor lesz újra raktáron?"),
    ("x", "oliver", "@AcmeShop third week without my parcel and nobody picks up the phone."),
    ("whatsapp", "spela", "Pozdravljeni, paket je prišel odprt. Kaj naj naredim?"),
    ("viber", "nikos", "Γεια σας, μπορώ να αλλάξω τη διεύθυνση παράδοσης;"),
    ("chat", "jana", "Dobrý den, máte to zelené i ve velikosti M?"),
    ("telegram", "tomas", "Dobrý den, kdy prosím odešlete objednávku z neděle?"),
)
# And some have written at length.
MAILS: Final[tuple[dict[str, Any], ...]] = (
    {
        "as": "eleni",
        "subject": "Λάθος ποσό στο τιμολόγιο",
        "text": "Καλησπέρα σας,\n\nστο τιμολόγιο της παραγγελίας μου χρεώθηκαν τέσσερις κούπες, ενώ παρήγγειλα τρεις. "
        "Σας το στέλνω συνημμένο.\n\nΜπορείτε να το διορθώσετε;\n\nΜε εκτίμηση\nΕλένη Γεωργίου",
        "media": [{"kind": "file", "name": "timologio.pdf"}],
    },
    {
        "as": "matej",
        "subject": "Vračilo svetilke",
        "text": "Pozdravljeni,\n\nsvetilka, ki ste mi jo poslali v torek, je premajhna za našo mizo. Rad bi jo vrnil. "
        "Kam naj jo pošljem in kdo plača poštnino?\n\nLep pozdrav\nMatej Žagar",
        "cc": "spela@customers.example",
    },
    {
        "as": "lucie",
        "subject": "Hrnek přišel rozbitý",
        "text": "Dobrý den,\n\ndnes mi dorazil balík a jeden ze tří hrnků je rozbitý, fotku přikládám. "
        "Pošlete mi prosím nový, nebo vrátíte peníze?\n\nDěkuji\nLucie Říhová",
        "media": [{"kind": "image", "name": "hrnek.png"}],
    },
)
PATIENCE_SECONDS = 30.0

COLLEAGUES = (
    ("ann@demo.example", "Ann Archer", Agent.Role.ADMIN),
    ("bea@demo.example", "Bea Novotná", Agent.Role.AGENT),
    ("oto@demo.example", "Oto Kranjc", Agent.Role.AGENT),
)


class SandboxSilent(Exception):
    """The simulated networks or the web half did not answer in time."""


def seed(*, now: datetime, sandbox_url: str, again: bool = False) -> User:
    """The demo's admin. Safe to call at every start: what is there stays as it is. `again`: this version has been
    here before, and has nothing to add but what the networks have to be told.

    Needs the web half and the sandbox to be up, because a network calls back when it is connected.
    Raises SandboxSilent or ConnectFailed.
    """
    workspace = Workspace.objects.filter(slug=SLUG).first() or _make_workspace(now=now)
    admin = (
        Agent.objects.select_related("user").filter(workspace=workspace, role=Agent.Role.ADMIN).earliest("pk")
    )
    sandbox = Sandbox(sandbox_url)
    _connect_all(workspace, admin, sandbox, now=now)
    is_new = not Message.objects.filter(workspace=workspace).exists()
    if is_new:
        sandbox.post("story", {"days": DAYS_OF_HISTORY, "seed": 7})
    # Made while the history arrives.
    if is_new or not again:
        _make_form(workspace, admin, now=now)
        add_starter(workspace, by=admin, now=now)
    if is_new:
        _until(lambda: _all_taken_in(workspace, sandbox), "the history to arrive")
        write_history(workspace)
        _let_some_write(sandbox)
    return admin.user


def _let_some_write(sandbox: Sandbox) -> None:
    simulated = set(sandbox.get("networks")["networks"])
    for slug, handle, text in JUST_WRITTEN:
        if slug in simulated:
            sandbox.post(f"{slug}/say", {"as": handle, "text": text})
    for mail in MAILS if "email" in simulated else ():
        sandbox.post("email/say", mail)


class Sandbox:
    """The control API of the simulated networks."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.outbound = Outbound(allowed=env().outbound_allow)

    def get(self, path: str) -> Any:
        return self._call("GET", path)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self._call("POST", path, body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.outbound.call(method, f"{self.url}/control/{path}", json=body)
        if answer.status >= 400:
            raise SandboxSilent(f"The sandbox answered {answer.status} to {path}.")
        return json.loads(answer.body)


def _make_workspace(*, now: datetime) -> Workspace:
    workspace = create_workspace("Acme Shop", slug=SLUG, now=now, language="en", time_zone="Europe/Prague")
    agents = []
    for email, name, role in COLLEAGUES:
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, name=name, language=env().language, time_zone="Europe/Prague"
        )
        agents.append(add_agent(workspace, user, name=name, role=role))
    for name, members in (("Orders", agents[:2]), ("Returns", agents[1:])):
        Team.objects.create(workspace=workspace, name=name).members.set(members)
    return workspace


def _make_form(workspace: Workspace, admin: Agent, *, now: datetime) -> None:
    """The incident report, at a link that one can read aloud where nobody else has it."""
    if Form.objects.filter(workspace=workspace).exists():
        return
    form = make_incident_form(
        workspace, name="Report a problem", industry="shop", by=admin, now=now, public_url=env().public_url
    )
    wanted = Wanted(
        name=form.name,
        slug="" if Form.objects.filter(slug=FORM).exists() else FORM,
        is_on=True,
        language=form.language,
        languages=form.languages,
        allowed_domains=(),
        mailbox=None,
    )
    change_form(form, wanted, by=admin, now=now)


def _connect_all(workspace: Workspace, admin: Agent, sandbox: Sandbox, *, now: datetime) -> None:
    simulated = set(sandbox.get("networks")["networks"])
    for slug in CHANNELS:
        if slug not in simulated:
            continue
        told = sandbox.get(f"{slug}/credentials")
        if _is_connected(workspace, slug, told):
            continue
        _until(lambda: _web_answers(sandbox.outbound), "the web half")
        credentials = channel(slug).credentials.model_validate(told)
        inbox = connect(
            workspace,
            slug=slug,
            credentials=credentials,
            by=admin,
            now=now,
            public_url=env().public_url,
            history_days=0,  # its past is told by hooks
        )
        _name(inbox, admin, now=now)


def _name(inbox: Inbox, admin: Agent, *, now: datetime) -> None:
    """All accounts of the shop bear the shop's name, and a list of them should tell them apart."""
    network = channel(inbox.channel).name
    if network not in inbox.name:
        change(
            inbox,
            name=f"{inbox.name} on {network}",
            colour=inbox.colour,
            language=inbox.language,
            team=inbox.team,
            extended_window=inbox.extended_window,
            by=admin,
            now=now,
        )


def _is_connected(workspace: Workspace, slug: str, told: dict[str, str]) -> bool:
    inbox = Inbox.objects.filter(workspace=workspace, channel=slug, account=told["account"]).first()
    if inbox is None:
        return False
    try:
        return bool(credentials_of(inbox) == channel(slug).credentials.model_validate(told))
    except (NotConnected, CannotOpen, ValidationError):
        return False


def _web_answers(outbound: Outbound) -> bool:
    try:
        answer = outbound.call("GET", f"{env().public_url}/healthz")
    except (Broken, Refused, Unreachable):
        return False
    return answer.status == 200


def _all_taken_in(workspace: Workspace, sandbox: Sandbox) -> bool:
    """Our own rows first: the networks are ten questions, and each takes time from those who take in."""
    arrived = RawCall.objects.filter(workspace=workspace)
    if arrived.filter(taken_in_at=None).exists() or not arrived.exists():
        return False
    pending = any(
        sandbox.get(f"{slug}/state?only=deliveries").get("deliveries", {}).get("pending")
        for slug in sandbox.get("networks")["networks"]
    )
    # What was delivered since we looked waits again.
    return not pending and not arrived.filter(taken_in_at=None).exists()


def _until(done: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            raise SandboxSilent(f"Waited {PATIENCE_SECONDS:.0f} seconds for {what}.")
        time.sleep(0.1)
