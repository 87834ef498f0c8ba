"""E-mail: one mailbox, read by IMAP and answered by SMTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

from heard.channels.contract import (
    Abilities,
    Account,
    BadSignature,
    Carrier,
    Channel,
    CleanHtml,
    Files,
    Grant,
    Hook,
    Incoming,
    Kind,
    Media,
    Outgoing,
    Polled,
    Problem,
    Rejected,
    Renewed,
    Sent,
    Wire,
)
from heard.channels.email import compose, imap, sign_in, smtp
from heard.channels.email.child import PartMissing, part_apart
from heard.channels.email.clean import POLICY, clean_html
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.imap import call_headers
from heard.channels.email.payloads import facts
from heard.channels.email.practice import say_where

_EMAIL: Final = frozenset({Kind.EMAIL})


class Email(Channel[EmailCredentials]):
    """Private letters of one mailbox."""

    slug: ClassVar[str] = "email"
    name: ClassVar[str] = "E-mail"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_EMAIL,
        replies=_EMAIL,
        text_limits={Kind.EMAIL: 100_000},
        media_in=frozenset({"image", "video", "audio", "file"}),
        letters=_EMAIL,
        files={Kind.EMAIL: Files(sizes={"*/*": 18 * 1024 * 1024}, most=10)},
    )
    credentials = EmailCredentials
    renew_before = timedelta(minutes=10)
    raw_type = "message/rfc822"
    html_policy = POLICY
    app = sign_in.EmailApp

    def verify(self, hook: Hook, credentials: EmailCredentials) -> None:
        """Mails are fetched. Whoever calls us with one is a stranger."""
        raise BadSignature("Mails are fetched from the mailbox, nobody may bring one.")

    def parse(self, hook: Hook) -> list[Incoming]:
        return facts(hook)

    def send(self, message: Outgoing, wire: Wire[EmailCredentials]) -> Sent:
        if message.kind is not Kind.EMAIL or message.private_reply:
            raise Rejected("A mail answers mails only.", problem=Problem.INVALID)
        mine = wire.credentials
        to = compose.recipients(message)
        raw = compose.compose(message, mine, now=datetime.now(UTC))
        sender, only = compose.envelope_sender(message, mine), {one.lower() for one in message.only}
        refused = smtp.send(
            raw,
            sender=sender,
            to=[one for one in to if one in only] if only else to,
            needed="" if only else to[0],
            wire=wire,
        )
        if mine.sent_folder and mine.imap_host and not only:
            imap.keep_copy(raw, wire=wire)
        return Sent(self.name_of(message, mine.account), recipient=message.to, refused=refused)

    def name_of(self, message: Outgoing, account: str) -> str:
        return compose.name(message, account)

    def inspect(self, wire: Wire[EmailCredentials]) -> Account:
        mine = wire.credentials
        if mine.imap_host:
            imap.probe(wire)
        smtp.probe(wire)
        return Account(mine.account, name=mine.sender_name or mine.account)

    def subscribe(self, wire: Wire[EmailCredentials], *, hook_url: str) -> None:
        say_where(wire, hook_url)

    # ── what comes ──

    def polls_every(self, credentials: Any) -> timedelta | None:
        return timedelta(minutes=2) if credentials.imap_host else None

    def poll(self, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        return imap.poll(wire, cursor=cursor)

    def waits(self, credentials: Any) -> bool:
        return bool(credentials.imap_host)

    def wait(self, wire: Wire[Any], *, longest: timedelta) -> Iterator[bool]:
        return imap.wait(wire, longest=longest)

    def carrier(self, credentials: Any) -> Carrier | None:
        mine: EmailCredentials = credentials
        if not mine.carrier:
            return None
        return Carrier(
            mine.carrier, mine.carrier_secret.get_secret_value(), mine.carrier_key.get_secret_value()
        )

    def brought(self, raw: bytes, credentials: Any, *, at: datetime) -> Hook:
        return Hook("POST", {}, {**call_headers(credentials), "x-received-at": at.isoformat()}, raw)

    def part(self, hook: Hook, media: Media) -> bytes | None:
        try:
            return part_apart(hook.body, str(media.detail.get("part", "")))
        except PartMissing:
            return None

    def clean(self, html: str, *, inline: Mapping[str, str], remote: bool) -> CleanHtml:
        return clean_html(html, inline=inline, remote=remote)

    # ── signing in at the provider ──

    def authorize_url(self, app: Any, *, redirect_uri: str, state: str) -> str:
        return sign_in.authorize_url(app, redirect_uri=redirect_uri, state=state)

    def grants(self, app: Any, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
        return sign_in.grants(app, code=code, redirect_uri=redirect_uri, wire=wire)

    def renew(self, wire: Wire[Any]) -> Renewed:
        return sign_in.renew(wire)
