"""The list of what can be wrong: add to it, change it, take from it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from heard.events.publishing import publish
from heard.forms.events import IssueKindAdded, IssueKindChanged, IssueKindRemoved, about_issue
from heard.forms.models import IssueKind
from heard.forms.texts import Part, Text, put_texts
from heard.tickets.models import Priority
from heard.tickets.tag import LONGEST, MOST
from heard.workspaces.models import Agent, Team, Workspace

ODD = re.compile(r"[^a-z0-9]+")
MOST_KINDS = 200


class TooManyKinds(Exception):
    """More than anybody reads."""


class NotAboveItself(Exception):
    """A kind stands below none but one of its own workspace that stands below no other."""


class NotOurTeam(Exception):
    """The team belongs to another workspace."""


class BadTags(Exception):
    """A tag has at most 40 characters, and a ticket at most 20 tags."""


@dataclass(frozen=True, slots=True)
class WantedKind:
    labels: Mapping[str, str]  # by language
    key: str = ""  # of a new one; made of its first label where it is empty or taken
    parent: IssueKind | None = None
    asks_text: bool = False
    pinned: bool = False
    is_on: bool = True
    team: Team | None = None
    priority: Priority = Priority.NORMAL
    tags: Sequence[str] = ()


def add_kind(workspace: Workspace, wanted: WantedKind, *, by: Agent, now: datetime) -> IssueKind:
    """Raises TooManyKinds, NotAboveItself, NotOurTeam or BadTags."""
    return add_kinds(workspace, [wanted], by=by, now=now)[0]


@transaction.atomic
def add_kinds(
    workspace: Workspace, several: Sequence[WantedKind], *, by: Agent, now: datetime
) -> list[IssueKind]:
    """At the end, in their order. Raises TooManyKinds, NotAboveItself, NotOurTeam or BadTags."""
    if not several:
        return []
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    there = dict(IssueKind.objects.filter(workspace=workspace).values_list("key", "position"))
    if len(there) + len(several) > MOST_KINDS:
        raise TooManyKinds
    first = max(there.values(), default=0) + 1
    made: list[IssueKind] = []
    for position, wanted in enumerate(several, first):
        key = _free_key(wanted.key or next(iter(wanted.labels.values()), ""), there)
        there[key] = position
        checked = _checked(workspace, wanted, None)
        made.append(IssueKind(workspace=workspace, key=key, position=position, **checked))
    IssueKind.objects.bulk_create(made)
    _word(zip(made, several, strict=True), workspace)
    publish(*(IssueKindAdded(**about_issue(kind, now=now, by=by)) for kind in made))
    return made


@transaction.atomic
def change_kind(kind: IssueKind, wanted: WantedKind, *, by: Agent, now: datetime) -> None:
    """Raises NotAboveItself, NotOurTeam or BadTags."""
    fields = _checked(kind.workspace, wanted, kind)
    for name, value in fields.items():
        setattr(kind, name, value)
    kind.save(update_fields=list(fields))
    _word([(kind, wanted)], kind.workspace)
    publish(IssueKindChanged(**about_issue(kind, now=now, by=by)))


@transaction.atomic
def remove_kind(kind: IssueKind, *, by: Agent, now: datetime) -> None:
    """With those below it. What customers said of it stays as they said it."""
    event = IssueKindRemoved(**about_issue(kind, now=now, by=by))
    kind.delete()
    publish(event)


def _checked(workspace: Workspace, wanted: WantedKind, kind: IssueKind | None) -> dict[str, Any]:
    above = wanted.parent
    if above is not None:
        foreign = above.workspace_id != workspace.pk or above.parent_id is not None
        if foreign or (kind is not None and (above.pk == kind.pk or kind.parts.exists())):
            raise NotAboveItself
    if wanted.team is not None and wanted.team.workspace_id != workspace.pk:
        raise NotOurTeam
    tags = [" ".join(tag.split()).lower() for tag in wanted.tags]
    tags = list(dict.fromkeys(tag for tag in tags if tag))
    if len(tags) > MOST or any(len(tag) > LONGEST for tag in tags):
        raise BadTags
    return {
        "parent": above,
        "asks_text": wanted.asks_text,
        "pinned": wanted.pinned,
        "is_on": wanted.is_on,
        "team": wanted.team,
        "priority": wanted.priority,
        "tags": tags,
    }


def _free_key(named: str, taken: Container[str]) -> str:
    plain = unicodedata.normalize("NFKD", named).encode("ascii", "ignore").decode().lower()
    start = ODD.sub("-", plain).strip("-")[:50] or "issue"
    numbered = (f"{start}-{number}" for number in range(2, MOST_KINDS + 3))
    return next(key for key in (start, *numbered) if key not in taken)


def _word(kinds: Iterable[tuple[IssueKind, WantedKind]], workspace: Workspace) -> None:
    texts = [
        Text(issue=kind, part=Part.LABEL, language=language, text=text[:200])
        for kind, wanted in kinds
        for language, text in wanted.labels.items()
    ]
    put_texts(texts, workspace_id=workspace.pk)
