"""Facts, so that a shop or a stock-keeping program writes what it knows into the table."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked
from heard.api.problems import NOT_ALLOWED, Problem, wrong
from heard.api.routes import Router
from heard.facts.models import Fact
from heard.facts.write import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_VALUE,
    BadTruth,
    NotYours,
    WantedFact,
    write_fact,
)

router = Router(tags=["Workspace"])

Value = Annotated[str, Field(max_length=LONGEST_VALUE, pattern=TEXT)]
Language = Annotated[str, Field(max_length=10, pattern=TEXT)]


class FactShape(TypedDict):
    key: Annotated[str, Field(description="Saved replies say it as `{fact:key}`.")]
    name: str
    values: Annotated[
        dict[str, str], Field(description="By language; the one under an empty name is for all others.")
    ]
    owner: int | None
    review_on: Annotated[date | None, Field(description="The last day on which it needs no checking.")]
    note: str


class Facts(TypedDict):
    items: list[FactShape]


class NewFact(Asked):
    """All of it. A new one belongs to whoever writes it."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME, pattern=TEXT)]
    values: Annotated[dict[Language, Value], Field(max_length=20)]
    review_on: Annotated[date | None, Field(strict=False)] = None
    note: Annotated[str, Field(max_length=LONGEST_NOTE, pattern=TEXT)] = ""


@router.get("", response=reads(Facts), summary="What is true and said by saved replies")
def facts(request: ApiRequest) -> HttpResponse:
    rows = Fact.objects.visible_to(request.agent).order_by("key")
    return answer({"items": [_shape(row) for row in rows]})


@router.put("/{key}", response=writes(FactShape, 403), summary="Write a fact, new or known")
def write(request: ApiRequest, key: str, body: NewFact) -> HttpResponse:
    """For its owner and admins."""
    known = Fact.objects.visible_to(request.agent).filter(key=key).first()
    try:
        row = write_fact(
            known, WantedFact(key=key, **body.model_dump()), by=request.agent, now=timezone.now()
        )
    except NotYours:
        raise Problem(NOT_ALLOWED) from None
    except BadTruth as bad:
        place = "path.key" if bad.field == "key" else f"body.{bad.field}"
        raise wrong(place, f"bad_{bad.code}", "It cannot be like this.") from bad
    return answer(_shape(row))


def _shape(row: Fact) -> FactShape:
    return {
        "key": row.key,
        "name": row.name,
        "values": row.values,
        "owner": row.owner_id,
        "review_on": row.review_on,
        "note": row.note,
    }
