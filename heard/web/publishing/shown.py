"""What the composer shows: what was typed, and how it will look at each network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.channels.contract import NewPost, Publishing, Upload
from heard.checks.finding import Finding
from heard.inboxes.models import Inbox
from heard.inboxes.spending import CAP_IN_WORDS, price, within_cap
from heard.language.lengths import length
from heard.publishing.accounts import publishing_inboxes, rules_of
from heard.publishing.fit import against
from heard.publishing.models import PlannedPicture, PlannedPost
from heard.web.times import dollars
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
    cost: str

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
        _preview(inbox, rules, typed.own.get(inbox.pk) or typed.text, pictures, by=agent)
        for inbox in publishing_inboxes(agent)
        if inbox.pk in typed.chosen and (rules := rules_of(inbox))
    ]


def _preview(
    inbox: Inbox,
    rules: Publishing,
    text: str,
    pictures: Sequence[PlannedPicture],
    *,
    by: Agent,
) -> Preview:
    # An empty page is not wrong yet: what is missing is said when somebody wants it to go out.
    findings = list(against(inbox, text, pictures, by=by)) if text or pictures else []
    return Preview(
        inbox, rules, text, length(text, rules.counts), pictures, findings, _cost(inbox, text, pictures)
    )


def _cost(inbox: Inbox, text: str, pictures: Sequence[PlannedPicture]) -> str:
    """Said before it is paid. Empty where the network takes nothing."""
    uploads = [Upload(one.name, one.content_type, b"", one.alt) for one in pictures]
    amount = price(inbox, NewPost(text=text, token="", pictures=uploads))
    if not amount:
        return ""
    if not within_cap(inbox, amount, now=timezone.now()):
        return _(CAP_IN_WORDS)
    return _("This post costs %(price)s.") % {"price": dollars(amount)}
