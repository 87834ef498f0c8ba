"""What can happen to forms. Each is a row of the event log.

Of what customers answer nothing stands there but single words that several of them share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from heard.events.publishing import Event
from heard.forms.models import Form, IssueKind
from heard.workspaces.models import Agent


@dataclass(frozen=True, kw_only=True)
class FormEvent(Event):
    form_id: int
    form: str


class FormMade(FormEvent): ...


@dataclass(frozen=True, kw_only=True)
class FormChanged(FormEvent):
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class FieldEvent(FormEvent):
    field: str


class FieldAdded(FieldEvent): ...


class FieldChanged(FieldEvent): ...


class FieldMoved(FieldEvent): ...


class FieldRemoved(FieldEvent): ...


@dataclass(frozen=True, kw_only=True)
class FormWorded(FormEvent):
    """Texts were written or changed; which languages they are in."""

    languages: list[str]


@dataclass(frozen=True, kw_only=True)
class FormSubmitted(FormEvent):
    submission_id: int


@dataclass(frozen=True, kw_only=True)
class IssueEvent(Event):
    issue_id: int
    issue: str


class IssueKindAdded(IssueEvent): ...


class IssueKindChanged(IssueEvent): ...


class IssueKindRemoved(IssueEvent): ...


class AboutForm(TypedDict):
    workspace_id: int
    at: datetime
    by_id: int | None
    form_id: int
    form: str


def about_form(form: Form, *, now: datetime, by: Agent | None = None) -> AboutForm:
    return {
        "workspace_id": form.workspace_id,
        "at": now,
        "by_id": by.pk if by else None,
        "form_id": form.pk,
        "form": form.name,
    }


class AboutIssue(TypedDict):
    workspace_id: int
    at: datetime
    by_id: int | None
    issue_id: int
    issue: str


def about_issue(kind: IssueKind, *, now: datetime, by: Agent) -> AboutIssue:
    return {
        "workspace_id": kind.workspace_id,
        "at": now,
        "by_id": by.pk,
        "issue_id": kind.pk,
        "issue": kind.key,
    }


@dataclass(frozen=True, kw_only=True)
class OthersGathered(Event):
    """What customers often wrote under "something else" in the last weeks: word → how many of them."""

    words: dict[str, int]
