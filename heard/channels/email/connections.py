"""Connections of mail programs over the guarded wire, with an end in time.

imaplib and smtplib speak the protocols; they are given a socket that leads where the guard allows. Their own
time-outs begin anew with every byte, so a watch ends the connection when it has lasted too long.
"""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Final

from heard.channels.contract import NotReached, Wire
from heard.channels.email.credentials import EmailCredentials

SILENCE_SECONDS: Final = 20.0
HELLO_NAME: Final = "heard.invalid"  # nobody needs to know what our machine is called


@cache
def _tls() -> ssl.SSLContext:
    """Servers must prove who they are. The file of trusted authorities is the system's, or SSL_CERT_FILE."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _opened(wire: Wire[EmailCredentials], host: str, port: int, *, tls: bool) -> socket.socket:
    """Raises NotReached."""
    plain = wire.connect(host, port)
    plain.settimeout(SILENCE_SECONDS)
    if not tls:
        return plain
    try:
        return _tls().wrap_socket(plain, server_hostname=host)
    except (OSError, ValueError) as error:
        plain.close()
        raise NotReached(f"no safe connection to {host}: {error}") from error


class GuardedImap(imaplib.IMAP4):
    def __init__(self, wire: Wire[EmailCredentials]) -> None:
        self._wire = wire
        mine = wire.credentials
        super().__init__(mine.imap_host, mine.imap_port)
        if mine.imap_security == "STARTTLS":
            self.starttls(_tls())

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        mine = self._wire.credentials
        return _opened(self._wire, mine.imap_host, mine.imap_port, tls=mine.imap_security == "TLS")


class GuardedSmtp(smtplib.SMTP):
    def __init__(self, wire: Wire[EmailCredentials]) -> None:
        self._wire = wire
        mine = wire.credentials
        super().__init__(local_hostname=HELLO_NAME, timeout=SILENCE_SECONDS)
        self._host = mine.smtp_host  # whose name STARTTLS asks the server to prove

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        return _opened(self._wire, host, port, tls=self._wire.credentials.smtp_security == "TLS")

    def secure(self) -> None:
        """Raises smtplib.SMTPNotSupportedError where the server offers no STARTTLS."""
        if self._wire.credentials.smtp_security == "STARTTLS":
            self.ehlo_or_helo_if_needed()
            self.starttls(context=_tls())


@contextmanager
def at_most(client: Any, seconds: float) -> Iterator[None]:
    """Ends the client's connection when it has lasted that long: whoever reads from it sees its end."""
    watch = threading.Timer(seconds, _end, [client])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _end(client: Any) -> None:
    with suppress(OSError, AttributeError):
        # Not SSLSocket.shutdown: that takes TLS away under the one who is reading at this moment.
        socket.socket.shutdown(client.sock, socket.SHUT_RDWR)
