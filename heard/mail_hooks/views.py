"""`POST /mail-hooks/<service>/<inbox key>`: a mail service brings a mail of a mailbox."""

from __future__ import annotations

import logging
from typing import Any, Final

from anymail.exceptions import AnymailConfigurationError, AnymailError
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from heard.channels.contract import Credentials, TakesBrought
from heard.channels.registry import channel
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.models import Inbox
from heard.inboxes.wire import wire_for
from heard.ingest.brought import count_bad_signature, count_refused, take_brought
from heard.mail_hooks.bodies import NotReadable, set_body
from heard.mail_hooks.carriers import NotNow, Reader, check_password, reader_for
from heard.mail_hooks.mime import mime_of, wrapped

log = logging.getLogger(__name__)

MOST_BYTES: Final = 30 * 1024 * 1024
# What anymail, and the libraries that it asks, stumble over in a body that is not as documented.
UNLIKE_DOCUMENTED = (
    NotReadable,
    AnymailError,
    SuspiciousOperation,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
    RecursionError,
)


class _Unsigned(Exception):
    pass


@require_http_methods(["POST", "HEAD"])
def take(request: HttpRequest, carrier: str, key: str) -> HttpResponse:
    try:
        found = _mailbox(carrier, key)
        if found is None:
            return _words(404, "No mailbox has this address.")
        if request.method == "HEAD":
            return _words(200, "")  # some services look whether anybody is there
        return _take(request, *found)
    except (DatabaseError, InterfaceError, CannotOpen, NotNow) as error:
        log.warning("a mail that a service brought was not taken: %s", type(error).__name__)
        return _words(503, "It could not be stored. Please call again.")


def _mailbox(carrier: str, key: str) -> tuple[Inbox, Credentials, Reader] | None:
    """Raises CannotOpen."""
    inbox = Inbox.objects.filter(key=key).first() if len(key) <= 40 and "\x00" not in key else None
    if inbox is None:
        return None
    network = channel(inbox.channel)
    if not isinstance(network, TakesBrought):
        return None
    try:
        credentials = credentials_of(inbox)
    except NotConnected:
        return None
    known = network.carrier(credentials)
    if known is None or known.name != carrier:
        return None
    return inbox, credentials, reader_for(known, wire_for(credentials))


def _take(request: HttpRequest, inbox: Inbox, credentials: Credentials, reader: Reader) -> HttpResponse:
    """Raises NotNow, or what the database says."""
    now = timezone.now()
    try:
        check_password(reader, request)
        size = _size(request)
        if size is None:
            return _words(411, "A call says how long it is.")
        if size > MOST_BYTES:
            count_refused(inbox, reason="too_large", now=now)
            return _words(413, f"A call may have {MOST_BYTES} bytes at the most.")
        body = _read(request, size)
        if body is None:
            return _words(400, "The body ended before its end.")
        set_body(request, body)
        mails = _mails(reader, request, body)
    except (_Unsigned, SuspiciousOperation):
        if "Authorization" in request.headers or not reader.asks_before_it_signs:
            count_bad_signature(inbox, now=now)
        return _words(401, "The signature or the password does not fit.")
    except AnymailConfigurationError:
        count_refused(inbox, reason="no_incoming_mail", now=now)
        return _words(406, "This is no incoming mail. Heard wants nothing else here.")
    take_brought(inbox, mails, credentials=credentials, now=now)
    return _words(200, "ok")


def _mails(reader: Reader, request: HttpRequest, body: bytes) -> list[bytes]:
    """Whatever is signed is kept. Raises _Unsigned, AnymailConfigurationError or NotNow."""
    unread: Exception | None = None
    try:
        reader.read(request, body)
    except AnymailConfigurationError:
        raise
    except UNLIKE_DOCUMENTED as error:
        unread = error
    _check_signature(reader, request, unread)
    if unread is None:
        try:
            return reader.whole_mails() or [mime_of(event.message) for event in _events(reader, request)]
        except AnymailConfigurationError:
            raise
        except UNLIKE_DOCUMENTED as error:
            unread = error
    log.warning("%s brought what could not be read: %s", reader.esp_name, type(unread).__name__)
    return [wrapped(body, request.META.get("CONTENT_TYPE", ""))]


def _check_signature(reader: Reader, request: HttpRequest, unread: Exception | None) -> None:
    """Raises _Unsigned. A password was seen before; a body that could not be read has no signature to trust."""
    if unread is not None and reader.basic_auth:
        return
    try:
        reader.run_validators(request)
    except UNLIKE_DOCUMENTED as error:
        raise _Unsigned from error


def _events(reader: Reader, request: HttpRequest) -> list[Any]:
    events: list[Any] = reader.parse_events(request)
    return events


def _size(request: HttpRequest) -> int | None:
    told = request.META.get("CONTENT_LENGTH") or ""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None


def _read(request: HttpRequest, size: int) -> bytes | None:
    """None: the caller went away. What is cut off must not be taken for a mail."""
    try:
        body = request.read(size)
    except OSError:
        return None
    return body if len(body) == size else None


def _words(status: int, sentence: str) -> HttpResponse:
    response = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if status == 503:
        response["Retry-After"] = "60"
    if status == 401:
        # Amazon names its password only when it is asked.
        response["WWW-Authenticate"] = 'Basic realm="Heard"'
    return response
