"""The SMTP server of the company's mail service: takes what Heard sends, and refuses as real ones do."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from heard.sandbox.delivery.faults import due
from heard.sandbox.postbox.held import HOST
from heard.sandbox.postbox.things import Mailbox

if TYPE_CHECKING:
    from heard.sandbox.postbox.twin import Postbox

LARGEST = 26 * 1024 * 1024
REFUSALS: dict[int | str, str] = {
    429: "451 4.7.1 Too many mails, come back later",
    500: "421 4.3.0 The server is not well",
    "window": "554 5.7.1 Refused by policy",
    "permission": "550 5.7.1 You may not send this",
    "blocked": "550 5.1.1 Nobody of that name lives here",
    "token_expired": "535 5.7.8 Wrong user name or password",
}

# It writes about every connection that somebody cuts, and cutting is what the faults are for.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class Door:
    def __init__(self, twin: Postbox) -> None:
        self.twin = twin
        self.handle_DATA = self._take  # as aiosmtpd finds it
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> int:
        """On this port when it is free, else on any. Gives the port."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(self._talk, host, port)
        except OSError:
            self._server = await loop.create_server(self._talk, host, 0)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def _talk(self) -> SMTP:
        return SMTP(
            self,
            hostname=f"smtp.{HOST}",
            data_size_limit=LARGEST,
            authenticator=self._knows,
            auth_require_tls=False,
            loop=asyncio.get_running_loop(),
        )

    def _knows(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, told: Any
    ) -> AuthResult:
        faults = self.twin.faults
        if due(faults, "smtp/AUTH", changes=False) == "token_expired":
            faults.use_up()
            return AuthResult(success=False, handled=False)
        if not isinstance(told, LoginPassword):
            return AuthResult(success=False, handled=False)
        mailbox = self.twin.held.mailbox_at(told.login.decode("utf-8", "replace"))
        right = mailbox is not None and not mailbox.revoked
        right = right and mailbox is not None and told.password.decode("utf-8", "replace") == mailbox.password
        return AuthResult(success=right, handled=False, auth_data=mailbox)

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Sign in first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Fine"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refused := self.twin.refusal_of(address):
            self.twin.note(_signed_in(session), "RCPT", {"to": address}, refused)
            return refused
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def _take(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        faults = self.twin.faults
        fault = due(faults, "smtp/DATA", changes=True)
        if fault is not None:
            faults.use_up()
        if fault == "timeout":
            await asyncio.sleep(faults.hold_s)
            return self._cut(server)
        if fault is not None and fault != "reset_after_accept":
            self.twin.note(_signed_in(session), "DATA", {"to": envelope.rcpt_tos}, REFUSALS[fault])
            return REFUSALS[fault]
        assert isinstance(envelope.content, bytes)
        self.twin.take(_signed_in(session), envelope.content, to=envelope.rcpt_tos)
        return self._cut(server) if fault else "250 2.0.0 Taken"

    def _cut(self, server: SMTP) -> str:
        """Nobody is told how it ended."""
        if isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "421 4.3.0 Gone"


def _signed_in(session: Session) -> Mailbox:
    told: Any = session.auth_data
    assert isinstance(told, Mailbox)
    return told
