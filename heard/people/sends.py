"""May a colleague send, or write for somebody else to approve?"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.people.events import SendsChanged, about
from heard.workspaces.models import Agent


@transaction.atomic
def change_sends(agent: Agent, *, sends: bool, by: Agent, now: datetime) -> None:
    if agent.sends == sends:
        return
    agent.sends = sends
    agent.save(update_fields=["sends"])
    publish(SendsChanged(**about(agent, by=by, now=now), sends=sends))
