"""Answers as JSON. Shapes are typed dicts: mypy checks what we build, OpenAPI is made from the same
classes, and no row is validated a second time on its way out."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import HttpResponse
from pydantic_core import to_json

from heard.api.problems import ProblemDetails

Shape = TypeVar("Shape")
# 422 everywhere, because an unknown parameter is refused everywhere.
EVERY_CALL = (401, 422, 429, 500, 503)
EVERY_POST = (400, 409, 413, 415)


def answer(shape: object, status: int = 200) -> HttpResponse:
    return HttpResponse(to_json(shape), status=status, content_type="application/json")


def reads(shape: Any, *refused: int) -> dict[int, Any]:
    """What a GET may answer, for OpenAPI."""
    return {200: shape} | dict.fromkeys(sorted({*EVERY_CALL, *refused}), ProblemDetails)


def writes(shape: Any, *refused: int, status: int = 200) -> dict[int, Any]:
    """What a POST may answer, for OpenAPI."""
    return {status: shape} | dict.fromkeys(sorted({*EVERY_CALL, *EVERY_POST, *refused}), ProblemDetails)
