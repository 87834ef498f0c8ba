"""Reading a mailbox by IMAP: what is new since the last look, without touching it.

Mails are named by UIDs, which mean something only together with UIDVALIDITY. When that changes, the folder is
read again by date; that a mail was there before is seen by its Message-ID. Nothing is marked as read or moved.
"""

from __future__ import annotations

import imaplib
import logging
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NoReturn

from imap_tools.imap_utf7 import utf7_encode

from heard.channels.calling import without
from heard.channels.contract import (
    Hook,
    NoAnswer,
    NotReached,
    Polled,
    Problem,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Wire,
)
from heard.channels.email.connections import GuardedImap, at_most
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.sign_in import xoauth2

LARGEST: Final = 30 * 1024 * 1024  # of one mail; of a larger one only the headers are taken
MOST_MAILS, MOST_BYTES = 50, 40 * 1024 * 1024  # in one look
LOOK_SECONDS: Final = 120.0
FIRST_LOOK: Final = timedelta(days=7)  # back from the day on which the mailbox is connected
OVERLAP: Final = timedelta(days=2)  # when UIDs have lost their meaning; IMAP's dates have no zone
HISTORY: Final = timedelta(days=2)  # on the first look, what is older is known and waits for nobody
SIGN_SECONDS: Final = 15.0
COPY_SECONDS: Final = 20.0

log = logging.getLogger(__name__)

_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_UID: Final = re.compile(rb"UID (\d+)")
# Codes of RFC 5530, and words of those who do not know it, for "not now".
_NOT_NOW: Final = re.compile(
    r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN|THROTTLED|OVERQUOTA)\]"
    r"|too many|try again|temporar|rate limit|throttl|server busy",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a look begins and, as the cursor, where the next one will.

    `since`: by date and not by UID, from that day. `seen` is the day of the last complete look, for when UIDs
    lose their meaning. What came before `past` is history. `newest` is the last UID when the look began.
    """

    uidvalidity: str = ""
    uid: int = 0
    folder: str = ""
    seen: str = ""
    past: str = ""
    since: str = ""
    newest: int = 0

    @classmethod
    def of(cls, cursor: Mapping[str, str]) -> Place:
        uid = cursor.get("uid", "0")
        return cls(
            uidvalidity=cursor.get("uidvalidity", ""),
            uid=int(uid) if uid.isdigit() else 0,
            folder=cursor.get("folder", ""),
            seen=cursor.get("seen", ""),
            past=cursor.get("past", ""),
        )

    @property
    def cursor(self) -> dict[str, str]:
        told = {name: getattr(self, name) for name in ("uidvalidity", "folder", "seen", "past")}
        return {**told, "uid": str(self.uid)}


@dataclass
class _Load:
    """What one look carries, and whether more fits in."""

    calls: list[Hook] = field(default_factory=list)
    bytes: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + LOOK_SECONDS * 0.75)

    @property
    def is_full(self) -> bool:
        return len(self.calls) >= MOST_MAILS or self.bytes >= MOST_BYTES or time.monotonic() > self.until

    def add(self, hook: Hook | None) -> None:
        if hook is not None:
            self.calls.append(hook)
            self.bytes += len(hook.body)


def poll(wire: Wire[EmailCredentials], *, cursor: Mapping[str, str]) -> Polled:
    """Raises TryAgain or ReconnectNeeded."""
    with signed_in(wire, seconds=LOOK_SECONDS) as client:
        begun = _begun(client, Place.of(cursor), wire.credentials.folder)
        load, done = _Load(), begun.uid
        uids = _new_uids(client, begun)
        for uid in uids:
            if load.is_full:
                break
            load.add(_take(client, uid, wire.credentials, begun))
            done = uid
        complete = not uids or done == uids[-1]
    if complete:
        begun = replace(begun, since="", seen=_today().isoformat())
        done = max(done, begun.newest)
    return Polled(calls=load.calls, cursor=replace(begun, uid=done).cursor, more=not complete)


def wait(wire: Wire[EmailCredentials], *, longest: timedelta) -> Iterator[bool]:
    """IDLE on one connection. Raises TryAgain, Rejected or ReconnectNeeded."""
    until = time.monotonic() + longest.total_seconds()
    with signed_in(wire, seconds=longest.total_seconds() + 60) as client:
        if "IDLE" not in client.capabilities:
            raise Rejected("The mail server does not tell when something comes.", problem=Problem.INVALID)
        _select(client, wire.credentials.folder)
        client.send(b"WAIT IDLE\r\n")
        if not client.readline().startswith(b"+"):
            raise TryAgain("The mail server did not begin to wait.")
        yield True  # what came before we waited rang for nobody
        client.sock.settimeout(SIGN_SECONDS)
        while time.monotonic() < until:
            # From the socket, for the client's own reader is of no use any more after a time-out.
            try:
                told = client.sock.recv(4096)
            except TimeoutError:
                yield False
                continue
            if not told:
                raise TryAgain("The mail server ended the connection.")
            yield b"EXISTS" in told.upper()
        client.send(b"DONE\r\n")


def probe(wire: Wire[EmailCredentials]) -> None:
    """Signs in, opens the folder and leaves. Raises TryAgain or ReconnectNeeded."""
    with signed_in(wire, seconds=30) as client:
        _select(client, wire.credentials.folder)


def keep_copy(raw: bytes, *, wire: Wire[EmailCredentials]) -> None:
    """Into the folder for what was sent. The mail has left by then, so nothing that goes wrong here is raised:
    it would be sent a second time."""
    folder = wire.credentials.sent_folder
    try:
        with signed_in(wire, seconds=COPY_SECONDS) as client:
            told, said = client.append(_quoted_name(folder), r"(\Seen)", "", raw)
            if told != "OK":
                log.warning("no copy in the folder %r: %s", folder, said)
    except (TryAgain, ReconnectNeeded, Rejected) as failed:
        log.warning("no copy in the folder %r: %s", folder, failed.reason)


# ── one connection ──


@contextmanager
def signed_in(wire: Wire[EmailCredentials], *, seconds: float) -> Iterator[GuardedImap]:
    """Raises TryAgain or ReconnectNeeded, also for what goes wrong inside."""
    try:
        client = GuardedImap(wire)
    except NotReached:
        raise TryAgain("The IMAP server could not be reached.") from None
    except (imaplib.IMAP4.error, OSError, NoAnswer):
        raise TryAgain("The IMAP server did not answer as one.") from None
    try:
        with at_most(client, seconds):
            _sign_in(client, wire.credentials)
            yield client
    except (imaplib.IMAP4.error, OSError) as error:
        raise TryAgain(f"IMAP: {_said(error, wire.credentials)}") from None
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            client.sock.settimeout(2.0)
            client.logout()


def _sign_in(client: GuardedImap, mine: EmailCredentials) -> None:
    try:
        if mine.signs_in:
            client.authenticate("XOAUTH2", _answers(xoauth2(mine)))
        else:
            client.login(mine.login, mine.password.get_secret_value())
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        _refused(_said(error, mine))
    except UnicodeEncodeError:
        raise ReconnectNeeded("IMAP: the user name or password has letters that IMAP cannot carry.") from None


def _answers(token: bytes) -> Any:
    """The token once; to a second question, which carries the server's reason, an empty answer."""
    left = [token]
    return lambda _challenge: left.pop() if left else b""


def _refused(said: str) -> NoReturn:
    if _NOT_NOW.search(said):
        raise TryAgain(f"IMAP: {said}", after=timedelta(minutes=5))
    raise ReconnectNeeded(f"The IMAP server refused the sign-in: {said}")


def _said(error: BaseException, mine: EmailCredentials) -> str:
    told = str(error.args[0] if error.args else error)
    if told.startswith("b'") and told.endswith("'"):
        told = told[2:-1]
    return without(" ".join(told.split()), mine.secrets) or type(error).__name__


# ── commands ──


def _select(client: GuardedImap, folder: str) -> str:
    """Read only. Gives UIDVALIDITY."""
    status, _told = client.select(_quoted_name(folder), readonly=True)
    if status != "OK":
        raise ReconnectNeeded(f"The mailbox has no folder “{folder}”.")
    found = client.response("UIDVALIDITY")[1]
    return found[0].decode("ascii", "replace") if found and found[0] else "0"


def _quoted_name(folder: str) -> str:
    """As IMAP wants it: letters beyond ASCII in its own UTF-7 (RFC 3501, 5.1.3)."""
    name = utf7_encode(folder).decode("ascii")
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _search(client: GuardedImap, asked: str) -> list[int]:
    """In ascending order."""
    status, told = client.uid("SEARCH", asked)
    if status != "OK":
        raise TryAgain("The IMAP server could not search.")
    return sorted(int(number) for number in b" ".join(one or b"" for one in told).split() if number.isdigit())


def _begun(client: GuardedImap, place: Place, folder: str) -> Place:
    uidvalidity = _select(client, folder)
    # Before the search, so that what comes in between is in the search or in the next look.
    newest = max(_search(client, "UID *"), default=0)
    if not place.uidvalidity or place.folder != folder:
        since, past = _today() - FIRST_LOOK, (datetime.now(UTC) - HISTORY).isoformat()
        return Place(uidvalidity, 0, folder, _today().isoformat(), past, since.isoformat(), newest)
    if place.uidvalidity != uidvalidity:
        since = _day(place.seen) - OVERLAP
        return replace(place, uidvalidity=uidvalidity, uid=0, since=since.isoformat(), newest=newest)
    return replace(place, newest=newest)


def _new_uids(client: GuardedImap, begun: Place) -> list[int]:
    if begun.since:
        return _search(client, f"SINCE {_imap_day(_day(begun.since))}")
    # "n:*" always gives the last mail, also when its UID is smaller.
    return [uid for uid in _search(client, f"UID {begun.uid + 1}:*") if uid > begun.uid]


def _take(client: GuardedImap, uid: int, mine: EmailCredentials, begun: Place) -> Hook | None:
    """None: the mail was taken away meanwhile."""
    about = _fetched(client, uid, "(UID RFC822.SIZE INTERNALDATE)")
    size = _SIZE.search(b" ".join(about.words))
    if size is None:
        return None
    headers = _headers(uid, _received(about.words), mine, begun)
    if int(size[1]) > LARGEST:
        headers["x-too-large"] = size[1].decode()
    whole = _fetched(
        client, uid, "(UID BODY.PEEK[HEADER])" if int(size[1]) > LARGEST else "(UID BODY.PEEK[])"
    )
    return Hook("POST", {}, headers, whole.body) if whole.body is not None else None


def call_headers(mine: EmailCredentials) -> dict[str, str]:
    """What every call that carries a mail of this mailbox says, whoever brought it."""
    told = {
        "x-mailbox": mine.account,
        "x-loop": mine.account,
    }  # the latter: what our own machines put on theirs
    if mine.trusted:
        told["x-trusted-hosts"] = " ".join(mine.trusted)
    return told


def _headers(uid: int, received: datetime | None, mine: EmailCredentials, begun: Place) -> dict[str, str]:
    """What the call says beside the mail itself."""
    told = {
        **call_headers(mine),
        "x-folder": begun.folder,
        "x-uidvalidity": begun.uidvalidity,
        "x-uid": str(uid),
    }
    if received is not None:
        told["x-received-at"] = received.isoformat()
        if begun.past and received.isoformat() < begun.past:
            told["x-past"] = "yes"
    return told


@dataclass(frozen=True, slots=True)
class _Fetched:
    words: Sequence[bytes]
    body: bytes | None


def _fetched(client: GuardedImap, uid: int, what: str) -> _Fetched:
    """Servers mix in news about other mails: only what names this UID counts."""
    status, told = client.uid("FETCH", str(uid), what)
    if status != "OK":
        raise TryAgain("The IMAP server could not hand over a mail.")
    words: list[bytes] = []
    body: bytes | None = None
    for position, one in enumerate(told):
        line = one[0] if isinstance(one, tuple) else one
        after = told[position + 1] if position + 1 < len(told) else b""
        rest = after if isinstance(one, tuple) and isinstance(after, bytes) else b""
        named = _UID.search(line or b"") or _UID.search(rest)
        if named is None or int(named[1]) != uid:
            continue
        words.append(line)
        if isinstance(one, tuple):
            body = one[1]
    return _Fetched(words, body)


def _received(words: Sequence[bytes]) -> datetime | None:
    found = imaplib.Internaldate2tuple(b" ".join(words))
    return datetime.fromtimestamp(time.mktime(found), UTC) if found else None


def _today() -> date:
    return datetime.now(UTC).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _today() - FIRST_LOOK


def _imap_day(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"
