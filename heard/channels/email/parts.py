"""The parts of a mail, found without recursion into a parser: nested too deep or too many, we stop in time."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Final

from heard.channels.email import headers
from heard.channels.email.headers import Headers
from heard.channels.email.letters import base64_read, decoded, one_line, quoted_printable_read, words_read
from heard.channels.email.mail import MAX_NAME, MAX_TYPE
from heard.channels.words import N_

MAX_PARTS: Final = 200
MAX_DEPTH: Final = 20
MAX_PARAMETERS: Final = 4_000  # characters of one Content-Type

TOO_MANY: Final = N_("The mail has more than 200 parts.")
TOO_DEEP: Final = N_("The mail is nested deeper than 20 levels.")
TOO_LARGE: Final = N_("The headers of the mail are larger than 64 KB.")

_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/=\r\n]")
_PATHS: Final = re.compile(r"[/\\:*?\"<>|]+")


@dataclass(frozen=True, slots=True)
class Node:
    """A part, or the mail itself; `start` and `end` are where its body stands in the raw mail."""

    number: str
    headers: Headers
    start: int
    end: int
    content_type: str
    parameters: Mapping[str, str]
    children: tuple[Node, ...] = ()

    @property
    def is_attached(self) -> bool:
        """Its sender wants it to be a file, whatever it holds."""
        return self.headers.word("content-disposition").lower().startswith("attachment")

    @property
    def name(self) -> str:
        given = _parameters(self.headers.first("content-disposition")).get("filename", "")
        name = one_line(words_read(given or self.parameters.get("name", "")), most=MAX_PARAMETERS)
        return _within(_PATHS.sub("_", name).strip(". "))

    @property
    def content_id(self) -> str:
        return self.headers.word("content-id").strip("<> ")[:200]

    def leaves(self) -> Iterator[Node]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(slots=True)
class _Cutting:
    raw: bytes
    left: int = MAX_PARTS
    problem: str = ""


def cut(raw: bytes) -> tuple[Node, str]:
    """The mail as a tree, and what is wrong with it, if anything."""
    cutting = _Cutting(raw)
    node = _node(cutting, "", headers.begins_at(raw), len(raw), 0, "text/plain")
    return node, cutting.problem


def content(raw: bytes, node: Node) -> bytes:
    """The body of a part, freed from what it was wrapped in for its way."""
    body = raw[node.start : node.end]
    encoding = node.headers.word("content-transfer-encoding").lower()
    if encoding.startswith("base64") and not (_is_text(node) and _is_plain(body)):
        return base64_read(body)
    if encoding.startswith("quoted-printable"):
        return quoted_printable_read(body)
    return body


def _is_text(node: Node) -> bool:
    return node.content_type.startswith("text/")


def _is_plain(body: bytes) -> bool:
    """Some programs say base64 and write the words as they are: with spaces and marks between them."""
    shown = body[:2_000].strip()
    return len(_NOT_BASE64.findall(shown)) * 10 > len(shown)


def find(root: Node, number: str) -> Node | None:
    return next((leaf for leaf in root.leaves() if leaf.number == number), None)


def _node(cutting: _Cutting, number: str, start: int, end: int, depth: int, usual: str) -> Node:
    found, body = headers.cut(cutting.raw, start, end)
    if found.too_large:
        cutting.problem = cutting.problem or TOO_LARGE
    kind, parameters = _content_type(found.first("content-type"), usual)
    boundary = parameters.get("boundary", "").rstrip().encode("latin-1", "replace")
    if not kind.startswith("multipart/") or not boundary:
        return Node(number or "1", found, body, end, _leaf_type(kind), parameters)
    if depth >= MAX_DEPTH:
        cutting.problem = TOO_DEEP
        return Node(number or "1", found, body, end, "application/octet-stream", parameters)
    usual = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    children = []
    for place, (begin, stop) in enumerate(_between(cutting.raw, body, end, boundary), 1):
        if cutting.left <= 0:
            cutting.problem = TOO_MANY
            break
        cutting.left -= 1
        inside = f"{number}.{place}" if number else str(place)
        children.append(_node(cutting, inside, begin, stop, depth + 1, usual))
    if not children:  # no such boundary: what stands there is better shown than lost
        return Node(number or "1", found, body, end, "text/plain", parameters)
    return Node(number, found, body, end, kind, parameters, tuple(children))


def _leaf_type(kind: str) -> str:
    return "text/plain" if kind.startswith("multipart/") else kind


def _between(raw: bytes, start: int, end: int, boundary: bytes) -> Iterator[tuple[int, int]]:
    """Where the parts stand. A last part that nobody closed ends with its surroundings."""
    begun = -1
    for place, after, closing in _delimiters(raw, start, end, b"--" + boundary):
        if begun >= 0:
            yield begun, max(begun, _before_newline(raw, place))
        if closing:
            return
        begun = after
    if begun >= 0:
        yield begun, end


def _delimiters(raw: bytes, start: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    literal = re.escape(mark)  # it comes first, because only then the search for it is quick
    line = re.compile(literal + rb"(?<![^\r\n]" + literal + rb")(--)?[ \t]*+(?:\r\n|\r|\n|\Z)")
    for found in line.finditer(raw, start, end):
        yield found.start(), found.end(), bool(found[1])


def _before_newline(raw: bytes, place: int) -> int:
    if raw[place - 2 : place] == b"\r\n":
        return place - 2
    return place - 1 if raw[place - 1 : place] in (b"\n", b"\r") else place


def _content_type(value: bytes, usual: str) -> tuple[str, Mapping[str, str]]:
    kind = value[:200].decode("latin-1").partition(";")[0].strip().lower()
    known = re.fullmatch(r"[a-z0-9!#$&^_.+\-]{1,80}/[a-z0-9!#$&^_.+\-]{1,120}", kind)
    return (kind if known and len(kind) <= MAX_TYPE else usual), _parameters(value)


def _parameters(value: bytes) -> dict[str, str]:
    """By the parser of the standard library, which knows RFC 2231; what it cannot read is not there.

    Its time grows with the square of the length, so the length is bounded.
    """
    if b"=" not in value:
        return {}
    message = Message()
    message["content-type"] = value[:MAX_PARAMETERS].decode("latin-1").replace("\r", " ").replace("\n", " ")
    try:
        read = message.get_params(failobj=[])
    except (ValueError, TypeError, LookupError):
        return {}
    return {name.lower(): _parameter(name, told) for name, told in reversed(read or [])}


def _parameter(name: str, told: str | tuple[str | None, str | None, str]) -> str:
    """A boundary is bytes, to be found again as they are; all others are text."""
    if isinstance(told, tuple):
        charset, _, text = told
        return decoded(text.encode("latin-1", "replace"), charset or "")
    if name.lower() == "boundary":
        return told
    if "%" in told and name.endswith("*"):
        told = urllib.parse.unquote(told, encoding="latin-1")
    return decoded(told.encode("latin-1", "replace"))


def _within(name: str) -> str:
    """A long name loses its middle, and keeps what says of which kind it is."""
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 21]}…{name[-20:]}"
