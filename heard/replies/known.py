"""What Heard knows by itself for the placeholders of a saved reply. Everything else is asked for.

Only what is certain. What belongs to one customer alone is told where nobody else reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from heard.channels.registry import channel
from heard.contacts.models import Identity
from heard.env import env
from heard.placeholders.fill import AgentName, Person, Value
from heard.placeholders.known import PLACEHOLDERS
from heard.replies.hours_written import hours_written, zone_written
from heard.tickets.models import Kind, Message, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.status_link import status_link
from heard.workspaces.hours import Hours, hours_of
from heard.workspaces.models import Agent, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Where values come from. `to` is the message answered. In a `note` the words are about the customer."""

    ticket: Ticket
    agent: Agent | None  # none where Heard itself says it
    language: str
    public: bool
    to: Message | None = None
    note: bool = False

    @property
    def workspace(self) -> Workspace:
        return self.agent.workspace if self.agent else self.ticket.workspace

    @property
    def zone(self) -> ZoneInfo:
        """The clock that the customer reads, else ours."""
        for name in (self.ticket.contact.time_zone, self.workspace.time_zone):
            try:
                return ZoneInfo(name) if name else ZoneInfo("UTC")
            except (ZoneInfoNotFoundError, ValueError):
                continue
        return ZoneInfo("UTC")


def known(about: Known) -> dict[str, Value]:
    """By the names of the placeholders; what nobody knows is not in it."""
    told = {name: tell(about) for name, tell in _TELLING.items() if _may_be_told(name, about)}
    return {name: value for name, value in told.items() if value not in (None, "")} | _hours(about)


def _may_be_told(name: str, about: Known) -> bool:
    return not (about.public and PLACEHOLDERS[name].personal)


def customer(about: Known) -> Person | str | None:
    """Whoever wrote what is answered: in public that may be another one than the ticket's contact.

    Who is spoken of is named as they are, who is spoken to is addressed.
    """
    if about.note:
        return about.ticket.contact.name
    author = about.to.author if about.to else None
    name = about.ticket.contact.name
    if author is not None and author.contact_id != about.ticket.contact_id:
        name = author.name
    return Person(name) if name and not _is_no_name(name, author) else None


def _is_no_name(name: str, author: Identity | None) -> bool:
    """How somebody signs on at a network is not what they are called."""
    handles = {author.handle.lstrip("@"), author.address} if author else set()
    return name.lstrip("@") in handles or "@" in name


def agent_name(agent: Agent) -> AgentName:
    """As customers know the agent; with a gender only where the agent said one that grammar knows."""
    gender = agent.gender if agent.gender in PLACEHOLDERS["agent.gender"].choices else ""
    return AgentName(_first(agent.shown_as), gender)


def _first(name: str) -> str:
    return name.split()[0] if name.split() else ""


def _colleague(about: Known) -> AgentName | None:
    """Whoever has the ticket, where that is somebody else."""
    assignee = about.ticket.assignee
    is_other = assignee is not None and about.agent is not None and assignee.pk != about.agent.pk
    return agent_name(assignee) if assignee and is_other else None


def _status_link(about: Known) -> str:
    return status_link(about.workspace, about.ticket.number, public_url=env().public_url)


def _platform(about: Known) -> str:
    return channel(about.ticket.inbox.channel).name if about.ticket.kind == Kind.REVIEW else ""


def _hours(about: Known) -> dict[str, Value]:
    """When somebody is there, and by which clock."""
    hours: Hours = hours_of(about.workspace)
    written = hours_written(hours, about.language)
    return {"hours": written, "time_zone": zone_written(hours.zone, about.language)} if written else {}


_TELLING: Mapping[str, Callable[[Known], Value | None]] = {
    "customer.name": customer,
    "agent.first_name": lambda about: agent_name(about.agent) if about.agent else None,
    "agent.gender": lambda about: agent_name(about.agent).gender if about.agent else None,
    "company": lambda about: about.workspace.name,
    "team": lambda about: about.ticket.team.name if about.ticket.team else None,
    "colleague": _colleague,
    "ticket_number": lambda about: public_number(about.workspace, about.ticket.number),
    "status_link": _status_link,
    "review_platform": _platform,
    "rating": lambda about: about.to.stars if about.to else None,
}
