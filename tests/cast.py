"""The cast of the tests and what they do, so that a test reads as a sentence.

Ann is the admin, Bea and Oto are agents of Acme; Cyril works elsewhere. Dana and Jana are customers.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db import models

from heard.accounts.models import User
from heard.channels.contract import Incoming, Kind, MessageIn, Person, Post
from heard.channels.registry import channel
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth, InboxTemplate
from heard.ingest.facts import Arrived
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_facts
from heard.tickets.models import Message, Ticket
from heard.workspaces.create import add_agent, create_workspace
from heard.workspaces.models import Agent, Workspace

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SECRETS = {
    "page_token": "token-of-the-page",
    "app_id": "1000",
    "app_secret": "sim-secret",
    "verify_token": "verify-me",
    "business_account": "102290129340398",
    "access_token": "token-of-the-number",
    "base_url": "http://127.0.0.1:9/graph.facebook.com/v26.0",
}

M = TypeVar("M", bound=models.Model)
_serial = itertools.count(1)


def reloaded(row: M) -> M:
    return type(row)._default_manager.get(pk=row.pk)


def a_workspace(name: str = "Acme", **fields: Any) -> Workspace:
    return create_workspace(
        name, slug=fields.pop("slug", f"{name.lower()}-{next(_serial)}"), now=NOON, **fields
    )


def an_agent(workspace: Workspace, name: str, role: Agent.Role = Agent.Role.AGENT) -> Agent:
    user = User.objects.create_user(f"{name.lower()}-{next(_serial)}@acme.example", name=name)
    return add_agent(workspace, user, name=name, role=role)


def an_inbox(workspace: Workspace, slug: str = "facebook", account: str = "104500", **fields: Any) -> Inbox:
    inbox = Inbox.objects.create(
        workspace=workspace,
        channel=slug,
        account=account,
        name=f"Acme Shop {slug}",
        created_at=NOON,
        **fields,
    )
    InboxHealth.objects.create(inbox=inbox, workspace=workspace)
    credentials = channel(slug).credentials.model_validate({"account": account, **SECRETS})
    store_credentials(inbox, credentials, now=NOON)
    return inbox


def a_template(inbox: Inbox, text: str, *, name: str = "parcel", names: Sequence[str] = ()) -> InboxTemplate:
    """Approved by the network, with a blank for each of `names`."""
    blanks = [{"name": blank, "example": "Ana", "place": "body"} for blank in names]
    return InboxTemplate.objects.create(
        workspace_id=inbox.workspace_id,
        inbox=inbox,
        name=name,
        language="en",
        text=text,
        blanks=blanks,
        seen_at=NOON,
    )


@dataclass
class Network:
    """One connected account, and what customers do there. Facts come as the intake hands them over."""

    inbox: Inbox
    now: datetime = NOON
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    def comment(
        self, text: str, *, by: str = "Jana", under: str = "", on: str = "post-1", **fields: Any
    ) -> str:
        """A public comment, or with `under` a reply to one. Gives its id at the network."""
        id = self._new_id("comment")
        self.take(self.a_comment(id, text, by=by, under=under, on=on, **fields))
        return id

    def a_comment(
        self, id: str, text: str, *, by: str = "Jana", under: str = "", on: str = "post-1", **fields: Any
    ) -> MessageIn:
        return MessageIn(
            **{
                "kind": Kind.COMMENT,
                "external_id": id,
                "thread": under or id,
                "parent": under,
                "text": text,
                "author": _person(by),
                "post": Post(external_id=on),
                "at": self.tick(),
                "raw": {"id": id},
                **fields,
            }
        )

    def direct(self, text: str, *, by: str = "Jana", **fields: Any) -> str:
        id = self._new_id("direct")
        self.take(
            MessageIn(
                **{
                    "kind": Kind.DIRECT,
                    "external_id": id,
                    "thread": _person(by).address,
                    "text": text,
                    "author": _person(by),
                    "public": False,
                    "at": self.tick(),
                    "raw": {"id": id},
                    **fields,
                }
            )
        )
        return id

    def take(self, *facts: Incoming) -> list[str]:
        """Where each fact ended, as its line in the ledger says."""
        call = RawCall.objects.create(
            workspace_id=self.inbox.workspace_id, inbox=self.inbox, body=b"{}", received_at=self.now
        )
        take_facts(
            [Arrived(call, position, self.inbox, fact) for position, fact in enumerate(facts)], now=self.now
        )
        return list(
            LedgerLine.objects.filter(raw_call=call).order_by("position").values_list("place", flat=True)
        )

    def tick(self, **step: float) -> datetime:
        """A moment later; time only goes on when something happens."""
        self.now += timedelta(**(step or {"seconds": 1}))
        return self.now

    def message(self, external_id: str) -> Message:
        return Message.objects.select_related("ticket", "inbox", "author").get(
            inbox=self.inbox, external_id=external_id
        )

    def ticket(self, external_id: str) -> Ticket:
        return self.message(external_id).ticket

    def _new_id(self, kind: str) -> str:
        return f"{kind}-{self.inbox.pk}-{next(self._ids)}"


def a_ticket(network: Network, *, said: str, by: str = "Jana", direct: bool = False) -> Ticket:
    return network.ticket(network.direct(said, by=by) if direct else network.comment(said, by=by))


def _person(name: str) -> Person:
    return Person(address=f"person-{name.lower()}", name=name)
