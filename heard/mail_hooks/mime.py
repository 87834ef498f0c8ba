"""A mail that came in fields, as the bytes of a mail. The same mail brought twice has the same bytes."""

from __future__ import annotations

import hashlib
from base64 import encodebytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from typing import Final

from heard.mail_hooks.bodies import one_line

_OF_THE_BODY: Final = ("content-type", "content-transfer-encoding", "mime-version")
UNREADABLE: Final = (
    "The mail service brought a mail that could not be read. All that it sent is in the file beside this."
)


def mime_of(mail: Message) -> bytes:
    """Headers are written by our own hand: the generator of the library reads addresses first, and may stumble."""
    head = [
        f"{name}: {one_line(str(value))}"
        for name, value in mail.raw_items()
        if name.lower() not in _OF_THE_BODY
    ]
    content_type = mail.get_content_type()
    for name in mail.keys():  # noqa: SIM118 (a mail is no dict: iterating over it is not defined)
        del mail[name]
    mail["MIME-Version"], mail["Content-Type"] = "1.0", content_type
    _make_safe_and_steady(mail, "\r\n".join(head))
    lines = "".join(f"{line}\r\n" for line in head)
    return lines.encode("utf-8", "replace") + mail.as_bytes(policy=SMTP)


def _make_safe_and_steady(mail: Message, head: str) -> None:
    """Files go as base64, or line ends would change in them; boundaries follow from what is in the mail."""
    digest = hashlib.sha256(head.encode("utf-8", "replace"))
    for part in mail.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True) or b""
        assert isinstance(content, bytes)
        digest.update(content)
        del part["Content-Transfer-Encoding"]
        part["Content-Transfer-Encoding"] = "base64"
        part.set_payload(encodebytes(content).decode())
    for number, part in enumerate(mail.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_{digest.hexdigest()[:40]}_{number}")


def wrapped(body: bytes, content_type: str) -> bytes:
    """The call itself in a mail that nobody wrote, for a person to look at."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "A mail that could not be read"
    mail["Message-ID"] = f"<{hashlib.sha256(body).hexdigest()}@unreadable.invalid>"
    mail.set_content(UNREADABLE)
    name = "call.json" if "json" in content_type else "call.txt"
    mail.add_attachment(body, maintype="application", subtype="octet-stream", filename=name)
    mail.set_boundary(f"=_{hashlib.sha256(body).hexdigest()[:40]}")
    return mail.as_bytes()
