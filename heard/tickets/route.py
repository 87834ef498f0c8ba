"""Where would this reply go, and may it? Answered from the channel's abilities, never from its name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, QuerySet, When

from heard.channels import contract
from heard.channels.contract import Abilities
from heard.channels.registry import channel
from heard.contacts.models import Identity
from heard.inboxes.models import Inbox
from heard.tickets.models import CONVERSATIONS, Delivery, Kind, Message, Outcome, Thread, Ticket
from heard.workspaces.prepared import Question, prepared


class NoWay(Exception):
    """There is no way to answer like that: nothing to answer, or the network gives no right to."""

    def __init__(self, code: str, *, reason: str = "", permalink: str = "") -> None:
        super().__init__(code)
        # nothing_to_answer · no_public_reply · no_private_reply · already_replied_privately · no_right ·
        # disconnected
        self.code = code
        # With no_right: the network's rule as an English source text, and where a person may answer by hand.
        self.reason, self.permalink = reason, permalink


@dataclass(frozen=True, slots=True)
class Route:
    """One way out of a ticket: through which inbox, into which thread, to whom, until when."""

    inbox: Inbox
    thread: Thread
    kind: Kind
    public: bool
    target: Message | None  # the message that is answered
    identity: Identity | None  # whom it goes to
    private_reply: bool = False
    closes_at: datetime | None = None  # the network takes nothing after this
    extended_until: datetime | None = None  # for a person's answer, where the network approved it

    @property
    def abilities(self) -> Abilities:
        return self.inbox.abilities

    @property
    def takes_templates(self) -> bool:
        """May a text that the network approved beforehand go this way, also when the window is closed?"""
        return self.abilities.templates_after and not self.public

    @property
    def is_letter(self) -> bool:
        """Does what goes this way have a subject, and people who get a copy?"""
        return _contract_kind(self.kind) in self.abilities.letters

    @property
    def limit(self) -> int | None:
        abilities, kind = self._as_sent
        return abilities.text_limits.get(kind)

    @property
    def counts(self) -> contract.Count:
        abilities, kind = self._as_sent
        return abilities.counts_of(kind)

    @property
    def files(self) -> contract.Files | None:
        """None: no files can go this way."""
        abilities, kind = self._as_sent
        return abilities.files.get(kind)

    @property
    def buttons(self) -> contract.Buttons | None:
        """None: no buttons can go this way."""
        abilities, kind = self._as_sent
        return abilities.buttons.get(kind)

    @property
    def divides(self) -> bool:
        """In a conversation a reply may be several messages. In public, or where only one is allowed, it is one."""
        return not self.public and not self.private_reply

    @property
    def _as_sent(self) -> tuple[Abilities, contract.Kind]:
        """A private answer to a public message is a direct message, and as long as one may be."""
        if self.private_reply:
            return channel(self.abilities.private_channel).abilities, contract.Kind.DIRECT
        return self.abilities, _contract_kind(self.kind)

    def is_closed(self, now: datetime) -> bool:
        last = self.extended_until or self.closes_at
        return last is not None and now >= last

    def is_extended(self, now: datetime) -> bool:
        return self.closes_at is not None and now >= self.closes_at and not self.is_closed(now)


def route(ticket: Ticket, *, private: bool, to: Message | None = None, via: Thread | None = None) -> Route:
    """`via` is a thread of `elsewhere`: the answer goes there whatever else could be. Raises NoWay."""
    if via is not None:
        return _route_via(ticket, via)
    if to is not None and to.ticket_id != ticket.pk:
        raise NoWay("nothing_to_answer")
    if private:
        return _private_route(ticket, to)
    target = to or _newest(ticket, public=ticket.kind not in CONVERSATIONS)
    if target is None:
        raise NoWay("nothing_to_answer")
    return _public_route(target) if target.public else _direct_route(target.inbox, target.thread, target)


def routes(ticket: Ticket) -> dict[str, Route | NoWay]:
    """Both ways, `public` and `private`, each with its reason where it is closed for good."""
    ways: dict[str, Route | NoWay] = {}
    for name in ("public", "private"):
        try:
            found = route(ticket, private=name == "private")
        except NoWay as closed:
            ways[name] = closed
        else:
            ways[name] = found if found.public == (name == "public") else NoWay("no_public_reply")
    return ways


def questions(ticket: Ticket) -> list[Question | None]:
    """What has to be known for both ways, as a rule."""
    newest = (_newest_heard.of(public, ticket=ticket.pk) for public in (True, False))
    return [*newest, _begun.of(ticket=ticket.pk)]


def elsewhere(ticket: Ticket) -> list[Thread]:
    """Further threads that this case goes on in by our own doing, the newest first."""
    return [thread for thread in _begun(ticket=ticket.pk) if _takes_replies(thread)]


@prepared
def _begun(*, ticket: int) -> QuerySet[Thread]:
    begun = Thread.objects.filter(ticket=ticket, identity__isnull=False)
    return begun.select_related("inbox", "identity__contact").order_by("-id")


def _takes_replies(thread: Thread) -> bool:
    there = thread.inbox.state != Inbox.State.DISCONNECTED
    return there and _contract_kind(thread.kind) in thread.inbox.abilities.replies


def _route_via(ticket: Ticket, via: Thread) -> Route:
    if via.ticket_id != ticket.pk or via.identity is None:
        raise NoWay("nothing_to_answer")
    _require_connected(via.inbox)
    if not _takes_replies(via):
        raise NoWay("no_private_reply")
    heard = ticket.messages.select_related("inbox", "thread", "author").defer("search")
    newest = heard.filter(thread=via, direction=Message.Direction.IN).order_by("-at", "-id").first()
    if newest is not None:
        return _direct_route(via.inbox, via, newest)
    return Route(via.inbox, via, Kind(via.kind), False, None, via.identity)


def _public_route(target: Message) -> Route:
    _require_connected(target.inbox)
    _require_right(target)
    if _contract_kind(target.kind) not in target.inbox.abilities.replies:
        raise NoWay("no_public_reply")
    return Route(target.inbox, target.thread, Kind(target.kind), True, target, target.author)


def _private_route(ticket: Ticket, to: Message | None) -> Route:
    """The running private conversation if there is one, else the one private answer to a public message."""
    direct = to if to is not None and not to.public else _newest(ticket, public=False)
    if direct is not None and (to is None or not to.public or _same_person(to, direct)):
        return _direct_route(direct.inbox, direct.thread, direct)
    target = to or _newest(ticket, public=True)
    if target is None:
        raise NoWay("nothing_to_answer")
    return _private_reply_route(target)


def _direct_route(inbox: Inbox, thread: Thread, target: Message) -> Route:
    _require_connected(inbox)
    _require_right(target)
    abilities = inbox.abilities
    if _contract_kind(target.kind) not in abilities.replies and target.kind in CONVERSATIONS:
        return _instead(target)
    opened = target.author.last_wrote_at if target.author else None
    closes_at = opened + abilities.reply_within if opened and abilities.reply_within else None
    may_extend = inbox.extended_window and opened and abilities.extended_within
    extended = (
        opened + abilities.extended_within if may_extend and opened and abilities.extended_within else None
    )
    kind = Kind(target.kind) if target.kind in CONVERSATIONS else Kind.DIRECT
    return Route(
        inbox, thread, kind, False, target, target.author, closes_at=closes_at, extended_until=extended
    )


def _instead(target: Message) -> Route:
    """Where it stands nothing can be answered (a form, a call): where the case goes on, it can."""
    ways = elsewhere(target.ticket)
    if not ways:
        raise NoWay("no_private_reply")
    return _route_via(target.ticket, ways[0])


def _private_reply_route(target: Message) -> Route:
    _require_connected(target.inbox)
    abilities = target.inbox.abilities
    if _contract_kind(target.kind) not in abilities.private_replies:
        raise NoWay("no_private_reply")
    if _answered_privately(message=target.pk):
        raise NoWay("already_replied_privately")
    within = abilities.private_reply_within
    return Route(
        target.inbox,
        target.thread,
        Kind(target.kind),
        False,
        target,
        target.author,
        private_reply=True,
        closes_at=target.at + within if within else None,
    )


@prepared
def _answered_privately(*, message: int) -> QuerySet[Message, int]:
    used = Message.objects.filter(parent=message, private_reply=True)
    left = used.exclude(delivery__in=(Delivery.FAILED, Delivery.CANCELLED))
    return left.values_list("pk", flat=True)[:1]


def _same_person(one: Message, other: Message) -> bool:
    """People have an address of their own on each side of a network; the contact joins them."""
    return bool(one.author and other.author and one.author.contact_id == other.author.contact_id)


def _newest(ticket: Ticket, *, public: bool) -> Message | None:
    """What a reply is most likely meant for: the newest message that waits, else the newest at all.

    Of those that wait, one that the network lets us answer goes before one that it does not.
    """
    found = _newest_heard(public, ticket=ticket.pk)
    for one in found:
        one.ticket = ticket
    return found[0] if found else None


@prepared
def _newest_heard(public: bool, *, ticket: int) -> QuerySet[Message]:
    heard = Message.objects.filter(
        ticket=ticket, direction=Message.Direction.IN, public=public, removed_at=None
    )
    waiting_first = Case(When(outcome=Outcome.OPEN, then=0), default=1)
    answerable_first = Case(When(unanswerable="", then=0), default=1)
    ordered = heard.order_by(waiting_first, answerable_first, "-at", "-id")
    return ordered.select_related("inbox", "thread", "author__contact").defer("search")[:1]


def _require_connected(inbox: Inbox) -> None:
    if inbox.state == Inbox.State.DISCONNECTED:
        raise NoWay("disconnected")


def _require_right(target: Message) -> None:
    if target.unanswerable and not target.inbox.abilities.answers_all:
        raise NoWay("no_right", reason=target.unanswerable, permalink=target.permalink)


def _contract_kind(kind: str) -> contract.Kind:
    return contract.Kind(kind)
