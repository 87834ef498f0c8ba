"""Whom and what a body names."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from heard.api.problems import CONFLICT, Problem, wrong
from heard.tickets.assign import NotAColleague
from heard.tickets.models import Message, Thread, Ticket
from heard.workspaces.models import Agent


def named_message(ticket: Ticket, pk: int | None, *, field: str = "message") -> Message | None:
    """Raises Problem where the ticket has no such incoming message."""
    if pk is None:
        return None
    message = _heard(ticket).filter(pk=pk).first()
    if message is None:
        raise wrong(f"body.{field}", "no_such_message", _("This ticket has no such incoming message."))
    return message


def named_thread(ticket: Ticket, pk: int | None) -> Thread | None:
    """Raises Problem where the ticket does not go on in such a thread."""
    if pk is None:
        return None
    thread = ticket.threads.filter(pk=pk, identity__isnull=False).select_related("inbox", "identity").first()
    if thread is None:
        raise wrong("body.via", "no_such_thread", _("This ticket does not go on in such a thread."))
    return thread


def message_or_newest(ticket: Ticket, pk: int | None) -> Message:
    """Raises Problem."""
    message = named_message(ticket, pk) or _heard(ticket).order_by("-at", "-id").first()
    if message is None:
        raise Problem(CONFLICT, _("Nobody ever wrote in this ticket."), {"code": "no_message"})
    return message


def agent_named(asking: Agent, name: int | str | None) -> Agent | None:
    """By id, e-mail address or `me`. Raises NotAColleague."""
    if name is None:
        return None
    if name == "me":
        return asking
    named = Q(pk=name) if isinstance(name, int) else Q(user__email__iexact=name)
    agent = Agent.objects.visible_to(asking).filter(named, is_active=True).first()
    if agent is None:
        raise NotAColleague
    return agent


def _heard(ticket: Ticket) -> QuerySet[Message]:
    heard = ticket.messages.filter(direction=Message.Direction.IN)
    return heard.select_related("inbox", "thread", "author", "ticket").defer("search")
