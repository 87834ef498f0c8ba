"""What the composer shows: what was typed, and how it will look at each network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from heard.channels.contract import NewPost, Publishing, Upload
from heard.checks.finding import Finding
from heard.inboxes.models import Inbox
from heard.inboxes.spending import price
from heard.language.lengths import length
from heard.publishing.accounts import publishing_inboxes, rules_of
from heard.publishing.fit import against
from heard.publishing.models import PlannedPicture, PlannedPost
from heard.workspaces.models import Agent


@dataclass(frozen=True)
class Typed:
    text: str = ""
    chosen: frozenset[int] = frozenset()
    own: Mapping[int, str] = field(default_factory=dict)
    day: str = ""
    hour: str = ""


@dataclass(frozen=True)
class Preview:
    inbox: Inbox
    rules: Publishing
    text: str
    length: int
    pictures: Sequence[PlannedPicture]
    findings: Sequence[Finding]
    cost: Decimal  # in US dollars

    @property
    def is_over(self) -> bool:
        return self.length > self.rules.text_limit


def typed_as_planned(plan: PlannedPost) -> Typed:
    at = timezone.localtime(plan.due_at) if plan.due_at else None
    publications = list(plan.publications.all())
    return Typed(
        text=plan.text,
        chosen=frozenset(one.inbox_id for one in publications),
        own={one.inbox_id: one.own_text for one in publications},
        day=at.date().isoformat() if at else "",
        hour=at.strftime("%H:%M") if at else "",
    )


def previews(agent: Agent, plan: PlannedPost | None, typed: Typed) -> list[Preview]:
    pictures = list(plan.pictures.all()) if plan else []
    return [
        _preview(inbox, rules, typed.own.get(inbox.pk) or typed.text, pictures)
        for inbox in publishing_inboxes(agent)
        if inbox.pk in typed.chosen and (rules := rules_of(inbox))
    ]


def _preview(inbox: Inbox, rules: Publishing, text: str, pictures: Sequence[PlannedPicture]) -> Preview:
    # An empty page is not wrong yet: what is missing is said when somebody wants it to go out.
    findings = list(against(inbox, text, pictures)) if text or pictures else []
    return Preview(
        inbox, rules, text, length(text, rules.counts), pictures, findings, _cost(inbox, text, pictures)
    )


def _cost(inbox: Inbox, text: str, pictures: Sequence[PlannedPicture]) -> Decimal:
    uploads = [Upload(one.name, one.content_type, b"", one.alt) for one in pictures]
    return price(inbox, NewPost(text=text, token="", pictures=uploads))
