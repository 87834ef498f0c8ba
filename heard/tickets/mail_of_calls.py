"""The reminder of a promised call, for who wishes to have it by mail."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

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
    """In the transaction of the reminder: a job, where somebody wishes it."""
    wishing = Agent.objects.filter(
        pk__in=[event.agent_id for event in events if event.agent_id], mailed__contains=[Agent.Mailed.CALLS]
    )
    known = set(wishing.values_list("pk", flat=True))
    for event in events:
        if event.agent_id in known:
            once = f"mail of call {event.call_back_id} {'late' if event.late else 'due'}"
            ring(JOB, lock=once, once=once, call_back_id=event.call_back_id, late=int(event.late))


def mail_of_call(call_back_id: int, *, late: bool) -> None:
    """Nothing, where the call was made meanwhile."""
    known = CallBack.objects.filter(pk=call_back_id, result=CallBack.Result.OPEN, agent__isnull=False)
    row = known.select_related("agent__user", "ticket__contact").first()
    if row is None or row.agent is None or not wishes(row.agent, Agent.Mailed.CALLS):
        return
    user = row.agent.user
    with translation.override(user.language):
        number, at = readable_number(row.number), row.at.astimezone(ZoneInfo(user.time_zone or "UTC"))
        subject = _("The promised call to {number} is overdue") if late else _("It is time to call {number}")
        text = _("You promised the call for {time}. {link}").format(
            time=date_format(at, "SHORT_DATETIME_FORMAT"),
            link=f"{env().public_url}/tickets/{row.ticket.number}",
        )
        mail(row.agent, subject=subject.format(number=number), text=f"{text}\n\n{row.note}".strip())
