"""A tenth of all hooks is lost and a tenth comes twice: after one look everything is here, once.

A new network joins with one line in `SAYS`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from heard.channels.registry import channel
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.ingest.ledger import ledger
from heard.ingest.models import LedgerLine, Reconciliation
from heard.ingest.reconcile import begin, reconcile
from heard.ingest.there import compare
from heard.sandbox.running import Running, running_sandbox
from heard.tickets.models import Message
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.front import running_front

# How customers write at each network.
SAYS: Mapping[str, Sequence[str]] = {
    "facebook": ("comment", "comment", "post", "review", "mention"),
    "messenger": ("direct",),
    "instagram": ("comment", "direct"),
    "x": ("mention", "reply", "direct"),
}
# What customers change and take back. On X a changed post is another one, and a direct message stays.
CHANGED = {"x": ()}
TAKEN_BACK = {"x": ("mention", "reply")}
USUALLY = ("comment", "post", "direct")
# Where the sandbox shows what it holds.
PARTS = ("posts", "comments", "directs", "reviews", "mentions")
PEOPLE = ("jana", "petros", "ana", "bela", "emma", "luka", "nikos", "zoe")
ROUNDS = 60


@dataclass
class Account:
    """One account of one network, connected over real HTTP."""

    network: str
    sandbox: Running
    inbox: Inbox
    bea: Agent

    def hears(self) -> None:
        self.sandbox.settled(self.network)
        calls.take_all(now=timezone.now())

    def looks_back(self) -> None:
        now = timezone.now()
        begin(self.inbox, reason=Reconciliation.Reason.ASKED, now=now, since=now - timedelta(hours=1))
        while reconcile(self.inbox, now=timezone.now()):
            calls.take_all(now=timezone.now())
        calls.take_all(now=timezone.now())

    def holds(self) -> dict[str, dict[str, Any]]:
        """What the network's own state says was said, by id. Posts of our own are no messages."""
        state = self.sandbox.state(self.network)
        rows = [(part, row) for part in PARTS for row in state.get(part, ())]
        return {row["id"]: row for part, row in rows if not (part == "posts" and row["by_page"])}


@pytest.fixture(params=SAYS)
def account(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Account]:
    network = request.param
    workspace = a_workspace("Acme")
    bea = an_agent(workspace, "Bea")
    with running_sandbox() as sandbox, running_front() as door:
        inbox = connect(
            workspace,
            slug=network,
            credentials=channel(network).credentials.model_validate(sandbox.credentials(network)),
            by=bea,
            now=timezone.now(),
            public_url=door.url,
            history_days=0,
        )
        yield Account(network, sandbox, inbox, bea)


def test_after_one_look_everything_is_here_once(account: Account) -> None:
    account.sandbox.faults(account.network, drop=0.1, duplicate=0.1, reorder=True, seed=3)
    talk(account, random.Random(5))
    account.hears()
    dropped = account.sandbox.state(account.network, only="deliveries")["deliveries"]["dropped"]
    assert dropped, "nothing was lost, so nothing is proved"

    account.looks_back()

    held = account.holds()
    ours = {message.external_id: message for message in Message.objects.filter(inbox=account.inbox)}
    standing = {id for id, row in held.items() if not row.get("removed")}
    assert {id for id, message in ours.items() if message.removed_at is None} == standing
    assert {id: ours[id].text for id in standing} == {id: held[id]["text"] for id in standing}
    assert {id for id in standing if not ours[id].is_in} == {id for id in standing if by_us(held[id])}
    proved(account, taken_back=held.keys() - standing)


def proved(account: Account, *, taken_back: Set[str]) -> None:
    """The ledger says the same, and looking again changes nothing."""
    lines = LedgerLine.objects.filter(inbox=account.inbox)
    assert not lines.filter(place="quarantined").exists()
    # An answer of ours to what was taken back before we heard of it belongs nowhere.
    answers = lines.filter(place="parked", fact="MessageIn")
    assert set(answers.values_list("about", flat=True)) <= taken_back
    before = (lines.count(), ledger(account.bea))
    side_by_side = compare(account.inbox)
    assert side_by_side is not None
    assert side_by_side.here == side_by_side.there
    assert (side_by_side.missing_count, side_by_side.only_here_count) == (0, 0)
    account.looks_back()
    assert (lines.count(), ledger(account.bea)) == before


def by_us(row: dict[str, Any]) -> bool:
    return bool(row.get("by_page") or row.get("from_page"))


def talk(account: Account, rng: random.Random) -> None:
    """Customers write, change and take back, and a colleague answers in the network's own app."""
    sandbox, network = account.sandbox, account.network
    said: list[tuple[str, str, str]] = []
    for number in range(ROUNDS):
        kind, by = rng.choice(SAYS[network]), rng.choice(PEOPLE)
        id = sandbox.say(network, by=by, kind=kind, text=f"Message {number} by {by}")
        said.append((id, kind, by))
        if kind in ("comment", "direct") and rng.random() < 0.3:
            where = {"under": id} if kind == "comment" else {"to": by}
            sandbox.own_app(network, f"Answer {number}", **where)
    for id, kind, _by in rng.sample(said, ROUNDS // 4):
        if rng.random() < 0.5:
            if kind in CHANGED.get(network, USUALLY):
                sandbox.edit(network, id, "Changed my mind")
        elif kind in TAKEN_BACK.get(network, USUALLY):
            sandbox.delete(network, id)
