"""A mail of ours, from what an agent wrote to the bytes that an SMTP server takes.

Made with the old classes of `email`, because the new ones encode long Message-IDs into something that no other
program recognises in References.
"""

from __future__ import annotations

import html
import re
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from email import encoders
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr
from typing import Final

import css_inline

from heard.channels.contract import Original, Outgoing, Person, Problem, Rejected, Upload
from heard.channels.email.credentials import EmailCredentials

FIRST_AND_LAST: Final = 20  # of the mails before, besides the first one
LONGEST_SUBJECT: Final = 250
_SAFE_ID: Final = re.compile(r"[!-;=?-~]{1,250}")
_SAFE_ADDRESS: Final = re.compile(r"[!-9;=?-~]{1,64}@[A-Za-z0-9.\-\[\]:]{1,190}")
_LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")

_UTF8: Final = Charset("utf-8")
_UTF8.body_encoding = QP

_PAGE: Final = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<style>
:root { color-scheme: light dark; }
body { margin: 0; padding: 0; }
.letter { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; font-size: 16px; line-height: 1.5; }
p { margin: 0 0 1em; }
.signature, .said { color: #5b6470; font-size: 14px; }
blockquote { margin: 0; padding-inline-start: 12px; border-inline-start: 2px solid #a9b1bc; }
@media (prefers-color-scheme: dark) { .signature, .said { color: #a9b1bc !important; } }
</style></head>
<body><div class="letter">%s</div></body></html>
"""


def name(message: Outgoing, account: str) -> str:
    """The Message-ID, bare. The mark in it comes back in every answer's References and proves them."""
    token = re.sub(r"[^0-9a-z]", "", message.token.lower()) or uuid.uuid4().hex
    return f"{message.mark or 'm'}.{token}@{account.rpartition('@')[2]}"


def recipients(message: Outgoing) -> list[str]:
    """To and Cc, each once. Raises Rejected for what is no address."""
    found = list(dict.fromkeys([message.to.lower(), *(one.address.lower() for one in message.copies)]))
    for address in found:
        if not _SAFE_ADDRESS.fullmatch(address):
            raise Rejected("This is no address that a mail can be sent to.", problem=Problem.INVALID)
    return found


def envelope_sender(message: Outgoing, mine: EmailCredentials) -> str:
    """What a machine wrote must not bounce to a machine."""
    return "" if message.automatic else mine.account


def compose(message: Outgoing, mine: EmailCredentials, *, now: datetime, to_name: str = "") -> bytes:
    """Raises Rejected."""
    recipients(message)
    mail = _body(message, mine)
    _set(mail, "From", formataddr((_line(mine.sender_name), mine.account), "utf-8"))
    _set(mail, "To", formataddr((_line(to_name), message.to), "utf-8"))
    if message.copies:
        _set(mail, "Cc", ",\r\n ".join(map(_formatted, message.copies)))
    if mine.plus_addresses and message.mark:
        _set(
            mail, "Reply-To", formataddr((_line(mine.sender_name), plus(mine.account, message.mark)), "utf-8")
        )
    _set(mail, "Subject", _line(message.subject)[:LONGEST_SUBJECT] or "Re:")
    _set(mail, "Date", format_datetime(now))
    _set(mail, "Message-ID", f"<{name(message, mine.account)}>")
    _refer(mail, message.refers)
    if message.automatic:
        _say_automatic(mail, mine)
    return mail.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=None))


def plus(address: str, mark: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}+{mark}@{domain}"


def _refer(mail: Message, refers: Sequence[str]) -> None:
    """The first mail, which programs sort by, and the newest ones: endless headers get mails refused."""
    chain = [one for one in dict.fromkeys(refers) if _SAFE_ID.fullmatch(one)]
    if not chain:
        return
    kept = chain if len(chain) <= FIRST_AND_LAST + 1 else [chain[0], *chain[-FIRST_AND_LAST:]]
    _set(mail, "In-Reply-To", f"<{chain[-1]}>")
    _set(mail, "References", "\r\n ".join(f"<{one}>" for one in kept))


def _say_automatic(mail: Message, mine: EmailCredentials) -> None:
    """So that no other machine answers, not even another Heard."""
    _set(mail, "Auto-Submitted", "auto-replied")
    _set(mail, "X-Auto-Response-Suppress", "All")
    _set(mail, "Precedence", "bulk")
    _set(mail, "X-Heard-Loop", mine.account)


# ── the body ──


def _body(message: Outgoing, mine: EmailCredentials) -> Message:
    original = message.original if mine.quotes and not message.automatic else None
    signature = mine.signature if message.signature is None else message.signature
    plain = _plain(message.text, signature) + _quoted(original)
    shown = _html(message.text, signature, original)
    both = MIMEMultipart("alternative")
    both.attach(MIMEText(plain, "plain", _UTF8))  # type: ignore[arg-type]
    both.attach(MIMEText(shown, "html", _UTF8))  # type: ignore[arg-type]
    if not message.files:
        return both
    mixed = MIMEMultipart("mixed")
    mixed.attach(both)
    for file in message.files:
        mixed.attach(_file(file))
    return mixed


def _plain(text: str, signature: str) -> str:
    return f"{text}\n\n-- \n{signature}\n" if signature.strip() else f"{text}\n"


def _quoted(original: Original | None) -> str:
    """As every mail program writes it, so that every mail program folds it."""
    if original is None:
        return ""
    lines = "".join(f"> {line}".rstrip() + "\n" for line in original.text.splitlines())
    return f"\n{original.said}\n{lines}"


def _html(text: str, signature: str, original: Original | None) -> str:
    shown = "".join(_paragraphs(text))
    if signature.strip():
        shown += f'<div class="signature">{"".join(_paragraphs(signature))}</div>'
    if original is not None:
        shown += f'<p class="said" dir="auto">{html.escape(original.said)}</p>'
        shown += f'<blockquote type="cite">{"".join(_paragraphs(original.text))}</blockquote>'
    inliner = css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
    return inliner.inline(_PAGE % shown)


def _paragraphs(text: str) -> Iterable[str]:
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        yield f'<p dir="auto">{_linked(paragraph)}</p>'


def _linked(text: str) -> str:
    shown, at = "", 0
    for found in _LINK.finditer(text):
        address = html.escape(found[0])
        shown += html.escape(text[at : found.start()]) + f'<a href="{address}">{address}</a>'
        at = found.end()
    return (shown + html.escape(text[at:])).replace("\n", "<br>\n")


def _file(file: Upload) -> Message:
    first, _, second = file.content_type.partition("/")
    part = MIMEBase(first if second and first.isalnum() else "application", second or "octet-stream")
    part.set_payload(file.content)
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _line(file.name) or "file"))
    return part


# ── headers ──


def _set(mail: Message, header: str, value: str) -> None:
    mail[header] = value if value.isascii() else str(Header(value, "utf-8", header_name=header).encode())


def _line(text: str) -> str:
    """Nothing in a header may begin a new line: the next one would be a header of somebody's choice."""
    return _BREAKS.sub(" ", text).strip()


def _formatted(person: Person) -> str:
    return formataddr((_line(person.name), person.address), "utf-8")
