"""What a macro does beside its reply: at once, or when a reply that waits leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import transaction

from heard.events.publishing import publish
from heard.replies.macro_events import MacroRun
from heard.replies.models import Macro
from heard.tickets.about import about
from heard.tickets.assign import NotAColleague, assign
from heard.tickets.events import PendingReplyLeft
from heard.tickets.hand_over import hand_over
from heard.tickets.models import Message, PendingReply, Resolution, Ticket
from heard.tickets.resolve import NoteNeeded, StillWaiting, resolve
from heard.tickets.snooze import CannotSnooze, snooze
from heard.tickets.tag import BadTag, tag
from heard.workspaces.models import Agent, Team

NOT_ANY_MORE = (NotAColleague, BadTag, CannotSnooze, StillWaiting, NoteNeeded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A macro's deeds as they were when a reply began to wait: whoever looks it over sees what it leads to, and a
    macro that is changed meanwhile changes nothing of that. The names are as they were then, too."""

    macro: int
    name: str
    assigns_me: bool
    assignee: int | None
    assignee_name: str
    team: int | None
    team_name: str
    tags: Sequence[str]
    snooze_hours: int | None
    resolution: str
    resolution_note: str

    @classmethod
    def of(cls, macro: Macro) -> Self:
        return cls(
            macro=macro.pk,
            name=macro.name,
            assigns_me=macro.assigns_me,
            assignee=macro.assignee_id,
            assignee_name=macro.assignee.name if macro.assignee else "",
            team=macro.team_id,
            team_name=macro.team.name if macro.team else "",
            tags=macro.tags,
            snooze_hours=macro.snooze_hours,
            resolution=macro.resolution,
            resolution_note=macro.resolution_note,
        )

    def as_macro(self, workspace_id: int) -> Macro:
        """Not one that is kept. A team that is gone is none."""
        here = {"workspace": workspace_id}
        return Macro(
            pk=self.macro,
            name=self.name,
            assigns_me=self.assigns_me,
            assignee=Agent.objects.filter(**here, pk=self.assignee or 0).first(),
            team=Team.objects.filter(**here, pk=self.team or 0).first(),
            tags=list(self.tags),
            snooze_hours=self.snooze_hours,
            resolution=self.resolution,
            resolution_note=self.resolution_note,
        )


def wait_with(pending: PendingReply, macro: Macro) -> None:
    pending.then = asdict(Then.of(macro))
    pending.save(update_fields=["then"])


def then_of(pending: PendingReply) -> Then | None:
    return Then(**pending.then) if pending.then else None


def go_on(events: Sequence[PendingReplyLeft]) -> None:
    """It left: now the rest, in its author's name. What is not possible any more is left out and named; the reply is
    out, so nothing is gained by holding the rest back."""
    rows = PendingReply.objects.filter(pk__in=[event.pending_id for event in events])
    waited = rows.exclude(then=None).select_related("ticket", "agent__user", "message").in_bulk()
    for event in events:
        pending = waited.get(event.pending_id)
        then = then_of(pending) if pending else None
        if pending is not None and then is not None:
            macro = then.as_macro(pending.workspace_id)
            _act(
                pending.ticket,
                macro,
                message=pending.message,
                by=pending.agent,
                now=event.at,
                each=_if_possible,
            )


@transaction.atomic
def act(ticket: Ticket, macro: Macro, *, message: Message | None, by: Agent, now: datetime) -> None:
    """All or nothing. Raises what the verbs raise: NotAColleague, BadTag, CannotSnooze, StillWaiting."""
    _act(ticket, macro, message=message, by=by, now=now, each=lambda deed: deed())


def _act(
    ticket: Ticket,
    macro: Macro,
    *,
    message: Message | None,
    by: Agent,
    now: datetime,
    each: Callable[[Callable[[], bool]], bool | None],
) -> None:
    done, undone = ["replied"] if message else [], []
    for name, deed in _DEEDS:
        was_done = each(lambda deed=deed: deed(ticket, macro, by, now))  # type: ignore[misc]
        if was_done is None:
            undone.append(name)
        elif was_done:
            done.append(name)
    publish(
        MacroRun(
            **about(ticket, now=now, by=by),
            macro_id=macro.pk,
            macro=macro.name,
            message_id=message.pk if message else None,
            done=done,
            undone=undone,
        )
    )


def _if_possible(deed: Callable[[], bool]) -> bool | None:
    try:
        with transaction.atomic():
            return deed()
    except NOT_ANY_MORE:
        return None


def _assign(ticket: Ticket, macro: Macro, by: Agent, now: datetime) -> bool:
    to = by if macro.assigns_me else macro.assignee
    if to is not None:
        assign(ticket, to=to, team=macro.team, by=by, now=now)
    elif macro.team is not None:
        hand_over(ticket, team=macro.team, by=by, now=now)
    return to is not None or macro.team is not None


def _tag(ticket: Ticket, macro: Macro, by: Agent, now: datetime) -> bool:
    tag(ticket, add=macro.tags, by=by, now=now)
    return bool(macro.tags)


def _snooze(ticket: Ticket, macro: Macro, by: Agent, now: datetime) -> bool:
    if macro.snooze_hours:
        snooze(ticket, until=now + timedelta(hours=macro.snooze_hours), by=by, now=now)
    return bool(macro.snooze_hours)


def _resolve(ticket: Ticket, macro: Macro, by: Agent, now: datetime) -> bool:
    if macro.resolution:
        how, why = Resolution(macro.resolution), macro.resolution_note
        resolve(ticket, resolution=how, note=why, by=by, now=now)
    return bool(macro.resolution)


_DEEDS = (("assigned", _assign), ("tagged", _tag), ("snoozed", _snooze), ("resolved", _resolve))
