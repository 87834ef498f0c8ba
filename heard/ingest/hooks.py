"""The receiver: read the bytes, check the signature on them, store them, say 200. Nothing else.

Raw ASGI without Django on its way, because a network that waits too long stops calling us for good.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import psycopg

from heard.channels.contract import Answer, BadSignature, Channel, Hook
from heard.ingest.directory import CredentialsAway, Directory, HookInbox
from heard.ingest.in_time import InTime
from heard.ingest.store import Call, RawCallStore, StoreAway, StoreFull
from heard.ingest.tally import Tally

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)

BODY_SECONDS = 20.0
# Kept with the call for a later look and for the signature; the rest says nothing.
KEPT_HEADERS = ("content-type", "user-agent")
LONGEST_HEADER = 2000


class TooLarge(Exception):
    pass


class Gone(Exception):
    """The caller went away before the body was complete."""


class Hooks:
    """`GET|POST /hooks/<channel>/<inbox key>`."""

    def __init__(self, *, database_url: str, body_limit: int, room: int) -> None:
        self.body_limit = body_limit
        self.directory = Directory(database_url)
        self.store = RawCallStore(database_url, room=room)
        self.tally = Tally(database_url)

    def open(self) -> None:
        self.store.open()
        self.tally.open()

    async def close(self) -> None:
        await self.store.close()
        await self.tally.close()
        await self.directory.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(scope, receive)
        except Gone:
            return
        await _respond(send, answer)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        try:
            inbox = await self._inbox(scope)
        except (psycopg.Error, CredentialsAway):
            return _words(503, "This inbox cannot be looked up. Please call again.")
        if inbox is None:
            return _words(404, "No inbox has this address.")
        if scope["method"] == "GET":
            return self._challenge(scope, inbox)
        if scope["method"] != "POST":
            return _words(405, "Hooks are called with GET or POST.")
        return await self._take(scope, receive, inbox)

    async def _inbox(self, scope: Scope) -> HookInbox | None:
        parts = scope["path"].split("/")
        if len(parts) != 4:
            return None
        # A handshake follows upon new credentials at once; deliveries come all the time.
        return await self.directory.find(parts[2], parts[3], anew=scope["method"] == "GET")

    def _challenge(self, scope: Scope, inbox: HookInbox) -> Answer:
        hook = Hook("GET", _query(scope), _headers(scope), b"")
        answer = inbox.channel.challenge(hook, inbox.credentials)
        return answer or _words(404, "This is no handshake of this network.")

    async def _take(self, scope: Scope, receive: Receive, inbox: HookInbox) -> Answer:
        headers = _headers(scope)
        try:
            with InTime(BODY_SECONDS):
                body = await _read(receive, self.body_limit, headers.get("content-length", ""))
        except TooLarge:
            self.tally.refused(inbox.id, "too_large")
            return _words(413, f"A call may have {self.body_limit} bytes at the most.")
        except TimeoutError:
            self.tally.refused(inbox.id, "too_slow")
            return _words(408, "The body did not come in time.")
        hook = Hook("POST", _query(scope), headers, body)
        if not _is_signed(hook, inbox):
            try:
                signed_for = await self._newly_signed(scope, hook)
            except (psycopg.Error, CredentialsAway):
                return _words(503, "This inbox cannot be looked up. Please call again.")
            if signed_for is None:
                self.tally.bad_signature(inbox.id)
                return _words(401, "The signature does not fit the body.")
            inbox = signed_for
        challenge = inbox.channel.challenge(hook, inbox.credentials)
        return challenge or await self._store(inbox, hook)

    async def _newly_signed(self, scope: Scope, hook: Hook) -> HookInbox | None:
        """Some networks sign their handshake, and it follows upon new credentials at once."""
        _, _, slug, key = scope["path"].split("/")
        inbox = await self.directory.look_again(slug, key)
        return inbox if inbox and _is_signed(hook, inbox) else None

    async def _store(self, inbox: HookInbox, hook: Hook) -> Answer:
        call = Call(inbox.workspace_id, inbox.id, _kept(hook.headers), hook.body)
        try:
            await self.store.put(call)
        except (StoreFull, StoreAway):
            return _words(503, "It could not be stored. Please call again.")
        return _said_at_once(inbox, hook) or OK


def _is_signed(hook: Hook, inbox: HookInbox) -> bool:
    try:
        inbox.channel.verify(hook, inbox.credentials)
    except BadSignature:
        return False
    return True


def _said_at_once(inbox: HookInbox, hook: Hook) -> Answer | None:
    """Whatever goes wrong here, the call is stored: the network must not bring it again."""
    if type(inbox.channel).answer is Channel.answer:
        return None
    try:
        return inbox.channel.answer(hook, inbox.credentials)
    except Exception:
        log.exception("%s gave no answer to a call for inbox %d", inbox.channel.name, inbox.id)
        return None


def _query(scope: Scope) -> dict[str, str]:
    """Not kept with the call: there is a handshake in it, or a signature that has been checked."""
    asked = scope["query_string"]
    return dict(parse_qsl(asked.decode("latin-1"), keep_blank_values=True)) if asked else {}


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _kept(headers: dict[str, str] | Any) -> dict[str, str]:
    return {
        name: value[:LONGEST_HEADER].replace("\x00", "")
        for name, value in headers.items()
        if name in KEPT_HEADERS or "signature" in name
    }


async def _read(receive: Receive, limit: int, announced: str) -> bytes:
    """Up to the announced length: to be told that nothing follows takes as long as the body itself."""
    parts, size = [], 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        part = event.get("body", b"")
        size += len(part)
        if size > limit:
            raise TooLarge
        parts.append(part)
        if str(size) == announced or not event.get("more_body"):
            return b"".join(parts) if len(parts) > 1 else parts[0]


def _words(status: int, sentence: str) -> Answer:
    return Answer(status, sentence.encode())


async def _respond(send: Send, answer: Answer) -> None:
    start, body = _SAID_OK if answer is OK else _said(answer)
    await send(start)
    await send(body)


def _said(answer: Answer) -> tuple[dict[str, Any], dict[str, Any]]:
    start = {"type": "http.response.start", "status": answer.status, "headers": _fields(answer)}
    return start, {"type": "http.response.body", "body": answer.body}


def _fields(answer: Answer) -> list[tuple[bytes, bytes]]:
    fields = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    if answer.status == 503:
        fields.append((b"retry-after", b"5"))
    return fields


OK = _words(200, "ok")
_SAID_OK = _said(OK)
