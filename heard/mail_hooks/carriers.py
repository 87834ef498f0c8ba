"""anymail's views of the mail services, each with the secret of one mailbox and nothing from Django's settings.

Each says where its service puts the whole mail (`whole_mails`); where it does not, anymail puts the mail together
out of fields.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote, urlsplit

from anymail.exceptions import AnymailConfigurationError
from anymail.inbound import AnymailInboundMessage
from anymail.webhooks.amazon_ses import AmazonSESBaseWebhookView, AmazonSESInboundWebhookView
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoInboundWebhookView
from anymail.webhooks.mailgun import MailgunInboundWebhookView
from anymail.webhooks.postmark import PostmarkInboundWebhookView
from anymail.webhooks.sendgrid import SendGridInboundWebhookView
from django.http import HttpRequest

from heard.channels.contract import Carrier, NoAnswer, NotReached, Wire
from heard.inboxes.callback import CARRIER_USER
from heard.mail_hooks.bodies import Fields, NotReadable, mended, one_line, read_form, read_json, set_body

_SNS: Final = re.compile(r"sns\.[a-z0-9-]{1,40}\.amazonaws\.com(\.cn)?")
_BREVO: Final = "https://api.brevo.com/v3/inbound/attachments/"


class NotNow(Exception):
    """Something that we need for this mail did not answer: the service shall come again."""


class _Asking:
    asks_before_it_signs = (
        False  # every call comes without the password first, and is no attempt of a stranger
    )


class Mailgun(_Asking, MailgunInboundWebhookView):
    def read(self, request: HttpRequest, body: bytes) -> None:
        self.fields = read_form(request, body)
        if "message-headers" in request.POST:
            told = read_json(self.fields["message-headers"])
            pairs = [(pair[0], pair[1]) for pair in told if isinstance(pair, list) and len(pair) == 2]
            request.POST["message-headers"] = json.dumps(mended(pairs))  # type: ignore[misc]  # ours is mutable

    def whole_mails(self) -> list[bytes]:
        return _field(self.fields, "body-mime")


class Postmark(_Asking, PostmarkInboundWebhookView):
    def read(self, request: HttpRequest, body: bytes) -> None:
        self.told = _a_dict(read_json(body))
        if isinstance(headers := self.told.get("Headers"), list):
            pairs = [(one.get("Name"), one.get("Value")) for one in headers if isinstance(one, dict)]
            # These stand in fields of their own.
            kept = mended(pairs, without=("from", "to", "cc", "bcc", "subject"))
            self.told["Headers"] = [{"Name": name, "Value": value} for name, value in kept]
        for name in ("Subject", "Date", "ReplyTo"):
            self.told[name] = one_line(str(self.told.get(name) or ""))
        set_body(request, json.dumps(self.told).encode())

    def whole_mails(self) -> list[bytes]:
        return _text(self.told.get("RawEmail"))


class SendGrid(_Asking, SendGridInboundWebhookView):
    def __init__(self, **kwargs: Any) -> None:
        # Past anymail's own, which warns at every call that nobody there has an account for trying it.
        super(SendGridInboundWebhookView, self).__init__(**kwargs)

    def read(self, request: HttpRequest, body: bytes) -> None:
        self.fields = read_form(request, body)

    def whole_mails(self) -> list[bytes]:
        return _field(self.fields, "email")


class Brevo(_Asking, BrevoInboundWebhookView):
    """Its calls name attachments, which are fetched with the key of its API, by our guarded client."""

    wire: Wire[Any] | None = None

    def read(self, request: HttpRequest, body: bytes) -> None:
        told = _a_dict(read_json(body))
        if not isinstance(items := told.get("items"), list):
            raise AnymailConfigurationError("no incoming mail")
        for item in items:
            headers = _a_dict(_a_dict(item).get("Headers") or {}).items()
            pairs = [
                (name, one) for name, some in headers for one in (some if isinstance(some, list) else [some])
            ]
            kept: dict[str, list[str]] = {}
            for name, value in mended(pairs):
                kept.setdefault(name, []).append(value)
            item["Headers"] = kept
        set_body(request, json.dumps(told).encode())

    def whole_mails(self) -> list[bytes]:
        return []

    def _fetch_attachment(self, attachment: Any) -> AnymailInboundMessage:
        """Raises NotNow. What Brevo will not give must not cost the mail: a file says so."""
        assert self.wire is not None
        name = one_line(str(attachment.get("Name") or "file"))
        if not self.api_key:
            return _missing(name, "the mailbox has no API key of Brevo")
        token = quote(str(attachment.get("DownloadToken")), safe="")
        try:
            answer = self.wire.call("GET", f"{_BREVO}{token}", headers={"api-key": self.api_key})
        except (NoAnswer, NotReached) as error:
            raise NotNow from error
        if answer.status == 429 or answer.status >= 500:
            raise NotNow
        if answer.status != 200:
            return _missing(name, f"Brevo answered {answer.status}")
        return AnymailInboundMessage.construct_attachment(
            content_type=one_line(str(attachment.get("ContentType") or "application/octet-stream")),
            content=answer.body,
            filename=name,
            content_id=attachment.get("ContentID"),
        )


class Amazon(_Asking, AmazonSESInboundWebhookView):
    """By SNS, with the mail in the notification. Nothing here speaks to AWS, but for the one look that it asks for."""

    wire: Wire[Any] | None = None
    asks_before_it_signs = True

    def __init__(self, **kwargs: Any) -> None:
        self.auto_confirm_enabled = True
        # Past anymail's own, which wants boto3.
        super(AmazonSESBaseWebhookView, self).__init__(**kwargs)

    def read(self, request: HttpRequest, body: bytes) -> None:
        request._sns_message = _a_dict(read_json(body))  # type: ignore[attr-defined]
        self.told = request._sns_message  # type: ignore[attr-defined]

    def whole_mails(self) -> list[bytes]:
        if self.told.get("Type") != "Notification":
            return []
        event = _a_dict(read_json(str(self.told.get("Message")).encode("utf-8", "replace")))
        content = event.get("content") if event.get("notificationType") == "Received" else None
        if not isinstance(content, str):
            return []
        receipt = _a_dict(event.get("receipt") or {})
        if _a_dict(receipt.get("action") or {}).get("encoding") != "BASE64":
            return _text(content)
        try:
            return [base64.b64decode(content)]
        except (binascii.Error, ValueError) as error:
            raise NotReadable(str(error)) from error

    def auto_confirm_sns_subscription(self, sns_message: Any) -> None:
        """The secret in the address was right, so the topic is ours. Raises NotNow."""
        assert self.wire is not None
        url = str(sns_message.get("SubscribeURL"))
        parts = urlsplit(url)
        if parts.scheme != "https" or not _SNS.fullmatch(parts.netloc):
            raise NotReadable("the address for confirming is not Amazon's")
        try:
            answer = self.wire.call("GET", url)
        except (NoAnswer, NotReached) as error:
            raise NotNow from error
        if answer.status != 200:
            raise NotNow


Reader = Mailgun | Postmark | SendGrid | Brevo | Amazon
READERS: Final[dict[str, Callable[..., Reader]]] = {
    "mailgun": Mailgun,
    "postmark": Postmark,
    "sendgrid": SendGrid,
    "brevo": Brevo,
    "amazon": Amazon,
}


def reader_for(carrier: Carrier, wire: Wire[Any]) -> Reader:
    if carrier.name == "mailgun":
        return Mailgun(webhook_signing_key=carrier.secret, api_key=None, webhook_secret=[])
    secret = [f"{CARRIER_USER}:{carrier.secret}"]
    if carrier.name == "brevo":
        return Brevo(webhook_secret=secret, api_key=carrier.key, api_url=_BREVO, wire=wire)
    if carrier.name == "amazon":
        return Amazon(webhook_secret=secret, wire=wire)
    return READERS[carrier.name](webhook_secret=secret)


def check_password(reader: AnymailBaseWebhookView, request: HttpRequest) -> None:
    """What can be known before the body is read. Raises AnymailWebhookValidationFailure."""
    AnymailBaseWebhookView.validate_request(reader, request)


# ── pieces ──


def _field(fields: Fields, name: str) -> list[bytes]:
    return [fields[name]] if fields.get(name) else []


def _text(told: Any) -> list[bytes]:
    return [told.encode("utf-8", "replace")] if isinstance(told, str) and told else []


def _a_dict(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise NotReadable("something else stands where an object should")
    return told


def _missing(name: str, reason: str) -> AnymailInboundMessage:
    return AnymailInboundMessage.construct_attachment(
        content_type="text/plain",
        content=f"“{name}” could not be fetched: {reason}.".encode(),
        filename=f"{name}.missing.txt",
    )
