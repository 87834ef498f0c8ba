"""The body of a call, made ready for anymail.

Django's own reader of forms allows 1 MiB of text and reads it as UTF-8, which a whole mail in a field is not. So
forms are cut here, byte by byte. What JSON and headers may hold that no mail can have is taken out: a second
subject, line breaks in headers, lone surrogates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import parse_qsl

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.http import parse_header_parameters

MOST_FIELDS: Final = 2_000
# Parsers of addresses take the square of the length.
LONGEST_HEADER: Final = 10_000
MOST_HEADERS: Final = 1_000
_ONCE: Final = {
    *("subject", "date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id"),
    *("mime-version", "content-type", "content-disposition", "content-transfer-encoding"),
}
_NAME: Final = re.compile(r"[!-9;-~]{1,200}")


def set_body(request: HttpRequest, body: bytes) -> None:
    """As if Django had read it."""
    request._body = body


class NotReadable(Exception):
    """The body is not what its content type says."""


Fields = dict[str, bytes]


def read_form(request: HttpRequest, body: bytes) -> Fields:
    """The fields as bytes. `request.POST` and `request.FILES` then have them as anymail expects.

    Raises NotReadable.
    """
    kind, told = parse_header_parameters(request.META.get("CONTENT_TYPE", ""))
    post, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    request._post, request._files = post, files  # type: ignore[attr-defined]
    fields: Fields = {}
    parts = _parts(body, told.get("boundary", "")) if kind == "multipart/form-data" else _pairs(body)
    for name, filename, content_type, content in parts:
        if filename is None:
            fields[name] = content
            post.appendlist(name, content.decode("utf-8", "replace"))
        else:
            # Django would drop a file without a name; customers send such.
            file = SimpleUploadedFile(filename or name, content, content_type or "application/octet-stream")
            files.appendlist(name, file)
    return fields


Part = tuple[str, str | None, str, bytes]


def _pairs(body: bytes) -> Iterator[Part]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, encoding="latin-1", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise NotReadable(str(error)) from error
    for name, value in pairs:
        yield name, None, "", value.encode("latin-1")


def _parts(body: bytes, boundary: str) -> Iterator[Part]:
    if not boundary or not boundary.isascii():
        raise NotReadable("a form without a boundary")
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode(), MOST_FIELDS)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise NotReadable("a form without an end")
    for piece in pieces[1:-1]:
        head, blank, content = piece.partition(b"\r\n\r\n")
        if not blank:
            raise NotReadable("a field without an end of its headers")
        yield _part(head, content)


def _part(head: bytes, content: bytes) -> Part:
    name, filename, content_type = "", None, ""
    for line in head.decode("utf-8", "replace").split("\r\n"):
        key, _, value = line.partition(":")
        if key.strip().lower() == "content-disposition":
            _kind, told = parse_header_parameters(value.strip())
            name, filename = told.get("name", ""), told.get("filename")
        elif key.strip().lower() == "content-type":
            content_type = value.strip()[:200]
    return name, filename, content_type, content


# ── JSON ──


def read_json(body: bytes) -> Any:
    """Raises NotReadable."""
    try:
        return _without_surrogates(json.loads(body.decode("utf-8", "replace")))
    except (ValueError, RecursionError) as error:
        raise NotReadable(str(error)) from error


def _without_surrogates(told: Any) -> Any:
    if isinstance(told, str):
        return told if told.isascii() else told.encode("utf-8", "replace").decode()
    if isinstance(told, list):
        return [_without_surrogates(one) for one in told]
    if isinstance(told, dict):
        return {_without_surrogates(name): _without_surrogates(one) for name, one in told.items()}
    return told


# ── headers ──


def mended(headers: Iterable[tuple[Any, Any]], *, without: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Such as a mail may have. `without`: names that stand elsewhere in the call."""
    seen, kept = set(without), list[tuple[str, str]]()
    for name, value in headers:
        if not isinstance(name, str) or not isinstance(value, str) or not _NAME.fullmatch(name):
            continue
        if name.lower() in seen or len(kept) >= MOST_HEADERS:
            continue
        if name.lower() in _ONCE:
            seen.add(name.lower())
        kept.append((name, one_line(value)))
    return kept


def one_line(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text[:LONGEST_HEADER]).strip()
