"""One raw mail, read into facts. Who wrote, what is new in it, what it answers, and whether to believe it."""

from __future__ import annotations

import hashlib
import html as entities
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from heard.channels.contract import (
    UNKNOWN_TIME,
    Happening,
    Hook,
    Ignored,
    Incoming,
    Kind,
    Media,
    MessageIn,
    Person,
    Receipt,
)
from heard.channels.email.child import read_apart
from heard.channels.email.mail import Address, Bounce, Failed, Mail, Part, Report
from heard.channels.email.marks import marks_in, marks_of
from heard.channels.email.sealed import Seal
from heard.channels.words import N_

NOT_DISPLAYED: Final = N_("This mail could not be displayed. The raw mail can be downloaded.")
NOBODY_TO_ANSWER: Final = N_("The mail does not say clearly who wrote it, so nobody can be answered.")
ENCRYPTED: Final = N_("This mail is encrypted. Whoever has the key can open the file that came with it.")
WRAPPED: Final = N_("The words of this mail lie within its signature, in the file that came with it.")
_CLOSED: Final = {Seal.ENCRYPTED: ENCRYPTED, Seal.WRAPPED: WRAPPED}
NO_TEXT: Final = N_("(no text)")
TOO_LARGE: Final = N_("The mail is too large to be taken in. It is still in the mailbox.")

_OLDEST: Final = timedelta(days=7)
_FOR_OTHERS: Final = (
    "no-reply",
    "noreply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "wordpress",
    "www-data",
)


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A mail and what is known of it besides: headers of the call, and the bytes."""

    mail: Mail
    hook: Hook

    def told(self, name: str) -> str:
        return self.hook.headers.get(name, "").strip()

    @property
    def mailbox(self) -> str:
        return self.told("x-mailbox").lower()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.hook.body).hexdigest()

    @property
    def external_id(self) -> str:
        """A mail without an id of its own gets one that is the same whenever it is read, and in each of our mailboxes."""
        return self.mail.message_id or f"{self.mail.alike or self.digest}@unnamed.invalid"

    @property
    def at(self) -> datetime:
        """The sender's clock, as far as our own server's allows."""
        came = _moment(self.told("x-received-at"))
        said = self.mail.at
        if said is None or came is None:
            return said or came or UNKNOWN_TIME
        return min(max(said, came - _OLDEST), came)

    @property
    def stamp(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "message_id": self.mail.message_id,
            "sha256": self.digest,
            "mailbox": self.mailbox,
        }
        if self.mail.reply_to:
            told["reply_to"] = [one.address for one in self.mail.reply_to]
        return {"at": self.at, "raw": told}


def facts(hook: Hook) -> list[Incoming]:
    """Headers of the call: `x-mailbox`, our address; `x-trusted-hosts`, the mail servers that we believe;
    `x-received-at`, when ours took it; `x-loop`, how we call ourselves in X-Heard-Loop where it is not by our
    address; `x-past` and `x-too-large`.
    """
    trusted = hook.headers.get("x-trusted-hosts", "").replace(",", " ").split()
    arrived = _Arrived(read_apart(hook.body, trusted_hosts=trusted), hook)
    if not hook.body.strip():
        return [Ignored(**arrived.stamp, reason="The mail is empty.")]
    if _is_our_own(arrived):
        return [Ignored(**arrived.stamp, reason="Our own mail came back.")]
    bounce = arrived.mail.bounce
    told = _report(arrived, bounce) if bounce else []
    return told or [_message(arrived)]


def _is_our_own(arrived: _Arrived) -> bool:
    """By the mailbox that it names as the one it left; else by an id such as only Heard gives, from our address."""
    mail = arrived.mail
    if mail.loop and mail.loop.lower() in (arrived.mailbox, arrived.told("x-loop").lower()):
        return True
    local, _, domain = mail.message_id.rpartition("@")
    own_domain = arrived.mailbox.rpartition("@")[2]
    named = bool(marks_of(local)) and domain.lower() == own_domain
    return named and mail.sender is not None and mail.sender.address == arrived.mailbox


# ── reports ──


def _report(arrived: _Arrived, bounce: Bounce) -> list[Incoming]:
    """Nothing: nobody here knows which mail it is about, so a person has to read it."""
    if bounce.report is Report.DISPOSITION:
        return [Ignored(**arrived.stamp, reason="A read receipt.")]
    if not bounce.message_id or not bounce.ours:
        return []
    if bounce.report is Report.COMPLAINT:
        return [_happened(arrived, "spam_complaint", bounce)]
    if bounce.action == "delayed":
        return [_happened(arrived, "delivery_delayed", bounce)]
    if bounce.action not in ("failed", "delivered"):
        return [Ignored(**arrived.stamp, reason="A server passed our mail on.")]
    about = bounce.failed or (Failed(bounce.recipient, bounce.status, bounce.diagnostic),)
    return [_receipt(arrived, bounce, one) for one in about]


def _receipt(arrived: _Arrived, bounce: Bounce, one: Failed) -> Receipt:
    reason = " ".join(part for part in (one.recipient, one.status, one.diagnostic) if part)
    stamp = arrived.stamp
    return Receipt(
        at=stamp["at"],
        raw={**stamp["raw"], "recipient": one.recipient},
        status=bounce.action,
        external_ids=[bounce.message_id],
        recipient=one.recipient,
        reason=reason[:500],
    )


def _happened(arrived: _Arrived, name: str, bounce: Bounce) -> Happening:
    detail = {"message_id": bounce.message_id, "status": bounce.status, "reason": bounce.diagnostic}
    return Happening(**arrived.stamp, name=name, address=bounce.recipient, detail=detail)


# ── what somebody wrote ──


def _message(arrived: _Arrived) -> MessageIn:
    mail = arrived.mail
    author = _author(arrived)
    return MessageIn(
        **arrived.stamp,
        kind=Kind.EMAIL,
        external_id=arrived.external_id,
        thread=mail.refers[-1] if mail.refers else arrived.external_id,
        text=_text(arrived),
        author=author,
        public=False,
        parent=mail.refers[0] if mail.refers else "",
        subject=mail.subject,
        html=_html(mail),
        copies=_copies(arrived, author),
        sent_to=[one.address for one in (*mail.to, *mail.cc)],
        refers=mail.refers,
        marks=marks_in(mail),
        media=[_media(part) for part in mail.parts],
        automatic=mail.automatic,
        verified=_verified(arrived, author),
        note=_note(arrived),
        past=bool(arrived.told("x-past")),
        unanswerable="" if author else NOBODY_TO_ANSWER,
    )


def _author(arrived: _Arrived) -> Person | None:
    """Web forms write in the name of the site they stand on, and say whom to answer in Reply-To."""
    sender = arrived.mail.sender
    others = [one for one in arrived.mail.reply_to if one.address != arrived.mailbox]
    if sender and len(others) == 1 and _writes_for_others(sender, arrived.mailbox):
        return _person(others[0])
    return _person(sender) if sender else None


def _writes_for_others(sender: Address, mailbox: str) -> bool:
    return sender.address == mailbox or sender.address.startswith(_FOR_OTHERS)


def _verified(arrived: _Arrived, author: Person | None) -> bool:
    """Only the address in From is ever proved, and only by a server of ours."""
    sender = arrived.mail.sender
    proved = arrived.mail.authentication.dmarc == "pass"
    return proved and sender is not None and author is not None and sender.address == author.address


def _copies(arrived: _Arrived, author: Person | None) -> list[Person]:
    """Everybody else that it went to, but for ourselves under any of our names."""
    mail = arrived.mail
    local, _, domain = arrived.mailbox.partition("@")
    own = {arrived.mailbox, author.address if author else ""}
    others = {one.address: one for one in (*mail.to, *mail.cc) if one.address not in own}
    return [
        _person(one)
        for one in others.values()
        if not (one.address.startswith(f"{local}+") and one.domain == domain)
    ]


def _person(address: Address) -> Person:
    return Person(address.address, name=address.name)


def _text(arrived: _Arrived) -> str:
    mail = arrived.mail
    if arrived.told("x-too-large"):
        return TOO_LARGE
    if mail.seal in _CLOSED and not mail.said.strip():
        return _CLOSED[Seal(mail.seal)]
    if mail.said:
        return mail.said
    if mail.problem and not mail.html:
        return NOT_DISPLAYED
    return "" if mail.parts or "<img" in mail.html.lower() else NO_TEXT


def _html(mail: Mail) -> str:
    """A mail of plain text has none, unless it repeats something: then this is where that can be unfolded."""
    if mail.html or not mail.quoted:
        return mail.html
    said, quoted = (
        f'<div style="white-space: pre-wrap">{entities.escape(text)}</div>'
        for text in (mail.said, mail.quoted)
    )
    return f'{said}<blockquote type="cite">{quoted}</blockquote>'


def _media(part: Part) -> Media:
    kind = part.content_type.partition("/")[0]
    return Media(
        kind if kind in ("image", "video", "audio") else "file",
        name=part.name,
        content_type=part.content_type,
        detail={
            "part": part.number,
            "size": part.size,
            "content_id": part.content_id,
            "inline": part.inline,
        },
    )


def _note(arrived: _Arrived) -> str:
    mail = arrived.mail
    told = [mail.problem, f"automatic: {mail.why_automatic}" if mail.automatic else ""]
    if mail.seal:
        told.append(mail.seal)
    if mail.shortened:
        told.append("shortened")
    return ", ".join(part for part in told if part)[:300]


def _moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
