"""The folders and the inboxes with what waits in each. Drawn once for all who see the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language
from markupsafe import Markup

from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.web.fragments import whole_for_all
from heard.web.tickets.where import ICONS, NAMES, Where
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
MOST_KEPT = 512


class Known(NamedTuple):
    """What the list has to know of an inbox."""

    pk: int
    name: str
    channel: str
    state: str
    colour: str


@dataclass(frozen=True, slots=True)
class FolderShown:
    slug: str
    query: str
    name: str
    icon: str
    count: int | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class InboxShown:
    inbox: Known
    count: int
    is_here: bool
    alone: str  # the address of this inbox alone; of all inboxes, where it already is alone
    beside: str  # of the list with this inbox too, or without it

    @property
    def colour(self) -> str:
        return colour_of(self.inbox)


@dataclass(frozen=True, slots=True)
class Group:
    """The inboxes that bear one colour, a brand say."""

    inboxes: tuple[Known, ...]
    query: str
    is_here: bool

    @property
    def names(self) -> str:
        return ", ".join(inbox.name for inbox in self.inboxes)


@dataclass(frozen=True, eq=False)
class Left:
    """Made once for all who see the same, so it is its own key to what was drawn of it."""

    where: Where
    folders: tuple[FolderShown, ...]
    inboxes: tuple[InboxShown, ...]
    groups: tuple[Group, ...]

    @cached_property
    def names(self) -> str:
        """Of the inboxes that the list is narrowed to."""
        return ", ".join(shown.inbox.name for shown in self.inboxes if shown.is_here)

    @property
    def writes_first(self) -> bool:
        """Is there an inbox by which we may write to somebody who did not ask?"""
        return any(channel(shown.inbox.channel).abilities.letters for shown in self.inboxes)

    @cached_property
    def html(self) -> Markup:
        return Markup(whole_for_all("tickets/_folders.html", context={"left": self, "where": self.where}))


def known_inboxes(agent: Agent) -> list[Known]:
    return [Known._make(values) for values in connected_names(agent=agent)]


@prepared
def connected_names(*, agent: Agent) -> QuerySet[Inbox, tuple[int, str, str, str, str]]:
    known = Inbox.objects.visible_to(agent).exclude(state=Inbox.State.DISCONNECTED).order_by("name", "pk")
    return known.values_list("pk", "name", "channel", "state", "colour")


def left(where: Where, known: Sequence[Known], waiting: Mapping[str, int]) -> Left:
    return _left(where, tuple(known), tuple(waiting.items()), get_language() or "")


@lru_cache(maxsize=MOST_KEPT)
def _left(
    where: Where, known: tuple[Known, ...], counted: tuple[tuple[str, int], ...], language: str
) -> Left:
    waiting = dict(counted)
    return Left(where, _folders(where, waiting), _inboxes(known, where, waiting), _groups(known, where))


def colour_of(inbox: Known) -> str:
    """Goes into a style sheet, so nothing but a colour may come through."""
    return inbox.colour if COLOUR.fullmatch(inbox.colour) else "#6b7280"


def _folders(where: Where, waiting: Mapping[str, int]) -> tuple[FolderShown, ...]:
    return tuple(
        FolderShown(
            slug=slug,
            query=where.into(slug).query,
            name=str(name),
            icon=ICONS[slug],
            count=waiting.get(slug),
            is_here=slug == where.folder and not where.words,
        )
        for slug, name in NAMES.items()
    )


def _inboxes(known: Sequence[Known], where: Where, waiting: Mapping[str, int]) -> tuple[InboxShown, ...]:
    return tuple(
        InboxShown(
            inbox,
            count=waiting.get(f"inbox:{inbox.pk}", 0),
            is_here=inbox.pk in where.inboxes,
            alone=where.of(*(() if where.inboxes == (inbox.pk,) else (inbox.pk,))).query,
            beside=where.with_or_without(inbox.pk).query,
        )
        for inbox in known
    )


def _groups(known: Sequence[Known], where: Where) -> tuple[Group, ...]:
    """None where all inboxes bear the same colour, or each its own: that tells nothing."""
    coloured: dict[str, list[Known]] = {}
    for inbox in known:
        coloured.setdefault(colour_of(inbox).lower(), []).append(inbox)
    if not 1 < len(coloured) < len(known):
        return ()
    return tuple(_group(inboxes, where) for inboxes in coloured.values())


def _group(inboxes: Sequence[Known], where: Where) -> Group:
    its = where.of(*(inbox.pk for inbox in inboxes))
    is_here = its.inboxes == where.inboxes
    return Group(tuple(inboxes), (where.of() if is_here else its).query, is_here)
