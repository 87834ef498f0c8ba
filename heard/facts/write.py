"""Write down what is true, say that it still is, or take it away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from heard.events.publishing import publish
from heard.facts.events import FactChecked, FactRemoved, FactWritten
from heard.facts.models import Fact
from heard.workspaces.models import Agent, Workspace

KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
LONGEST_NAME: Final = 120
LONGEST_VALUE: Final = 500
LONGEST_NOTE: Final = 500
MOST: Final = 1_000
REMEMBERED: Final = 10  # values that it had before


class BadTruth(Exception):
    """`field` cannot be like this, and `code` says why: form, taken, missing, long, many or unknown."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


class NotYours(Exception):
    """Admins and its owner change a fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFact:
    """`owner` is for admins to say; who adds a fact owns it."""

    key: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    owner: Agent | None = None
    review_on: date | None = None
    note: str = ""


def may_change(fact: Fact, agent: Agent) -> bool:
    return agent.is_admin or fact.owner_id == agent.pk


@transaction.atomic
def write_fact(fact: Fact | None, wanted: WantedFact, *, by: Agent, now: datetime) -> Fact:
    """None: a new one. Raises NotYours or BadTruth."""
    Workspace.objects.select_for_update(no_key=True).get(pk=by.workspace_id)
    row = Fact.objects.get(pk=fact.pk) if fact else Fact(workspace_id=by.workspace_id, owner=by)
    if fact and not may_change(row, by):
        raise NotYours
    fields = _checked(wanted, by=by)
    others = Fact.objects.visible_to(by).exclude(pk=row.pk or 0)
    if others.filter(key=wanted.key).exists():
        raise BadTruth("key", "taken")
    if fact is None and others.count() >= MOST:
        raise BadTruth("key", "many")
    says_otherwise = fields["values"] != row.values
    if says_otherwise:
        row.former = _former(row, fields["values"], now=now)
        row.changed_at = now
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    publish(FactWritten(**_about(row, by=by, now=now), says_otherwise=says_otherwise))
    return row


@transaction.atomic
def still_right(fact: Fact, *, until: date | None, by: Agent, now: datetime) -> None:
    """Nobody has to look again before `until`. Raises NotYours."""
    row = Fact.objects.select_for_update(no_key=True).get(pk=fact.pk)
    if not may_change(row, by):
        raise NotYours
    row.review_on = until
    row.save(update_fields=["review_on"])
    publish(FactChecked(**_about(row, by=by, now=now)))


@transaction.atomic
def remove_fact(fact: Fact, *, by: Agent, now: datetime) -> None:
    """What still names it has a blank there, and the gate stops that. Raises NotYours."""
    if not may_change(fact, by):
        raise NotYours
    publish(FactRemoved(**_about(fact, by=by, now=now)))
    fact.delete()


def _former(row: Fact, values: Mapping[str, str], *, now: datetime) -> list[dict[str, str]]:
    gone = [one for one in dict.fromkeys(row.values.values()) if one not in values.values()]
    old = [{"value": one, "until": now.date().isoformat()} for one in gone]
    kept = [one for one in row.former if one["value"] not in (*gone, *values.values())]
    return [*old, *kept][:REMEMBERED]


def _about(row: Fact, *, by: Agent, now: datetime) -> dict[str, Any]:
    return {"workspace_id": row.workspace_id, "at": now, "by_id": by.pk, "fact_id": row.pk, "key": row.key}


def _checked(wanted: WantedFact, *, by: Agent) -> dict[str, Any]:
    """The fields of the row. Raises BadTruth."""
    if not KEY.fullmatch(wanted.key):
        raise BadTruth("key", "form")
    name, note = _line(wanted.name), _line(wanted.note)
    values = {language: _line(value) for language, value in sorted(wanted.values.items())}
    values = {language: value for language, value in values.items() if value}
    if set(values) - {"", *dict(settings.LANGUAGES)}:
        raise BadTruth("values", "unknown")
    for place, text, longest in (("name", name, LONGEST_NAME), ("note", note, LONGEST_NOTE)):
        if len(text) > longest:
            raise BadTruth(place, "long")
    if any(len(value) > LONGEST_VALUE for value in values.values()):
        raise BadTruth("values", "long")
    if not name or not values:
        raise BadTruth("values" if name else "name", "missing")
    fields = {"key": wanted.key, "name": name, "values": values, "review_on": wanted.review_on, "note": note}
    return fields | _owner(wanted, by)


def _owner(wanted: WantedFact, by: Agent) -> dict[str, Any]:
    if not by.is_admin or wanted.owner is None:
        return {}
    if wanted.owner.workspace_id != by.workspace_id:
        raise BadTruth("owner", "unknown")
    return {"owner": wanted.owner}


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
