"""Which of our accounts can publish, and what each network allows."""

from __future__ import annotations

from heard.channels.contract import Publishes, Publishing
from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent


def rules_of(inbox: Inbox) -> Publishing | None:
    """None where the network or the account does not let us publish."""
    return inbox.abilities.publishing if isinstance(channel(inbox.channel), Publishes) else None


def publishing_inboxes(agent: Agent) -> list[Inbox]:
    """Those that an agent may publish by, by name."""
    connected = Inbox.objects.visible_to(agent).exclude(state=Inbox.State.DISCONNECTED)
    return [inbox for inbox in connected.order_by("name", "pk") if rules_of(inbox)]
