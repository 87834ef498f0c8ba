"""What can be wrong: the list that customers choose from, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from heard.forms.models import IssueKind, Submission
from heard.workspaces.models import Workspace

COUNTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Counted:
    kind: IssueKind
    count: int
    parts: Sequence[Counted] = ()


def issues_in_order(workspace: Workspace, *, now: datetime, also_off: bool = False) -> list[Counted]:
    """Pinned ones, then by how often they were chosen in the last 90 days; "something else" stands last."""
    kinds = IssueKind.objects.filter(workspace=workspace).select_related("team").order_by("position", "id")
    shown = [kind for kind in kinds if also_off or kind.is_on]
    counts = _counts(workspace, now=now)
    return _ordered(None, shown, counts)


def _ordered(parent: int | None, kinds: Sequence[IssueKind], counts: Counter[int]) -> list[Counted]:
    here = [
        Counted(
            kind, counts[kind.pk] + sum(counts[part.pk] for part in parts), _ordered(kind.pk, kinds, counts)
        )
        for kind in kinds
        if kind.parent_id == parent
        for parts in [[part for part in kinds if part.parent_id == kind.pk]]
    ]
    return sorted(here, key=lambda one: (one.kind.asks_text, not one.kind.pinned, -one.count))


def _counts(workspace: Workspace, *, now: datetime) -> Counter[int]:
    chosen = Submission.objects.filter(workspace=workspace, at__gt=now - COUNTED, issue__isnull=False)
    return Counter(dict(chosen.values_list("issue").annotate(count=Count("pk")).order_by()))
