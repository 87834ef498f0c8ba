"""What ninja's description of the API leaves out: the media type of problems, keys, limits."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from heard.api.problems import MEDIA_TYPE

KEY: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]{1,200}$"},
    "description": "The same key and the same call within 24 hours have one effect and one answer.",
}
WHOLE: Final = {"schema": {"type": "integer", "minimum": 0}}
RATE: Final = {
    "RateLimit-Limit": {"description": "Calls a minute.", **WHOLE},
    "RateLimit-Remaining": {"description": "Calls left just now.", **WHOLE},
    "RateLimit-Reset": {"description": "Seconds until all of them are back.", **WHOLE},
}
RETRY: Final = {"Retry-After": {"description": "Seconds to wait.", **WHOLE}}
CHALLENGE: Final = {"WWW-Authenticate": {"schema": {"type": "string"}}}
HEADERS: Final[dict[int, dict[str, Any]]] = {401: CHALLENGE, 429: {**RETRY, **RATE}, 503: RETRY}


class NameTaken(Exception):
    """Two shapes of the same name: one would take the other's place in the description."""


class Description(OpenAPISchema):
    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self._described: dict[tuple[Any, ...], tuple[dict[str, Any], bool]] = {}
        super().__init__(api, path_prefix)
        _complete(self)

    def _create_schema_from_model(self, model: Any, *how: Any, **further: Any) -> tuple[dict[str, Any], bool]:
        """Once for each shape. Ninja describes it for each operation anew, and most answers are the same few problems."""
        key = (model, how, tuple(further.items()))
        if key not in self._described:
            self._described[key] = super()._create_schema_from_model(model, *how, **further)
        schema, required = self._described[key]
        return deepcopy(schema), required

    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        """Raises NameTaken."""
        for name, definition in definitions.items():
            if self.schemas.setdefault(name, definition) != definition:
                raise NameTaken(name)


def _complete(described: OpenAPISchema) -> None:
    for method, operation in _operations(described):
        if method == "post":
            operation["parameters"] = [*operation["parameters"], KEY]
        for status, response in operation["responses"].items():
            _complete_response(int(status), response)


def _complete_response(status: int, response: dict[str, Any]) -> None:
    if headers := HEADERS.get(status) or (RATE if status < 400 else None):
        response["headers"] = headers
    if status >= 400:
        response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}


def _operations(described: OpenAPISchema) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in described["paths"].values():
        yield from path.items()
