"""What the views know of a call: who asks, by which token, under which number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field

from heard.workspaces.models import Agent

if TYPE_CHECKING:
    from heard.buckets import Rate

BIGGEST_ID: Final = 2**63 - 1
LONGEST_PAGE: Final = 200


class ApiRequest(HttpRequest):
    request_id: str
    agent: Agent
    token_hash: str
    rate: Rate | None


class Asked(BaseModel):
    """A body. A field that we do not know is refused, and 1 is not true: a misunderstanding must not pass."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AskedFor(BaseModel):
    """A query, where everything is text. That its names are known is seen to by `door.known_query`."""


class Nothing(Asked):
    """This verb takes no fields."""


# NUL cannot be stored in PostgreSQL. The pattern tells clients so before they try.
TEXT: Final = r"^[^\x00]*$"
Id = Annotated[int, Field(ge=1, le=BIGGEST_ID)]
Line = Annotated[str, Field(max_length=500, pattern=TEXT)]
Limit = Annotated[int, Field(ge=1, le=LONGEST_PAGE, description="How many at most.")]
Cursor = Annotated[str, Field(max_length=200, description="`next` of the page before.")]
