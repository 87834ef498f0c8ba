"""A saved reply as it would go out here: the variant that fits, filled with what is known, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from heard.checks.known_facts import KnownFact
from heard.contacts.address import formality_for
from heard.contacts.models import Formality
from heard.facts.known import fact_values, facts_of
from heard.placeholders.fill import Blank, Filled, Value, fill
from heard.placeholders.known import PLACEHOLDERS, Kind, Placeholder
from heard.placeholders.text import WrongWording, names_in
from heard.replies.known import Known, known
from heard.replies.models import Audience, SavedReply, Variant
from heard.replies.pick import Chosen, Wanted, choose
from heard.replies.stale import is_stale
from heard.replies.standing import Standing, names_standing, standing_of, standing_values
from heard.replies.variants import said_by, way_of
from heard.replies.ways import Way
from heard.tickets.models import Ticket
from heard.tickets.route import Route
from heard.workspaces.models import Agent

# Where nobody says them, the text reads without.
_NEVER_ASKED = (Kind.PERSON, Kind.GENDER)


@dataclass
class Place:
    """Where an answer is being written, and for whom. Read once, for as many saved replies as are shown.

    `expected` says when an answer usually comes; it is asked only where a text names it.
    """

    wanted: Wanted
    about: Known
    expected: Callable[[], datetime | None] = lambda: None
    _values: dict[str, Mapping[str, Value]] = field(default_factory=dict, repr=False)

    def values(self, variant: Variant) -> Mapping[str, Value]:
        language = variant.language
        if language not in self._values:
            self._values[language] = known(replace(self.about, language=language))
        values = self._values[language]
        if names_standing(variant.text):
            values = {**values, **standing_values(self._standing, variant.text, language)}
        if "{fact:" in variant.text:
            values = {**values, **fact_values(self._facts, variant.text, language)}
        if "{eta" in variant.text and self._eta is not None:
            return {**values, "eta": self._eta.astimezone(self.about.zone)}
        return values

    @cached_property
    def _standing(self) -> Standing:
        return standing_of(self.about.workspace)

    @cached_property
    def _facts(self) -> Sequence[KnownFact]:
        """All, for as many replies as are shown."""
        return facts_of(self.about.workspace.pk)

    @cached_property
    def _eta(self) -> datetime | None:
        return self.expected()


@dataclass(frozen=True, slots=True)
class Offer:
    """`asked` are the placeholders that somebody has to say something for."""

    reply: SavedReply
    chosen: Chosen
    variant: Variant
    filled: Filled
    asked: Sequence[Placeholder]

    @property
    def text(self) -> str:
        return self.filled.text


def place_for(
    ticket: Ticket,
    way: Route,
    *,
    agent: Agent | None,
    expected: Callable[[], datetime | None] = lambda: None,
    language: str = "",
    formality: str = "",
    audience: str = "",
) -> Place:
    """`language`, `formality` and `audience` are what the agent wants otherwise than it would be.

    Without an agent Heard itself says it.
    """
    language = language or ticket.language or ticket.contact.language
    workspace = agent.workspace if agent else ticket.workspace
    wanted = Wanted(
        language=language,
        formality=formality or formality_for(ticket.contact, language or workspace.language),
        audience=audience or _audience(way),
        public=way.public,
        others=(ticket.inbox.language, workspace.language),
        limit=way.limit,
        counts=way.counts,
    )
    about = Known(ticket=ticket, agent=agent, language=language, public=way.public, to=way.target)
    return Place(wanted, about, expected)


def place_in_note(
    ticket: Ticket, *, agent: Agent, language: str = "", formality: str = "", audience: str = ""
) -> Place:
    """Among colleagues: in the workspace's language, else in the customer's, worded for whomever."""
    language = language or agent.workspace.language
    wanted = Wanted(
        language=language,
        formality=formality or Formality.FORMAL,
        audience=audience or Audience.PRIVATE,
        note=True,
        others=(agent.user.language, ticket.language or ticket.contact.language),
    )
    return Place(wanted, Known(ticket=ticket, agent=agent, language=language, public=False, note=True))


def offer(
    reply: SavedReply, variants: Sequence[Variant], place: Place, *, said: Mapping[str, Value] | None = None
) -> Offer | None:
    """`said` is what the agent filled in. None where no variant may go there."""
    by_way = {way_of(one): one for one in variants}
    words = said_by(variants)

    def filled(way: Way) -> Filled:
        return _filled(by_way[way], {**place.values(by_way[way]), **(said or {})})

    chosen = choose(
        list(by_way),
        replace(place.wanted, source=reply.source_language),
        filled=lambda way: filled(way).text,
        is_personal=lambda way: any(PLACEHOLDERS[name].personal for name in _names(by_way[way])),
        is_stale=lambda way: is_stale(way, words, reply.source_language),
    )
    if chosen is None:
        return None
    variant = by_way[chosen.way]
    asked = _asked(variant, place.values(variant))
    return Offer(reply, chosen, variant, filled(chosen.way), asked)


def _audience(way: Route) -> Audience:
    if way.public:
        return Audience.PUBLIC
    return Audience.EMAIL if way.is_letter else Audience.PRIVATE


def _names(variant: Variant) -> tuple[str, ...]:
    """Of a text that cannot be read, nothing is known; it is shown as it stands, and the gate stops it."""
    try:
        return names_in(variant.text)
    except WrongWording:
        return ()


def _asked(variant: Variant, values: Mapping[str, Value]) -> list[Placeholder]:
    missing = (PLACEHOLDERS[name] for name in _names(variant) if name not in values)
    return [one for one in missing if one.kind not in _NEVER_ASKED]


def _filled(variant: Variant, values: Mapping[str, Value]) -> Filled:
    try:
        return fill(variant.text, values, language=variant.language, formality=variant.formality)
    except WrongWording:
        return Filled(variant.text, (Blank("", 0, len(variant.text)),))
