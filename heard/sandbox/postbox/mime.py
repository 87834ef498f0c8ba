"""Mails as bytes, both ways: what a customer's program writes, what the company's mail says, and what a server
reports that could not deliver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses

from heard.sandbox.postbox.held import HOST
from heard.sandbox.postbox.things import Letter, Mailbox

MX = f"mx.{HOST}"  # the company's own mail server, whose word on senders it believes
# In shorter lines long ids would be encoded into something that nobody recognises in References.
_POLICY = policy.SMTP.clone(max_line_length=998)
MOST_REFERS = 10


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes
    content_type: str


def written(letter: Letter, files: Sequence[File], *, verified: bool, reply_to: str = "") -> bytes:
    """As it stands in the company's mailbox: with what its own server put on top."""
    mail = EmailMessage(policy=_POLICY)
    proof = "pass" if verified else "fail"
    domain = letter.address.rpartition("@")[2]
    mail["Authentication-Results"] = f"{MX}; spf={proof}; dkim={proof}; dmarc={proof} header.from={domain}"
    mail["Received"] = f"from mail.{domain} by {MX} with ESMTPS; {_date(letter.at)}"
    mail["From"] = Address(letter.name, addr_spec=letter.address)
    mail["To"] = ", ".join(letter.to)
    if letter.cc:
        mail["Cc"] = ", ".join(letter.cc)
    if reply_to:
        mail["Reply-To"] = reply_to
    mail["Subject"] = letter.subject
    mail["Date"] = _date(letter.at)
    mail["Message-ID"] = f"<{letter.id}>"
    if letter.refers:
        mail["In-Reply-To"] = f"<{letter.refers[-1]}>"
        mail["References"] = " ".join(f"<{one}>" for one in letter.refers[-MOST_REFERS:])
    if letter.automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(letter.text)
    if letter.html:
        mail.add_alternative(letter.html, subtype="html")
    for file in files:
        first, _, second = file.content_type.partition("/")
        mail.add_attachment(file.content, maintype=first, subtype=second, filename=file.name)
    return mail.as_bytes()


def bounce(letter: Letter, mailbox: Mailbox, *, to: str, reason: str, id: str, at: float) -> bytes:
    """What the other side's server writes when it could not keep the mail after all (RFC 3464)."""
    boundary = f"=_{id.partition('@')[0]}"
    head = (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <mailer-daemon@{MX}>\r\nTo: <{mailbox.address}>\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nDate: {_date(at)}\r\nMessage-ID: <{id}>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
    )
    said = f"Your mail could not be delivered to <{to}>: {reason}\r\n"
    status = (
        f"Reporting-MTA: dns; {MX}\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\n"
        f"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 {reason}\r\n"
    )
    returned = f"From: <{mailbox.address}>\r\nTo: <{to}>\r\nMessage-ID: <{letter.id}>\r\n"
    parts = (("text/plain", said), ("message/delivery-status", status), ("text/rfc822-headers", returned))
    body = "".join(f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts)
    return f"{head}{body}--{boundary}--\r\n".encode()


@dataclass(frozen=True, slots=True)
class Told:
    """What a mail of the company says."""

    id: str
    name: str
    address: str
    to: list[str]
    cc: list[str]
    reply_to: str
    subject: str
    text: str
    html: str
    refers: list[str]
    files: list[File]
    automatic: bool


def told(raw: bytes) -> Told:
    mail = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(mail, EmailMessage)
    [(name, address)] = getaddresses([str(mail["From"] or "")])[:1] or [("", "")]
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return Told(
        id=str(mail["Message-ID"] or "").strip("<> "),
        name=name,
        address=address,
        to=_people(mail, "To"),
        cc=_people(mail, "Cc"),
        reply_to=next(iter(_people(mail, "Reply-To")), ""),
        subject=str(mail["Subject"] or ""),
        text=str(text.get_content()).replace("\r\n", "\n").rstrip("\n") if text else "",
        html=str(html.get_content()) if html else "",
        refers=str(mail["References"] or "").replace("<", " ").replace(">", " ").split(),
        files=[_file(part) for part in mail.iter_attachments()],
        automatic=str(mail["Auto-Submitted"] or "no") != "no",
    )


def _people(mail: EmailMessage, header: str) -> list[str]:
    return [address for _name, address in getaddresses([str(one) for one in mail.get_all(header, [])])]


def _file(part: EmailMessage) -> File:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return File(part.get_filename() or "file", content, part.get_content_type())


def _date(at: float) -> str:
    return format_datetime(datetime.fromtimestamp(at, UTC))
