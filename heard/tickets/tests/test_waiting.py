"""A ticket is open exactly while one of its incoming messages is, and waits since the oldest of them.

Whatever agents and networks do, in whatever order.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Min
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from heard.channels.contract import MessageDeleted, MessageEdited
from heard.tickets import delivery
from heard.tickets.answer import NothingWaits, answered
from heard.tickets.dismiss import dismiss
from heard.tickets.like import CannotLike, like, like_failed
from heard.tickets.models import Message, Outcome, Resolution, State, Ticket
from heard.tickets.reopen import NothingToReopen, reopen
from heard.tickets.reply import NoWay, ReplyStopped, reply
from heard.tickets.resolve import NoteNeeded, StillWaiting, resolve
from heard.tickets.snooze import CannotSnooze, snooze, wake_due
from heard.workspaces.models import Agent
from tests.cast import Network

REFUSALS = (
    CannotLike,
    CannotSnooze,
    NothingToReopen,
    NothingWaits,
    NoWay,
    NoteNeeded,
    ReplyStopped,
    StillWaiting,
    delivery.CannotCancel,
    delivery.NothingToRetry,
)


class TakenBack(Exception):
    """Ends one try and all it wrote."""


class Desk:
    """A few customers and an agent; each step picks what it is about by chance."""

    def __init__(self, network: Network, by: Agent, chance: random.Random) -> None:
        self.network, self.by, self.chance = network, by, chance
        self.roots: list[str] = []

    def comment(self) -> None:
        self.roots.append(self.network.comment("Where is it?", by=self._customer()))

    def answer_below(self) -> None:
        if self.roots:
            root = self.chance.choice(self.roots)
            self.network.comment("And mine?", by=self._customer(), under=root)

    def late_comment(self) -> None:
        if self.roots:
            at = self.network.now - timedelta(minutes=self.chance.randint(1, 90))
            root = self.chance.choice(self.roots)
            self.network.comment("Late", by=self._customer(), under=root, at=at)

    def stray(self) -> None:
        """A reply to something that has not come; perhaps it comes now."""
        self.network.comment("Stray", by=self._customer(), under=f"middle-{self.chance.randint(0, 2)}")

    def middle(self) -> None:
        if self.roots:
            id, root = f"middle-{self.chance.randint(0, 2)}", self.chance.choice(self.roots)
            self.network.take(self.network.a_comment(id, "Middle", under=root))

    def own_app(self) -> None:
        if self.roots:
            root = self.chance.choice(self.roots)
            id = f"own-{self.chance.randint(0, 10**9)}"
            self.network.take(self.network.a_comment(id, "Tomorrow.", under=root, ours=True))

    def edit(self) -> None:
        if message := self._message("in"):
            fact = MessageEdited(
                external_id=message.external_id, text="Changed", at=self.network.tick(), raw={"at": id(self)}
            )
            self.network.take(fact)

    def remove(self) -> None:
        if message := self._message("in"):
            self.network.take(
                MessageDeleted(external_id=message.external_id, at=self.network.tick(), raw={"x": message.pk})
            )

    def reply(self) -> None:
        if message := self._message("in"):
            reply(message.ticket, text="Tomorrow.", by=self.by, now=self.network.tick(), to=message)

    def send(self) -> None:
        if message := self._message("out"):
            delivery.mark_sending(message)
            now = self.network.tick()
            match self.chance.randint(0, 2):
                case 0:
                    delivery.mark_sent(message, external_id=f"r{message.pk}", now=now)
                case 1:
                    delivery.mark_failed(message, problem="gone", reason="gone", now=now)
                case _:
                    delivery.mark_unconfirmed(message, reason="who knows", now=now)

    def cancel(self) -> None:
        if message := self._message("out"):
            delivery.cancel(message, by=self.by, now=self.network.tick())

    def send_again(self) -> None:
        if message := self._message("out"):
            delivery.send_again(message, by=self.by, now=self.network.tick())

    def receipt(self) -> None:
        if message := self._message("out"):
            delivery.mark_delivered(Message.objects.filter(pk=message.pk), now=self.network.tick())

    def like(self) -> None:
        if message := self._message("in"):
            like(message, by=self.by, now=self.network.tick(), liked=self.chance.random() < 0.6)

    def like_failed(self) -> None:
        if message := self._message("in"):
            liked = self.chance.random() < 0.5
            like_failed(message, liked=liked, problem="gone", reason="gone", now=self.network.tick())

    def answered(self) -> None:
        if ticket := self._ticket():
            answered(ticket, by=self.by, now=self.network.tick())

    def dismiss(self) -> None:
        if message := self._message("in"):
            dismiss(message.ticket, reason="no", by=self.by, now=self.network.tick(), message=message)

    def resolve(self) -> None:
        if ticket := self._ticket():
            resolution, note = self.chance.choice(list(Resolution)), self.chance.choice(["", "why"])
            resolve(ticket, by=self.by, now=self.network.tick(), resolution=resolution, note=note)

    def reopen(self) -> None:
        if ticket := self._ticket():
            reopen(ticket, by=self.by, now=self.network.tick())

    def snooze(self) -> None:
        if ticket := self._ticket():
            until = self.network.now + timedelta(minutes=5)
            snooze(ticket, until=until, by=self.by, now=self.network.now)

    def time_goes_by(self) -> None:
        wake_due(now=self.network.tick(minutes=self.chance.randint(1, 10)))

    def _customer(self) -> str:
        return self.chance.choice(["Jana", "Dana", "Eva"])

    def _message(self, direction: str) -> Message | None:
        rows = list(Message.objects.filter(direction=direction).select_related("ticket", "inbox", "author"))
        return self.chance.choice(rows) if rows else None

    def _ticket(self) -> Ticket | None:
        rows = list(Ticket.objects.all())
        return self.chance.choice(rows) if rows else None


STEPS: list[Callable[[Desk], None]] = [
    step for name, step in vars(Desk).items() if callable(step) and not name.startswith("_")
]


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(st.sampled_from(STEPS), min_size=15, max_size=30),
    chance=st.randoms(use_true_random=False),
)
def test_a_ticket_is_open_exactly_while_one_of_its_messages_is(
    facebook: Network, bea: Agent, steps: list[Callable[[Desk], None]], chance: random.Random
) -> None:
    desk = Desk(facebook, bea, chance)
    try:
        with transaction.atomic():
            desk.comment()
            for step in steps:
                _dare(step, desk)
                _hold_together(step.__name__)
            raise TakenBack
    except TakenBack:
        pass


def _dare(step: Callable[[Desk], None], desk: Desk) -> None:
    try:
        with transaction.atomic():
            step(desk)
    except REFUSALS:
        pass


def _hold_together(after: str) -> None:
    waits = dict(
        Message.objects.filter(outcome=Outcome.OPEN)
        .values_list("ticket")
        .annotate(at=Min("at"))
        .values_list("ticket", "at")
    )
    for ticket in Ticket.objects.all():
        assert ticket.waiting_since == waits.get(ticket.pk), after
        assert (ticket.state == State.OPEN) == (ticket.pk in waits), after
    for message in Message.objects.filter(direction="in").exclude(answered_by=None):
        assert message.outcome == Outcome.ANSWERED, after
