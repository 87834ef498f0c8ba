"""Raw bytes of a mail → what it says. Never raises: what cannot be read becomes a problem in words.

It is meant for the child process of `child.py`, which has bounds of memory and time. Bounds that can be seen
beforehand are kept here: headers, parts, depth, addresses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from heard.channels.email import parts
from heard.channels.email.addresses import addresses, bare_address, ids_in, only_address
from heard.channels.email.authentication import authentication
from heard.channels.email.automatic import why_automatic
from heard.channels.email.body import body, part_bytes
from heard.channels.email.bounces import report_in
from heard.channels.email.headers import Headers
from heard.channels.email.letters import header_text
from heard.channels.email.mail import MAX_ADDRESSES, MAX_REFERS, MAX_SUBJECT, Mail
from heard.channels.email.parts import Node
from heard.channels.email.sealed import seal_of
from heard.channels.email.subjects import is_forwarded
from heard.channels.words import N_

UNREADABLE: Final = N_("The mail could not be read.")
NO_SENDER: Final = N_("The mail does not say clearly who wrote it.")
MORE_SENDERS: Final = N_("The mail names more than one sender.")
TOO_MANY_ADDRESSES: Final = N_("The mail went to more than 200 addresses. Not all are shown.")

_NOTED_BY_OUR_SERVERS: Final = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-delivered-to",
)
_OLDEST: Final = timedelta(days=7)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def read(raw: bytes, *, trusted_hosts: Sequence[str] = (), careful: bool = False) -> Mail:
    """`careful`: without the parsers of others, and with less of the text: the second try."""
    try:
        return _read(raw, trusted_hosts, careful)
    except (
        Exception
    ):  # a stranger wrote these bytes to find the line that fails; the mail must be seen all the same
        return Mail(problem=UNREADABLE) if careful else read(raw, trusted_hosts=trusted_hosts, careful=True)


def part_of(raw: bytes, number: str) -> bytes | None:
    """The bytes of one part; None where there is none with this number. Never raises."""
    try:
        root, _ = parts.cut(raw)
        return part_bytes(raw, root, number)
    except Exception:  # as above
        return None


def _read(raw: bytes, trusted_hosts: Sequence[str], careful: bool) -> Mail:
    root, problem = parts.cut(raw)
    known = root.headers
    subject = header_text(known.first("subject"), most=MAX_SUBJECT, declared=_charset(root))
    sender = only_address(known.all("from"))
    return_path = _return_path(known)
    found = body(raw, root, forwarded=is_forwarded(subject), careful=careful)
    refers = _refers(known)
    why = why_automatic(
        known,
        sender=sender.address if sender else "",
        return_path=return_path,
        content_type=root.content_type,
        subject=subject,
        answers=bool(refers),
    )
    bounce = report_in(
        raw,
        root,
        sender=sender.address if sender else "",
        return_path=return_path,
        subject=subject,
        text=found.text,
    )
    people = addresses(known.all("to")), addresses(known.all("cc"))
    if sum(map(len, people)) > MAX_ADDRESSES:
        problem = problem or TOO_MANY_ADDRESSES
    if sender is None:
        problem = MORE_SENDERS if len(known.all("from")) > 1 else NO_SENDER
    return Mail(
        message_id=_message_id(known),
        alike=_alike(raw, root),
        refers=refers,
        sender=sender,
        reply_to=addresses(known.all("reply-to"))[:10],
        to=people[0][:MAX_ADDRESSES],
        cc=people[1][: max(0, MAX_ADDRESSES - len(people[0]))],
        delivered_to=_delivered_to(known),
        return_path=return_path,
        loop=known.word("x-heard-loop")[:200],
        subject=subject,
        at=_at(known),
        text=found.text,
        said=found.said,
        quoted=found.quoted,
        html=found.html,
        shortened=found.shortened,
        parts=tuple(found.files),
        calendar=found.calendar,
        seal=seal_of(root, found.text),
        automatic=bool(why or bounce),
        why_automatic=why or ("report" if bounce else ""),
        bounce=bounce,
        authentication=authentication(
            known, trusted_hosts=trusted_hosts, sender_domain=sender.domain if sender else ""
        ),
        problem=problem,
    )


def _charset(root: Node) -> str:
    """What the mail's own words are written in: bare letters in its headers are most likely, too."""
    named = (leaf.parameters.get("charset", "") for leaf in root.leaves())
    return next((name for name in named if name), "")


def _message_id(known: Headers) -> str:
    return next(iter(ids_in(known.first("message-id"))), "")


def _alike(raw: bytes, root: Node) -> str:
    """Of what its writer wrote; on its way to each of our mailboxes a copy gets headers of its own.

    Without a date nothing tells two mails with the same words from one.
    """
    known = root.headers
    if _message_id(known) or not known.first("date").strip():
        return ""
    told = [known.first(name).strip() for name in ("date", "from", "subject")]
    return hashlib.sha256(b"\0".join([*told, raw[root.start :].strip()])).hexdigest()


def _refers(known: Headers) -> tuple[str, ...]:
    """The first of what it answers, then the conversation from its end to its beginning."""
    answered = ids_in(known.first("in-reply-to"))
    earlier = ids_in(b" ".join(known.all("references")))
    first = earlier[:1] if len(earlier) > MAX_REFERS else []
    named = dict.fromkeys([*answered, *reversed(earlier[-MAX_REFERS:]), *first])
    own = _message_id(known)
    return tuple(one for one in named if one != own)[: MAX_REFERS + 2]


def _return_path(known: Headers) -> str | None:
    if "return-path" not in known:
        return None
    told = known.word("return-path")
    return "" if told.replace(" ", "") in ("<>", "") else bare_address(known.first("return-path")) or None


def _delivered_to(known: Headers) -> tuple[str, ...]:
    named = (bare_address(value) for name in _NOTED_BY_OUR_SERVERS for value in known.all(name)[:10])
    return tuple(dict.fromkeys(address for address in named if address))


def _at(known: Headers) -> datetime | None:
    """What the sender says, as far as our own server's stamp allows: a clock may be wrong by years."""
    said = _time(known.first("date"))
    came = _time(known.first("received").rpartition(b";")[2])
    if said is None or came is None:
        return said or came
    return min(max(said, came - _OLDEST), came)


def _time(value: bytes) -> datetime | None:
    try:
        read = parsedate_to_datetime(value[:200].decode("latin-1"))
        read = (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return read if _FIRST_YEAR <= read.year <= _LAST_YEAR else None
