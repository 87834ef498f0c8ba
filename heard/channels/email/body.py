"""What a person reads of a mail, and which files hang on it."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from heard.channels.email import parts, quotes, tnef
from heard.channels.email.headers import cut as cut_headers
from heard.channels.email.html_text import neat, plain_text, too_much
from heard.channels.email.invitations import summary_of
from heard.channels.email.letters import decoded, header_text, tidy
from heard.channels.email.mail import MAX_NAME, MAX_TEXT, Part
from heard.channels.email.parts import Node

_STUB: Final = re.compile(
    r"html[- ]?(?:e?-?mail|capable|viewer|version|format|compatible|message)|(?:view|display|read|see) (?:this|it).{0,40}html"
    r"|does not support html|enable html|kein html|nicht unterstützt.{0,20}html|no (?:plain )?text version"
    r"|view (?:this (?:email|message)|it) in (?:your|a) browser",
    re.IGNORECASE,
)
_STUB_AT_MOST: Final = 300
# A picture within the HTML is never shown, and alone would make it too large to be shown at all.
_EMBEDDED: Final = re.compile(r"""=\s*(?:"data:[^"<>]{200,}"|'data:[^'<>]{200,}')""", re.IGNORECASE)
_MOST_READ: Final = 500_000  # characters of one text; what is kept of it is less
_CID: Final = re.compile(r"\bcid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_SHOWN_HEADERS: Final = ("From", "To", "Date", "Subject")
_MOST_OF_A_HEADER: Final = 500
_DEEPEST_FORWARD: Final = 3
# Parts of a report or a signature: they are for machines, and nobody misses them as files.
_FOR_MACHINES: Final = frozenset(
    {
        *("message/delivery-status", "message/global-delivery-status", "message/disposition-notification"),
        *("message/feedback-report", "application/pgp-signature", "application/pkcs7-signature"),
        "application/pgp-encrypted",
        *("application/x-pkcs7-signature", "text/rfc822-headers", "message/global-headers"),
    }
)
# The same again for programs of one kind.
_OTHER_VERSIONS: Final = frozenset({"text/x-amp-html", "text/watch-html"})


@dataclass(slots=True)
class _Piece:
    """One stretch of what is to be read: as text, as HTML or as both."""

    text: str | None = None
    html: str | None = None


@dataclass(slots=True)
class Body:
    text: str = ""
    said: str = ""
    quoted: str = ""
    html: str = ""
    shortened: bool = False
    files: list[Part] = field(default_factory=list)
    calendar: str = ""


@dataclass(slots=True)
class _Found:
    raw: bytes
    careful: bool
    files: list[Part] = field(default_factory=list)
    first: bool = True
    calendar: str = ""
    outlook: tnef.Unpacked = field(default_factory=tnef.Unpacked)


def body(raw: bytes, root: Node, *, forwarded: bool, careful: bool) -> Body:
    found = _Found(raw, careful)
    pieces = _pieces(found, root)
    if not any((piece.text or "").strip() or piece.html for piece in pieces):
        pieces = [_Piece(found.outlook.text or None, found.outlook.html or None)]
    if only := _only_forwarded(found, root, pieces):
        return Body(only, only, files=found.files)
    html = _html(pieces)
    too_large = too_much(html)
    text, derived = _text(pieces, careful)
    text = text or found.calendar
    shortened = too_large or len(text) > MAX_TEXT
    text = text[:MAX_TEXT]
    said, quoted = _folded(text, html if derived and not too_large else "", forwarded, careful)
    if found.calendar and found.calendar not in text:
        said = f"{said}\n\n{found.calendar}".strip()
    return Body(
        text,
        said,
        quoted,
        html="" if too_large else tidy(html),
        shortened=shortened,
        files=_shown_inline(found.files, "" if too_large else html),
        calendar=found.calendar,
    )


def _only_forwarded(found: _Found, root: Node, pieces: Sequence[_Piece], *, deep: int = 0) -> str:
    """The words of the mail that lies in this one as a file, where this one has none of its own, nor files beside it."""
    inner = [leaf for leaf in root.leaves() if leaf.content_type == "message/rfc822"]
    said = any((piece.text or "").strip() or piece.html for piece in pieces)
    if said or len(inner) != 1 or len(found.files) > 1 or deep >= _DEEPEST_FORWARD:
        return ""
    raw = parts.content(found.raw, inner[0])
    node, _problem = parts.cut(raw)
    within = _Found(raw, found.careful)
    told = _pieces(within, node)
    text = _text(told, found.careful)[0] or _only_forwarded(within, node, told, deep=deep + 1)
    named = (
        (name, header_text(node.headers.first(name.lower()), most=_MOST_OF_A_HEADER))
        for name in _SHOWN_HEADERS
    )
    head = "\n".join(f"{name}: {value}" for name, value in named if value)
    return f"{head}\n\n{text}".strip()[:MAX_TEXT]


def part_bytes(raw: bytes, root: Node, number: str) -> bytes | None:
    """None: there is no such part."""
    if node := parts.find(root, number):
        return parts.content(raw, node)
    outer, _, inner = number.rpartition(".")
    node = parts.find(root, outer) if outer else None
    if node is None or not _is_tnef(node) or not inner.isdigit():
        return None
    files = tnef.unpack(parts.content(raw, node)).files
    return files[int(inner) - 1][1] if 0 < int(inner) <= len(files) else None


def _pieces(found: _Found, node: Node) -> list[_Piece]:
    if node.content_type == "multipart/alternative":
        versions = [piece for child in node.children for piece in [_joined(_pieces(found, child))] if piece]
        text = next((piece.text for piece in reversed(versions) if piece.text is not None), None)
        html = next((piece.html for piece in reversed(versions) if piece.html is not None), None)
        return [_Piece(text, html)] if versions else []
    if node.children:
        return [piece for child in node.children for piece in _pieces(found, child)]
    return _leaf(found, node)


def _leaf(found: _Found, node: Node) -> list[_Piece]:
    if node.content_type in _OTHER_VERSIONS:
        return []
    if node.content_type in ("text/plain", "text/html") and not _is_file(found, node):
        text = decoded(parts.content(found.raw, node), node.parameters.get("charset", ""))
        if node.content_type == "text/html":
            return [_Piece(html=_EMBEDDED.sub('=""', text))]
        return [_Piece(_unflowed(tidy(text[:_MOST_READ]), node))]
    if node.content_type == "text/calendar":
        said = decoded(parts.content(found.raw, node), node.parameters.get("charset", ""))
        found.calendar = found.calendar or summary_of(said)
    if _is_tnef(node) and not found.careful and _unpacked(found, node):
        return []
    if node.content_type not in _FOR_MACHINES:
        found.files.append(_file(found, node))
    return []


def _is_file(found: _Found, node: Node) -> bool:
    """Some programs give the text itself a name. The first that is not attached is what was written."""
    first, found.first = found.first, False
    return node.is_attached or (bool(node.name) and not first)


def _joined(pieces: Sequence[_Piece]) -> _Piece | None:
    """The pieces of one version, as one: HTML as soon as one of them is."""
    if not pieces:
        return None
    texts = [piece.text for piece in pieces if piece.text is not None]
    html = _html(pieces)
    return _Piece("\n\n".join(texts) if len(texts) == len(pieces) else None, html or None)


def _html(pieces: Iterable[_Piece]) -> str:
    pieces = list(pieces)
    if not any(piece.html is not None for piece in pieces):
        return ""
    return "\n".join(_as_html(piece) for piece in pieces)


def _as_html(piece: _Piece) -> str:
    if piece.html is not None:
        return piece.html
    text = entities.escape(piece.text or "")
    return f'<div style="white-space: pre-wrap">{text}</div>' if text.strip() else ""


def _text(pieces: Iterable[_Piece], careful: bool) -> tuple[str, bool]:
    """And whether it had to be made from HTML."""
    texts, derived = [], False
    for piece in pieces:
        text = piece.text or ""
        if piece.html is not None and (not text.strip() or _is_stub(text)):
            text, derived = plain_text(piece.html, careful=careful), True
        texts.append(text.strip("\n"))
    return neat("\n\n".join(text for text in texts if text.strip())), derived


def _is_stub(text: str) -> bool:
    return len(text) <= _STUB_AT_MOST and bool(_STUB.search(text))


def _folded(text: str, html: str, forwarded: bool, careful: bool) -> tuple[str, str]:
    """In HTML a quote stands in a box of its own, which text made from it does not show."""
    if html:
        new, quoted = quotes.fold_html(html, forwarded=forwarded)
        if quoted:
            said, more = quotes.fold(plain_text(new, careful=careful), forwarded=forwarded)
            rest = plain_text(quoted, careful=careful)
            if said.strip():
                return said, "\n\n".join(part for part in (more, rest) if part)
    return quotes.fold(text, forwarded=forwarded)


def _unflowed(text: str, node: Node) -> str:
    """RFC 3676: a line that ends with a space goes on in the next."""
    if node.parameters.get("format", "").lower() != "flowed":
        return text
    closer = node.parameters.get("delsp", "").lower() == "yes"
    paragraphs: list[list[str]] = []
    signs, goes_on = "", False
    for line in text.split("\n"):
        line = line.removeprefix(" ")
        before, signs = signs, line[: len(line) - len(line.lstrip(">"))]
        if goes_on and signs == before:
            paragraphs[-1].append(line[len(signs) :].removeprefix(" ") if signs else line)
        else:
            paragraphs.append([line])
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and closer:
            paragraphs[-1][-1] = paragraphs[-1][-1][:-1]
    return "\n".join("".join(lines) for lines in paragraphs)


def _is_tnef(node: Node) -> bool:
    return node.content_type in tnef.TYPES or node.name.lower() == "winmail.dat"


def _unpacked(found: _Found, node: Node) -> bool:
    """Its text counts only where the mail has no other."""
    inside = tnef.unpack(parts.content(found.raw, node))
    if not (inside.text or inside.html or inside.files):
        return False
    found.outlook = inside
    for place, (name, content) in enumerate(inside.files, 1):
        found.files.append(Part(f"{node.number}.{place}", name, "application/octet-stream", len(content)))
    return True


def _file(found: _Found, node: Node) -> Part:
    """The careful way takes no copy to measure it."""
    size = node.end - node.start if found.careful else len(parts.content(found.raw, node))
    name = node.name or _name_of(found.raw, node)
    return Part(node.number, name, node.content_type, size, node.content_id)


def _name_of(raw: bytes, node: Node) -> str:
    """A mail in a mail is called by its subject; what has no name stays without."""
    if node.content_type == "text/calendar":
        return "invite.ics"
    if node.content_type != "message/rfc822":
        return ""
    inner, _ = cut_headers(raw, node.start, node.end)
    subject = header_text(inner.first("subject"), most=MAX_NAME - 4)
    return re.sub(r"[/\\:*?\"<>|]+", "_", subject).strip(". ") + ".eml" if subject else "mail.eml"


def _shown_inline(files: Sequence[Part], html: str) -> list[Part]:
    shown = {name.lower() for name in _CID.findall(html)} if "cid:" in html.lower() else set()
    return [
        Part(
            one.number, one.name, one.content_type, one.size, one.content_id, one.content_id.lower() in shown
        )
        if one.content_id
        else one
        for one in files
    ]
