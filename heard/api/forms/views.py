"""Forms by programs: which there are, what they ask, fill one in, and read what was filled in."""

from __future__ import annotations

from typing import Annotated

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, AskedFor, Cursor, Id, Limit
from heard.api.cursors import open_cursor, seal
from heard.api.forms.shape import (
    FormShown,
    FormsListed,
    Submission,
    Submissions,
    form_shape,
    listed,
    submission_shape,
)
from heard.api.moments import Moment
from heard.api.numbered import id_in, next_id
from heard.api.routes import Query, Router
from heard.forms import models
from heard.forms.hand_in import hand_in
from heard.workspaces.models import Agent

router = Router(tags=["Forms"])
Key = Annotated[str, Field(max_length=60, pattern=r"^[a-z][a-z0-9_]*(-other)?$")]
Word = Annotated[str, Field(max_length=5_000, pattern=TEXT)]


class FilledIn(Asked):
    answers: Annotated[
        dict[Key, Annotated[list[Word], Field(max_length=50)]],
        Field(max_length=200, description="By the keys of the fields; a choice by its value."),
    ]
    files: Annotated[
        dict[Key, Annotated[list[Id], Field(max_length=5)]],
        Field(max_length=20, description="By the keys of the fields: ids of what you have uploaded."),
    ] = {}  # noqa: RUF012  pydantic copies it
    language: Annotated[
        str, Field(max_length=10, pattern=TEXT, description="The customer's; empty for the form's own.")
    ] = ""


class FormsAsked(AskedFor):
    limit: Limit = 50
    cursor: Cursor | None = None


class SubmissionsAsked(FormsAsked):
    issue: Annotated[str | None, Field(max_length=60, pattern=TEXT)] = None
    since: Moment | None = None


@router.get("", response=reads(FormsListed, 400), summary="All forms")
def forms(request: ApiRequest, asked: Query[FormsAsked]) -> HttpResponse:
    """Newest first, those that are off included."""
    rows = models.Form.objects.visible_to(request.agent).order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=id_in(asked.cursor))
    found = list(rows[: asked.limit + 1])
    page: FormsListed = {
        "items": [listed(row) for row in found[: asked.limit]],
        "next": next_id(found, asked.limit),
    }
    return answer(page)


@router.get("/{int:form_id}", response=reads(FormShown, 404), summary="What a form asks")
def one_form(request: ApiRequest, form_id: Id) -> HttpResponse:
    """With every text in every language."""
    return answer(form_shape(_form(request.agent, form_id), now=timezone.now()))


@router.get("/{int:form_id}/submissions", response=reads(Submissions, 400, 404), summary="What was filled in")
def submissions(request: ApiRequest, form_id: Id, asked: Query[SubmissionsAsked]) -> HttpResponse:
    """Newest first."""
    rows = _submissions(request.agent, form_id)
    if asked.issue:
        rows = rows.filter(issue__key=asked.issue)
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.cursor:
        at, last = open_cursor(asked.cursor)
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=last))
    found = list(rows.order_by("-at", "-pk")[: asked.limit + 1])
    page, more = found[: asked.limit], len(found) > asked.limit
    told: Submissions = {
        "items": [submission_shape(row) for row in page],
        "next": seal(page[-1].at, page[-1].pk) if more else None,
    }
    return answer(told)


@router.get(
    "/{int:form_id}/submissions/{int:submission_id}",
    response=reads(Submission, 404),
    summary="One submission",
)
def one_submission(request: ApiRequest, form_id: Id, submission_id: Id) -> HttpResponse:
    row = get_object_or_404(_submissions(request.agent, form_id), pk=submission_id)
    return answer(submission_shape(row))


@router.post(
    "/{int:form_id}/submissions", response=writes(Submission, 404, status=201), summary="Fill a form in"
)
def fill_in_form(request: ApiRequest, form_id: Id, body: FilledIn) -> HttpResponse:
    """As a customer would. Its ticket is there a moment later; ask for the submission again to learn its number."""
    made = hand_in(
        _form(request.agent, form_id),
        typed=body.answers,
        files=body.files,
        language=body.language,
        by=request.agent,
        now=timezone.now(),
    )
    return answer(submission_shape(made), 201)


def _form(agent: Agent, form_id: int) -> models.Form:
    known = models.Form.objects.visible_to(agent).select_related("workspace", "inbox")
    return get_object_or_404(known, pk=form_id)


def _submissions(agent: Agent, form_id: int) -> QuerySet[models.Submission]:
    known = models.Submission.objects.visible_to(agent).filter(form=_form(agent, form_id))
    return known.select_related("issue", "product", "ticket")
