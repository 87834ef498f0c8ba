"""JSON from strangers: nothing deep, nothing that is no JSON, nothing that PostgreSQL cannot store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from heard.api.problems import NOT_JSON, UNREADABLE, Problem, wrong

DEEPEST: Final = 64
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
# Possessive, and content with a string that never ends: every byte is looked at once, whatever they sent.
STRING_OR_BRACKET: Final = re.compile(rb'(?s)"(?:[^"\\]|\\.?)*+"?|[\[\]{}]')


class StrictJson(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises Problem. That a body has 1 MiB at most is seen to by Django (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
        if request.content_type != "application/json":
            raise Problem(NOT_JSON, _("Send “Content-Type: application/json”."))
        _refuse_depth(request.body)
        try:
            read = json.loads(request.body, parse_constant=_no_such_number)
        except ValueError as error:
            raise Problem(UNREADABLE, _("The body is not JSON.")) from error
        _refuse_unstorable(read)
        return read

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """An empty value is none: clients write `?cursor=` for the first page."""
        read = {name: [value for value in data.getlist(name) if value != ""] for name in data}
        return {name: some if name in list_fields else some[-1] for name, some in read.items() if some}


def _refuse_depth(body: bytes) -> None:
    depth = 0
    for token in STRING_OR_BRACKET.finditer(body):
        first = token[0][:1]
        depth += (first in (b"[", b"{")) - (first in (b"]", b"}"))
        if depth > DEEPEST:
            raise Problem(UNREADABLE, _("The body is nested too deeply."))


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _refuse_unstorable(read: Any) -> None:
    refuse: dict[type, Callable[[Any], None]] = {str: _refuse_text, list: _refuse_items, dict: _refuse_fields}
    refuse.get(type(read), lambda _: None)(read)


def _refuse_text(text: str) -> None:
    if UNSTORABLE.search(text):
        raise wrong("body", "unstorable", _("A text holds NUL or half a character."))


def _refuse_items(items: list[Any]) -> None:
    for item in items:
        _refuse_unstorable(item)


def _refuse_fields(fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        _refuse_text(name)
        _refuse_unstorable(value)
