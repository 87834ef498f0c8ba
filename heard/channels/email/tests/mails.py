"""Ordinary mails, made in a line."""

from __future__ import annotations

import base64

FROM = "From: Jana <jana@example.com>"


def a_mail(*lines: str, body: str | bytes = "Where is my parcel?", sender: str = FROM) -> bytes:
    """Header lines, then the body. The usual ones are there unless a line names them."""
    usual = {
        "from": sender,
        "to": "To: support@acme.example",
        "subject": "Subject: Parcel",
        "message-id": "Message-ID: <1@example.com>",
        "date": "Date: Tue, 06 Oct 2026 10:00:00 +0000",
    }
    given = {line.split(":")[0].lower() for line in lines}
    head = [line for name, line in usual.items() if line and name not in given]
    content = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join([*head, *lines]).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content


def in_parts(kind: str, *pieces: str | bytes, headers: tuple[str, ...] = (), boundary: str = "b1") -> bytes:
    """A mail of several parts; each piece is a whole part with its own headers."""
    return a_mail(f'Content-Type: {kind}; boundary="{boundary}"', *headers, body=joined(pieces, boundary))


def joined(pieces: tuple[str | bytes, ...], boundary: str) -> bytes:
    mark = f"--{boundary}".encode()
    whole = [piece if isinstance(piece, bytes) else piece.encode() for piece in pieces]
    return b"".join(mark + b"\r\n" + piece + b"\r\n" for piece in whole) + mark + b"--\r\n"


def a_part(content_type: str, content: str | bytes = "", *headers: str) -> bytes:
    raw = content if isinstance(content, bytes) else content.encode()
    head = [f"Content-Type: {content_type}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + raw


def a_file(
    name: str, content: bytes = b"%PDF-1.7", content_type: str = "application/pdf", *headers: str
) -> bytes:
    return a_part(
        f'{content_type}; name="{name}"',
        base64.encodebytes(content),
        f'Content-Disposition: attachment; filename="{name}"',
        "Content-Transfer-Encoding: base64",
        *headers,
    )


def html(content: str) -> bytes:
    return a_part("text/html; charset=utf-8", content)


def plain(content: str) -> bytes:
    return a_part("text/plain; charset=utf-8", content)


def base64_words(text: str, charset: str = "utf-8") -> str:
    return f"=?{charset}?b?{base64.b64encode(text.encode(charset, 'replace')).decode()}?="
