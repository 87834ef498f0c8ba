"""Sending by SMTP: one connection a mail, and one honest answer for every way in which it can end."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final

from heard.channels.calling import without
from heard.channels.contract import (
    NotReached,
    Problem,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Wire,
)
from heard.channels.email.connections import GuardedSmtp, at_most
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.sign_in import xoauth2

# Less than the outbox's leases: whoever claims a mail is done with it, or gone, by then.
SEND_SECONDS: Final = 50.0
SEND_SECONDS_WITH_FILES: Final = 240.0
LARGE: Final = 1024 * 1024  # only files make a mail as large
_ABOUT_US: Final = (421, 530, 534, 535, 538)  # the server goes away, or wants us to sign in
GREYLISTED: Final = timedelta(minutes=5)
# Status codes of RFC 3463 that say what is wrong, whatever the number before them.
_NOBODY: Final = re.compile(
    r"\b5\.1\.[1236]\b|\b5\.2\.[123]\b|no such user|user unknown|does not exist", re.I
)
_TOO_LARGE: Final = re.compile(r"\b5\.3\.4\b|too large|size limit|exceeds", re.I)
_NOT_ALLOWED: Final = re.compile(r"\b5\.7\.\d+\b|spam|blocked|policy|denied|not allowed", re.I)


def send(
    raw: bytes, *, sender: str, to: Sequence[str], wire: Wire[EmailCredentials], needed: str = ""
) -> dict[str, str]:
    """Gives whom the server would not send it to, and why. `sender` is the envelope's, empty for a mail that must
    not bounce. When it refuses `needed`, or everybody, nobody gets it.

    Raises TryAgain, Rejected, ReconnectNeeded or Unconfirmed.
    """
    mine = wire.credentials
    with signed_in(wire, seconds=SEND_SECONDS_WITH_FILES if len(raw) > LARGE else SEND_SECONDS) as client:
        _expect(client.mail(sender, _options(client, raw)), mine, what="the sender")
        refused = _named(client, to, mine, needed=needed)
        _expect(client.docmd("DATA"), mine, what="the mail", wanted=354)
        # Before the last line no server can have taken it: what breaks here is certainly not sent.
        client.send(_stuffed(raw))
        _end(client, mine)
    return refused


def _named(client: GuardedSmtp, to: Sequence[str], mine: EmailCredentials, *, needed: str) -> dict[str, str]:
    """One who cannot be reached, for now or for good, must not cost the others their mail."""
    refused: dict[str, tuple[int, bytes]] = {}
    for address in to:
        told = client.rcpt(address)
        if address != needed and 400 <= told[0] < 600 and told[0] not in _ABOUT_US:
            refused[address] = told
        else:
            _expect(told, mine, what=address)
    if refused and len(refused) == len(to):
        _expect(refused[to[0]], mine, what=to[0])
    return {address: f"{code} {_words(said, mine)}" for address, (code, said) in refused.items()}


def probe(wire: Wire[EmailCredentials]) -> None:
    """Signs in and leaves. Raises TryAgain, Rejected or ReconnectNeeded."""
    with signed_in(wire):
        pass


@contextmanager
def signed_in(wire: Wire[EmailCredentials], *, seconds: float = SEND_SECONDS) -> Iterator[GuardedSmtp]:
    """Raises TryAgain, Rejected or ReconnectNeeded, also for what breaks inside."""
    mine, client = wire.credentials, GuardedSmtp(wire)
    try:
        with at_most(client, seconds):
            _greet(client, mine)
            _sign_in(client, mine)
            yield client
    except NotReached:
        raise TryAgain("The SMTP server could not be reached.") from None
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise TryAgain(f"SMTP: {_said(error, mine)}") from None
    finally:
        _leave(client)


def _greet(client: GuardedSmtp, mine: EmailCredentials) -> None:
    code, said = client.connect(mine.smtp_host, mine.smtp_port)
    if code != 220:
        raise TryAgain(f"SMTP: {code} {_words(said, mine)}", code=str(code))
    try:
        client.secure()
    except smtplib.SMTPNotSupportedError:
        raise ReconnectNeeded("The SMTP server offers no STARTTLS. Choose another security.") from None
    client.ehlo_or_helo_if_needed()


def _sign_in(client: GuardedSmtp, mine: EmailCredentials) -> None:
    try:
        if mine.signs_in:
            client.auth("XOAUTH2", _answers(xoauth2(mine).decode()))
        elif mine.password.get_secret_value():
            client.login(mine.login, mine.password.get_secret_value())
    except smtplib.SMTPAuthenticationError as error:
        said = f"{error.smtp_code} {_words(error.smtp_error, mine)}"
        if error.smtp_code < 500 and error.smtp_code != 432:
            raise TryAgain(f"SMTP: {said}", code=str(error.smtp_code)) from None
        raise ReconnectNeeded(
            f"The SMTP server refused the sign-in: {said}", code=str(error.smtp_code)
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise ReconnectNeeded("The SMTP server offers no sign-in that Heard knows.") from None
    except UnicodeEncodeError:
        raise ReconnectNeeded("SMTP: the user name or password has letters that it cannot carry.") from None


class _answers:
    """The token once; to a second question, which carries the server's reason, an empty answer."""

    def __init__(self, token: str) -> None:
        self.left = [token]

    def __call__(self, challenge: bytes | None = None) -> str:
        return self.left.pop() if self.left else ""


def _options(client: GuardedSmtp, raw: bytes) -> list[str]:
    return [f"SIZE={len(raw)}"] if client.has_extn("size") else []


def _stuffed(raw: bytes) -> bytes:
    """A line that begins with a dot gets another one; every line ends with CRLF."""
    lined = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    stuffed = re.sub(rb"(?m)^\.", b"..", lined)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _end(client: GuardedSmtp, mine: EmailCredentials) -> None:
    try:
        client.send(b".\r\n")
        told = client.getreply()
    except (smtplib.SMTPException, OSError, ValueError):
        raise Unconfirmed(
            "The connection broke after the mail was handed over. Nobody knows whether it was taken."
        ) from None
    _expect(told, mine, what="the mail")


def _expect(told: tuple[int, bytes], mine: EmailCredentials, *, what: str, wanted: int | None = None) -> None:
    code, said = told
    if code == wanted or (wanted is None and 200 <= code < 300):
        return
    words = f"SMTP, about {what}: {code} {_words(said, mine)}"
    if code in (530, 534, 535, 538):
        raise ReconnectNeeded(words, code=str(code))
    if 500 <= code < 600:
        raise Rejected(words, problem=_problem(code, words), code=str(code))
    # 4xx, and what no server should say. Greylisting wants minutes, a server that goes down less.
    raise TryAgain(words, after=GREYLISTED if code in (450, 451) else None, code=str(code))


def _problem(code: int, words: str) -> Problem:
    if code == 552 or _TOO_LARGE.search(words):
        return Problem.MEDIA_REJECTED
    if (code in (550, 551, 553) and not _NOT_ALLOWED.search(words)) or _NOBODY.search(words):
        return Problem.RECIPIENT_BLOCKED
    return Problem.PERMISSION if _NOT_ALLOWED.search(words) or code == 554 else Problem.INVALID


def _leave(client: GuardedSmtp) -> None:
    with suppress(smtplib.SMTPException, OSError, ValueError):
        if client.sock is not None:
            client.sock.settimeout(2.0)
            client.docmd("QUIT")
    with suppress(OSError):
        client.close()


def _words(said: bytes | str, mine: EmailCredentials) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return without(" ".join(text.split()), mine.secrets)


def _said(error: BaseException, mine: EmailCredentials) -> str:
    return _words(str(error), mine) or type(error).__name__
