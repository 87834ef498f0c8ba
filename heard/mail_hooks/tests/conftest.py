"""A mailbox that a mail service brings its mails to, and calls as each of the services makes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from heard.channels.registry import channel
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth
from tests.cast import NOON, a_workspace
from tests.front import Door, running_front

SECRET = "key-0123456789abcdef"
RAW = (
    b"From: Jana <jana@home.example>\r\nTo: support@acme.example\r\nMessage-ID: <raw-1@home.example>\r\n"
    b"Date: Mon, 02 Nov 2026 12:00:00 +0000\r\nSubject: Where?\r\nContent-Type: text/plain; charset=iso-8859-7\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n" + "Πού είναι το δέμα;\r\n".encode("iso-8859-7")
)
HEADERS = [
    ["Received", "from home.example by mx.example"],
    ["Received", "from laptop by home.example"],
    ["From", "Γιώργος <george@home.example>"],
    ["To", "support@acme.example"],
    ["Message-Id", "<fields-1@home.example>"],
    ["Date", "Mon, 02 Nov 2026 12:00:00 +0000"],
    ["Subject", "Πού είναι το δέμα;"],
    ["Content-Type", 'multipart/mixed; boundary="theirs"'],
    ["Content-Transfer-Encoding", "8bit"],
]
TEXT, HTML = "Το περιμένω από Δευτέρα.", "<p>Το περιμένω από <b>Δευτέρα</b>.</p>"
FILE = bytes(range(256)) * 20  # with line ends of every kind in it


@dataclass(frozen=True)
class Call:
    body: bytes
    content_type: str
    headers: dict[str, str]


@dataclass
class Mailbox:
    inbox: Inbox
    carrier: str
    door: Door
    suffix: str = ""

    @property
    def path(self) -> str:
        return f"/mail-hooks/{self.carrier}/{self.inbox.key}{self.suffix}"

    def called(self, call: Call, *, path: str = "", method: str = "POST") -> int:
        line = self.door.connection()
        try:
            line.request(
                method, path or self.path, call.body, {"Content-Type": call.content_type, **call.headers}
            )
            return line.getresponse().status
        finally:
            line.close()


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with running_front(pages=True) as door:
        yield door


@pytest.fixture
def mailbox(transactional_db: None, door: Door) -> Callable[..., Mailbox]:
    def made(carrier: str, **more: Any) -> Mailbox:
        inbox = Inbox.objects.create(
            workspace=a_workspace("Acme"), channel="email", account="support@acme.example", name="Acme help"
        )
        InboxHealth.objects.create(inbox=inbox, workspace=inbox.workspace)
        told = {
            "account": "support@acme.example",
            "smtp_host": "127.0.0.1",
            "carrier": carrier,
            "carrier_secret": SECRET,
            **more,
        }
        store_credentials(inbox, channel("email").credentials.model_validate(told), now=NOON)
        return Mailbox(inbox, carrier, door)

    return made


# ── forms ──


def form(
    fields: Mapping[str, str | bytes],
    files: Mapping[str, tuple[str, str, bytes]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Call:
    lines = []
    for name, value in fields.items():
        content = value if isinstance(value, bytes) else value.encode()
        lines += [
            f'--xYzZY\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode(),
            content,
            b"\r\n",
        ]
    for name, (filename, kind, content) in (files or {}).items():
        lines += [
            f'--xYzZY\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            f"Content-Type: {kind}\r\n\r\n".encode(),
            content,
            b"\r\n",
        ]
    return Call(
        b"".join([*lines, b"--xYzZY--\r\n"]), "multipart/form-data; boundary=xYzZY", dict(headers or {})
    )


def signed(token: str = "a" * 50, secret: str = SECRET) -> dict[str, str]:
    """Mailgun's three fields."""
    known = hmac.new(secret.encode(), f"1793620800{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": "1793620800", "token": token, "signature": known}


def knows(secret: str = SECRET) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"heard:{secret}".encode()).decode()}


# ── the services ──


def mailgun(secret: str = SECRET, **fields: str) -> Call:
    told = {"message-headers": json.dumps(HEADERS), "body-plain": TEXT, "body-html": HTML}
    told |= {"attachment-count": "1", "recipient": "support@acme.example", **signed(secret=secret), **fields}
    return form(dict(told), {"attachment-1": ("photo.png", "image/png", FILE)})


def mailgun_whole(secret: str = SECRET, raw: bytes = RAW) -> Call:
    return form({"body-mime": raw, "recipient": "support@acme.example", **signed(secret=secret)})


def mailgun_without_parts(secret: str = SECRET) -> Call:
    """As Mailgun sends a mail without files."""
    body = urlencode({"body-mime": RAW, **signed(secret=secret)}).encode()
    return Call(body, "application/x-www-form-urlencoded", {})


def postmark(secret: str = SECRET, **more: Any) -> Call:
    rest = [header for header in HEADERS if header[0] not in ("From", "To", "Subject", "Date")]
    told = {
        "FromFull": {"Email": "george@home.example", "Name": "Γιώργος", "MailboxHash": ""},
        "ToFull": [{"Email": "support@acme.example", "Name": "", "MailboxHash": ""}],
        "MessageID": "a8c1040e-db1c-4e18-ac79-bc5f64c7ce2c",
        "Subject": "Πού είναι το δέμα;",
        "Date": "Mon, 02 Nov 2026 12:00:00 +0000",
        "TextBody": TEXT,
        "HtmlBody": HTML,
        "Headers": [{"Name": name, "Value": value} for name, value in rest],
        "Attachments": [
            {"Name": "photo.png", "ContentType": "image/png", "Content": base64.b64encode(FILE).decode()}
        ],
        **more,
    }
    return Call(json.dumps(told).encode(), "application/json", knows(secret))


def sendgrid(secret: str = SECRET, **more: str) -> Call:
    told: dict[str, str | bytes] = {
        "headers": "".join(f"{name}: {value}\n" for name, value in HEADERS),
        "text": TEXT.encode("iso-8859-7"),
        "html": HTML,
        "charsets": json.dumps({"text": "iso-8859-7", "html": "UTF-8"}),
        "envelope": '{"to":["support@acme.example"],"from":"george@home.example"}',
        "attachments": "1",
        "attachment-info": '{"attachment1":{"filename":"photo.png","name":"photo.png","type":"image/png"}}',
        **more,
    }
    return form(told, {"attachment1": ("photo.png", "image/png", FILE)}, knows(secret))


def sendgrid_whole(secret: str = SECRET, raw: bytes = RAW) -> Call:
    return form({"email": raw, "to": "support@acme.example"}, headers=knows(secret))


def brevo(secret: str = SECRET, **more: Any) -> Call:
    headers: dict[str, Any] = {}
    for name, value in HEADERS:
        headers[name] = [headers[name], value] if name in headers else value
    item = {"Uuid": ["1"], "Headers": headers, "RawTextBody": TEXT, "RawHtmlBody": HTML, **more}
    return Call(json.dumps({"items": [item]}).encode(), "application/json", knows(secret))


def amazon(secret: str = SECRET, raw: bytes = RAW, **more: Any) -> Call:
    action = {"type": "SNS", "topicArn": "arn:aws:sns:us-east-1:111111111111:mail", "encoding": "BASE64"}
    event = {
        "notificationType": "Received",
        "receipt": {"recipients": ["support@acme.example"], "action": action},
        "mail": {"source": "jana@home.example", "timestamp": "2026-11-02T12:00:00.000Z"},
        "content": base64.b64encode(raw).decode(),
    }
    told = {"Type": "Notification", "MessageId": "22b80b92", "Message": json.dumps(event), **more}
    known = {"x-amz-sns-message-type": str(told["Type"]), "x-amz-sns-message-id": "22b80b92"}
    return Call(json.dumps(told).encode(), "text/plain; charset=UTF-8", {**known, **knows(secret)})
