"""The composer: every way of answering, open or closed, and what has been typed for it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.channels.contract import Person
from heard.channels.registry import channel
from heard.inboxes.models import InboxTemplate
from heard.tickets.draft import place_of
from heard.tickets.letters import everybody_else
from heard.tickets.models import CONVERSATIONS, Draft, Message, Thread, Ticket
from heard.tickets.route import NoWay, Route, route
from heard.tickets.route import questions as questions_of_routes
from heard.tickets.sign import letter_signature, line_below
from heard.uploads.models import UploadedFile
from heard.web.tickets.bound import Bound, announcement, bound, first_words
from heard.web.tickets.cost import cost
from heard.web.tickets.feeling import feeling
from heard.web.times import in_words
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Question, prepared

MODES = ("public", "private", "note")
ICONS = {"public": "globe", "private": "lock", "note": "sticky-note"}
TABS: Mapping[str, Promise] = {
    "public": gettext_lazy("Reply publicly"),
    "private": gettext_lazy("Reply privately"),
    "note": gettext_lazy("Note"),
}


SHORT: Mapping[str, Promise] = {
    "public": gettext_lazy("Public"),
    "private": gettext_lazy("Private"),
    "note": gettext_lazy("Note"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One tab. `closed` says in words why it cannot be used; `window` what the network's clock says."""

    mode: str
    icon: str
    tab: Promise
    send: str
    route: Route | None = None
    closed: str = ""
    window: str = ""
    closes_at: datetime | None = None
    draft: Draft | None = None
    is_selected: bool = False
    # The network gives no right to answer: instead of a box to write in, the way there.
    has_no_right: bool = False
    cost: str = ""
    permalink: str = ""
    templates: Sequence[InboxTemplate] = ()  # that the network approved, where it has such
    only_templates: bool = False  # the time for words of our own is over
    uploads: Sequence[UploadedFile] = ()  # that the agent has handed over for this way
    others: Sequence[Bound] = ()
    via: Thread | None = None
    begins: str = ""  # what stands in the box to begin with
    signature: str = ""  # what the reply ends with

    @property
    def short(self) -> Promise:
        return SHORT[self.mode]

    @property
    def limit(self) -> int | None:
        return self.route.limit if self.route else None

    @property
    def counts(self) -> str:
        return self.route.counts.value if self.route else "characters"

    @property
    def target(self) -> Message | None:
        return self.route.target if self.route else None

    @property
    def feeling(self) -> str:
        return feeling(self.target)

    @property
    def copies(self) -> Sequence[Person]:
        """Who else got what is answered: an answer to all, unless somebody is left out."""
        return everybody_else(self.target) if self.target else ()

    @property
    def version(self) -> int:
        target = self.target.pk if self.target else None
        return zlib.crc32(
            repr(
                (self.closed, self.window, target, self.send, self.permalink, self.cost, self.others)
            ).encode()
        )


def ways(
    ticket: Ticket,
    *,
    agent: Agent,
    now: datetime,
    mode: str = "",
    to: Message | None = None,
    via: Thread | None = None,
    usual: bool = False,
    announces: bool = False,
) -> Sequence[Way]:
    """`mode`, `to` and `via` are what the agent chose; else what was typed last, else what waits decides.

    `usual` is the choice of the usual way although something was typed for another. `announces`: the box
    begins with the word that a mail will come.
    """
    drafts = {draft.mode: draft for draft in _drafts(agent=agent, ticket=ticket.pk)}
    private = drafts.get("private")
    via = via or (private.via if private and not usual and to is None else None)
    found = {
        "public": _route(ticket, "public", _target(drafts.get("public"), to)),
        "private": _route(ticket, "private", _target(private, to), via),
    }
    chosen = mode if mode in MODES else _first(ticket, found, drafts)
    waiting = _uploads(agent=agent, **_places(ticket))
    open_ways = [
        replace(
            _way(ticket, name, found[name], agent, now, drafts, chosen),
            uploads=[one for one in waiting if one.place == place_of(ticket, name)],
        )
        for name in found
    ]
    open_ways[1] = _with_others(open_ways[1], ticket, via, announces=announces)
    return [*open_ways, _note(agent, drafts, chosen)]


def questions(ticket: Ticket, agent: Agent) -> list[Question | None]:
    """What is asked of every ticket, whatever was typed for it."""
    return [
        *questions_of_routes(ticket),
        _drafts.of(agent=agent, ticket=ticket.pk),
        _uploads.of(agent=agent, **_places(ticket)),
    ]


@prepared
def _drafts(*, agent: Agent, ticket: int) -> QuerySet[Draft]:
    own = Draft.objects.visible_to(agent).filter(ticket=ticket, agent=agent)
    related = own.select_related("to__inbox", "to__thread", "to__author", "via__inbox", "via__identity")
    return related.defer("to__search")


@prepared
def _uploads(*, agent: Agent, public: str, private: str) -> QuerySet[UploadedFile]:
    mine = UploadedFile.objects.visible_to(agent).filter(agent=agent, place__in=(public, private))
    return mine.order_by("pk")


def _places(ticket: Ticket) -> dict[str, str]:
    return {mode: place_of(ticket, mode) for mode in ("public", "private")}


def _target(draft: Draft | None, to: Message | None) -> Message | None:
    return to if to is not None else draft.to if draft else None


def _route(ticket: Ticket, mode: str, to: Message | None, via: Thread | None = None) -> Route | NoWay:
    try:
        found = route(ticket, private=mode == "private", to=to, via=via)
    except NoWay as closed:
        return closed
    return found if found.public == (mode == "public") else NoWay("no_public_reply")


def _first(ticket: Ticket, found: Mapping[str, Route | NoWay], drafts: Mapping[str, Draft]) -> str:
    if drafts:
        return max(drafts.values(), key=lambda draft: draft.changed_at).mode
    likely = ("private", "public") if ticket.kind in CONVERSATIONS else ("public", "private")
    open_ways = [name for name in likely if isinstance(found[name], Route)]
    return next(iter([*open_ways, *(name for name in likely if _has_no_right(found[name]))]), "note")


def usual_mode(ticket: Ticket) -> str:
    """By which way one answers such a ticket, as far as its network allows."""
    found = {name: _route(ticket, name, None) for name in ("public", "private")}
    return _first(ticket, found, {})


def _has_no_right(found: Route | NoWay) -> bool:
    return isinstance(found, NoWay) and found.code == "no_right"


def _way(
    ticket: Ticket,
    mode: str,
    found: Route | NoWay,
    agent: Agent,
    now: datetime,
    drafts: Mapping[str, Draft],
    chosen: str,
) -> Way:
    way = Way(
        mode=mode,
        icon=ICONS[mode],
        tab=TABS[mode],
        send=_send(ticket, mode, found, agent),
        draft=drafts.get(mode),
        is_selected=mode == chosen,
    )
    if isinstance(found, NoWay):
        barred = _has_no_right(found)
        return replace(way, closed=_no_way(ticket, found), has_no_right=barred, permalink=found.permalink)
    window, closed = _window(found, ticket, now)
    said = "" if closed else cost("", found, now=now)
    return replace(
        way,
        route=found,
        window=window,
        closed=closed,
        closes_at=found.closes_at,
        cost=said,
        templates=_templates(found, agent),
        only_templates=bool(closed) and found.takes_templates,
        signature=letter_signature(found, by=agent) if found.is_letter else line_below(found, by=agent),
    )


def _with_others(way: Way, ticket: Ticket, via: Thread | None, *, announces: bool) -> Way:
    """Where the case goes on elsewhere, the private way says by which of them the answer goes."""
    others = bound(ticket, way.route, via)
    thread = way.route.thread if way.route and way.route.thread.identity_id else via
    begins = first_words(ticket, way.route) if way.route else ""
    if announces and thread is None:
        begins = announcement(ticket)
    return replace(way, others=others, via=thread, begins=begins)


def _templates(found: Route, agent: Agent) -> Sequence[InboxTemplate]:
    if not found.takes_templates:
        return ()
    approved = InboxTemplate.objects.visible_to(agent).filter(inbox=found.inbox)
    return list(approved.order_by("name", "language"))


def _note(agent: Agent, drafts: Mapping[str, Draft], chosen: str) -> Way:
    return Way(
        mode="note",
        icon=ICONS["note"],
        tab=TABS["note"],
        send=_("Keep the note as {agent}").format(agent=agent.name),
        draft=drafts.get("note"),
        is_selected=chosen == "note",
    )


def _send(ticket: Ticket, mode: str, found: Route | NoWay, agent: Agent) -> str:
    inbox = found.inbox.name if isinstance(found, Route) else ticket.inbox.name
    if not agent.sends:
        return _asks(mode, inbox)
    if mode == "public":
        return _("Reply publicly as {agent} · {inbox}").format(agent=agent.name, inbox=inbox)
    target = found.identity if isinstance(found, Route) else None
    name = str(target) if target else ticket.contact.name
    return _("Send privately to {name} · {inbox}").format(name=name, inbox=inbox)


def _asks(mode: str, inbox: str) -> str:
    """Who may not send sees it on the button: in public and in private as different as ever."""
    if mode == "public":
        return _("Ask for review: public reply · {inbox}").format(inbox=inbox)
    return _("Ask for review: private reply · {inbox}").format(inbox=inbox)


def _window(found: Route, ticket: Ticket, now: datetime) -> tuple[str, str]:
    """What to say of the network's time limit, and why nothing goes any more if it is over."""
    network = channel(found.inbox.channel).name
    if found.identity is not None and found.identity.proof == found.identity.Proof.CLAIMED:
        text = _(
            "The customer named {address}. It is not confirmed: write nothing there that only they may know."
        )
        return text.format(address=found.identity.address), ""
    if found.is_closed(now):
        over = in_words(found.extended_until or found.closes_at or now, now=now)
        if found.takes_templates:
            text = _(
                "{network} stopped taking free answers to this at {time}. A template that it approved still goes."
            )
            return "", text.format(network=network, time=over)
        text = _("{network} stopped taking answers to this at {time}. It opens again when {name} writes.")
        return "", text.format(network=network, time=over, name=ticket.contact.name)
    if found.is_extended(now) and found.extended_until:
        text = _(
            "The usual time to answer is over. {network} still takes the answer of a person until {time}."
        )
        return text.format(network=network, time=in_words(found.extended_until, now=now)), ""
    if found.private_reply and found.closes_at:
        text = _("{network} allows one private answer to this, until {time}.")
        return text.format(network=network, time=in_words(found.closes_at, now=now)), ""
    if found.closes_at:
        text = _("{network} takes answers until {time}.")
        return text.format(network=network, time=in_words(found.closes_at, now=now)), ""
    return "", ""


def _no_way(ticket: Ticket, closed: NoWay) -> str:
    network, name = channel(ticket.inbox.channel).name, ticket.contact.name
    match closed.code:
        case "nothing_to_answer":
            return _("There is nothing here to answer yet.")
        case "no_public_reply" if ticket.kind in CONVERSATIONS:
            return _("This conversation is private. There is nothing public to answer.")
        case "no_public_reply":
            return _("{network} does not take public answers to this.").format(network=network)
        case "no_private_reply":
            return _("{network} has no private way to answer this.").format(network=network)
        case "already_replied_privately":
            text = _(
                "The one private answer that {network} allows is used up. It goes on when {name} writes back."
            )
            return text.format(network=network, name=name)
        case "no_right":
            return _(closed.reason)
        case "disconnected":
            return _("{inbox} is not connected. An admin can connect it again.").format(
                inbox=ticket.inbox.name
            )
        case _:
            return _("This way is closed.")
