"""What answers are checked for in this workspace."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, Line
from heard.api.problems import NOT_ALLOWED, Problem, wrong
from heard.api.routes import Router
from heard.checks.levels import Level
from heard.people.wording import BadWording, change_wording
from heard.workspaces.models import Wording as Row
from heard.workspaces.wording import Rules, WantedPhrase, rules_of

router = Router(tags=["Workspace"])

Words = Annotated[str, Field(max_length=300, pattern=TEXT)]
Overriding = Annotated[Row.Overriding, Field(strict=False, description="Who may send what a check stops.")]


class UnwantedPhrase(TypedDict):
    text: str
    instead: str
    reason: str
    language: Annotated[str, Field(description="Empty: every language.")]
    forbidden: Annotated[bool, Field(description="False: it is pointed out and stops nothing.")]


class Wording(TypedDict):
    order_numbers: Annotated[list[str], Field(description="`ORD-######`, or `/ORD-[0-9]{6,8}/`.")]
    vouchers: list[str]
    phrases: list[UnwantedPhrase]
    ours: Annotated[list[str], Field(description="Numbers, addresses and links that you show on purpose.")]
    words: Annotated[list[str], Field(description="Words that no dictionary has.")]
    complaint_tags: list[str]
    levels: Annotated[dict[str, Level], Field(description="How much a check weighs. Without one: as usual.")]
    overriding: Row.Overriding


class NewPhrase(Asked):
    text: Line
    instead: Line = ""
    reason: Line = ""
    language: Annotated[str, Field(max_length=10, pattern=TEXT)] = ""
    forbidden: bool = True


class NewWording(Asked):
    """All of it: what is left out is as Heard brings it."""

    order_numbers: Annotated[list[Words], Field(max_length=50)] = []  # noqa: RUF012  pydantic copies it
    vouchers: Annotated[list[Words], Field(max_length=50)] = []  # noqa: RUF012
    phrases: Annotated[list[NewPhrase], Field(max_length=500)] = []  # noqa: RUF012
    ours: Annotated[list[Words], Field(max_length=200)] = []  # noqa: RUF012
    words: Annotated[list[Words], Field(max_length=5_000)] = []  # noqa: RUF012
    complaint_tags: Annotated[list[Words], Field(max_length=50)] = []  # noqa: RUF012
    levels: dict[Line, Annotated[Level, Field(strict=False)]] = {}  # noqa: RUF012
    overriding: Overriding = Row.Overriding.EVERYBODY


@router.get("", response=reads(Wording), summary="What answers are checked for")
def wording(request: ApiRequest) -> HttpResponse:
    return answer(_shape(rules_of(request.agent.workspace_id)))


@router.put("", response=writes(Wording, 403), summary="Change what answers are checked for")
def change(request: ApiRequest, body: NewWording) -> HttpResponse:
    """As a whole. For admins."""
    if not request.agent.is_admin:
        raise Problem(NOT_ALLOWED)
    told = body.model_dump()
    rules = Rules(**{**told, "phrases": [WantedPhrase(**one) for one in told["phrases"]]})
    try:
        change_wording(request.agent.workspace, rules, by=request.agent, now=timezone.now())
    except BadWording as bad:
        raise wrong(f"body.{bad.field}", "bad_wording", f"“{bad.typed}”: {_(bad.reason)}") from bad
    return answer(_shape(rules_of(request.agent.workspace_id)))


def _shape(rules: Rules) -> Wording:
    return {
        "order_numbers": list(rules.order_numbers),
        "vouchers": list(rules.vouchers),
        "phrases": [
            {
                "text": one.text,
                "instead": one.instead,
                "reason": one.reason,
                "language": one.language,
                "forbidden": one.forbidden,
            }
            for one in rules.phrases
        ],
        "ours": list(rules.ours),
        "words": list(rules.words),
        "complaint_tags": list(rules.complaint_tags),
        "levels": dict(rules.levels),
        "overriding": rules.overriding,
    }
