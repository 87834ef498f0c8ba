"""Where a case goes on elsewhere: the choice among these ways, and what each begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from heard.channels.registry import channel
from heard.tickets.models import Kind, Thread, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.route import NoWay, Route, elsewhere, route


@dataclass(frozen=True, slots=True)
class Bound:
    """A way of answering in private. `thread` is 0 for the usual one."""

    thread: int
    slug: str
    label: str
    is_selected: bool


def bound(ticket: Ticket, chosen: Route | None, via: Thread | None) -> Sequence[Bound]:
    """Empty where there is nothing to choose."""
    threads = elsewhere(ticket)
    if not threads:
        return ()
    there = chosen.thread.pk if chosen else via.pk if via else 0
    further = [_bound(thread, there) for thread in threads]
    usual = _usual(ticket)
    known = {one.thread for one in further}
    if usual is None or usual.thread.pk in known:
        return further if len(further) > 1 else ()
    name = channel(usual.inbox.channel).name
    label = _("By {network} to {name}").format(network=name, name=usual.identity or ticket.contact.name)
    return [Bound(0, usual.inbox.channel, label, there not in known), *further]


def first_words(ticket: Ticket, way: Route) -> str:
    """A mail that begins elsewhere says what it goes on with. The agent may write it otherwise."""
    if way.target is not None or way.thread.identity_id is None:
        return ""
    with override(_language(ticket)):
        text = _("We go on here with what you wrote to us by {network}. Your number is {number}.")
        network = channel(ticket.inbox.channel).name
        return text.format(network=network, number=public_number(ticket.workspace, ticket.number)) + "\n\n"


def announcement(ticket: Ticket) -> str:
    """What to say where the customer wrote, so that they expect a mail. Names no address: others may read it."""
    with override(_language(ticket)):
        text = _("We go on with this by e-mail. Look for a mail from us with the number {number}.")
        return text.format(number=public_number(ticket.workspace, ticket.number))


def code_in_words(ticket: Ticket, code: str, *, link: str) -> str:
    """The link is for whoever no longer has the place where they first wrote at hand."""
    with override(_language(ticket)):
        network = channel(ticket.inbox.channel).name
        text = _("Your code is {code}. Tell it to us by {network}, then we know that this address is yours.")
        otherwise = _("Or confirm it here: {link}")
        return f"{text.format(code=code, network=network)}\n\n{otherwise.format(link=link)}"


def _language(ticket: Ticket) -> str:
    """The customer's where we speak it, else the workspace's."""
    spoken = ticket.language in dict(settings.LANGUAGES)
    return ticket.language if spoken else ticket.workspace.language


def _usual(ticket: Ticket) -> Route | None:
    try:
        return route(ticket, private=True)
    except NoWay:
        return None


def _bound(thread: Thread, there: int) -> Bound:
    address = thread.identity.address if thread.identity else ""
    if thread.kind == Kind.EMAIL:
        label = _("By e-mail to {address}").format(address=address)
    else:
        network = channel(thread.inbox.channel).name
        label = _("By {network} to {name}").format(network=network, name=address)
    return Bound(thread.pk, thread.inbox.channel, label, thread.pk == there)
