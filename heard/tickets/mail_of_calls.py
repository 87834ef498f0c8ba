"""The reminder of a promised call, for who wishes to have it by mail. One that nobody took is its team's matter."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heard.contacts.numbers import readable_number
from heard.env import env
from heard.events.bell import ring
from heard.people.mail import mail, wishes
from heard.tickets.events import CallBackDue
from heard.tickets.models import CallBack
from heard.workspaces.models import Agent

JOB = "heard.tickets.tasks.mail_of_call_back"


def mail_reminders(events: Sequence[CallBackDue]) -> None:
    """In the transaction of the reminder: a job for each who wishes it."""
    calls = CallBack.objects.select_related("ticket").in_bulk([event.call_back_id for event in events])
    for event in events:
        for agent_id in _wishing(calls[event.call_back_id]):
            once = f"mail of call {event.call_back_id} {'late' if event.late else 'due'} {agent_id}"
            ring(
                JOB,
                lock=once,
                once=once,
                call_back_id=event.call_back_id,
                late=int(event.late),
                agent_id=agent_id,
            )


def _wishing(call: CallBack) -> Sequence[int]:
    """Its agent. Of a call that nobody took: those of its team, of the ticket's team, or the admins."""
    here = Agent.objects.filter(
        workspace=call.workspace_id, is_active=True, mailed__contains=[Agent.Mailed.CALLS]
    )
    if call.agent_id:
        return list(here.filter(pk=call.agent_id).values_list("pk", flat=True))
    teams = [team for team in (call.team_id, call.ticket.team_id) if team]
    groups = [here.filter(team=team) for team in teams] + [here.filter(role=Agent.Role.ADMIN)]
    found = (list(group.order_by("pk").values_list("pk", flat=True)) for group in groups)
    return next(filter(None, found), [])


def mail_of_call(call_back_id: int, *, late: bool, agent_id: int) -> None:
    """Nothing, where the call was made or taken by somebody else meanwhile."""
    known = CallBack.objects.filter(pk=call_back_id, result=CallBack.Result.OPEN)
    row = known.filter(Q(agent=agent_id) | Q(agent=None)).select_related("ticket__contact").first()
    agent = Agent.objects.select_related("user").filter(pk=agent_id).first()
    if row is None or agent is None or not wishes(agent, Agent.Mailed.CALLS):
        return
    user = agent.user
    with translation.override(user.language):
        number, at = readable_number(row.number), row.at.astimezone(ZoneInfo(user.time_zone or "UTC"))
        subject = _("The promised call to {number} is overdue") if late else _("It is time to call {number}")
        words = _("You promised the call for {time}. {link}")
        if row.agent_id is None:
            words = _("The call was promised for {time}, and nobody has taken it. {link}")
        text = words.format(
            time=date_format(at, "SHORT_DATETIME_FORMAT"),
            link=f"{env().public_url}/tickets/{row.ticket.number}",
        )
        mail(agent, subject=subject.format(number=number), text=f"{text}\n\n{row.note}".strip())
