"""The twin of a mail service: mailboxes of a company, and customers with mail programs of their own.

What Heard sends comes by SMTP; what customers write is brought to Heard's hook as a mail service brings it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from heard.channels.words import N_
from heard.sandbox.answers import Json
from heard.sandbox.calls import Calls
from heard.sandbox.control.access import refused
from heard.sandbox.delivery.engine import Manner
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.delivery.faults import Faults, due
from heard.sandbox.ground import Ground
from heard.sandbox.pages.site import Site
from heard.sandbox.persons import KNOWN, Person
from heard.sandbox.postbox import page, verbs
from heard.sandbox.postbox.door import REFUSALS, Door
from heard.sandbox.postbox.held import HOST, Held
from heard.sandbox.postbox.hooks import brought
from heard.sandbox.postbox.mime import MX, Told, bounce, told
from heard.sandbox.postbox.things import Letter, Mailbox
from heard.sandbox.talks.twin import MAGIC
from heard.sandbox.twin import Account, Place
from heard.sandbox.twin import Door as Way
from heard.sandbox.wish import BadWish, Verb

SLUG: Final = "email"
ADDRESS, NAME = f"support@{HOST}", "Acme Shop"
NOBODY = "Nobody of that name lives here"


class Postbox:
    slugs: tuple[str, ...] = (SLUG,)

    def __init__(self, ground: Ground) -> None:
        self.ground, self.calls, self.door = ground, Calls(), Door(self)
        # For eight hours, as Mailgun tries; 406 says that a mail is not wanted.
        manner = Manner(give_up_after=500, takes=lambda status: status in (200, 406))
        ground.engine.serve(SLUG, self._prepare, manner)
        with ground.storage.together():
            for handle in KNOWN:
                ground.cast.person(handle)
            self.held = Held(ground)
            if not self.held.mailboxes:
                self.held.add_mailbox(ADDRESS, NAME)

    @property
    def faults(self) -> Faults:
        return self.ground.engine.faults[SLUG]

    def now(self) -> float:
        return self.ground.clock.now()

    async def open(self) -> None:
        host = urlsplit(self.ground.address.url).hostname or "127.0.0.1"
        self.held.port = await self.door.open(host, self.held.port)

    async def close(self) -> None:
        await self.door.close()

    def credentials(self, mailbox: Mailbox) -> dict[str, Any]:
        return {
            "account": mailbox.address,
            "sender_name": mailbox.name,
            "password": mailbox.password,
            "smtp_host": urlsplit(self.ground.address.url).hostname or "127.0.0.1",
            "smtp_port": self.held.port,
            "smtp_security": "none",
            "carrier": "mailgun",
            "carrier_secret": mailbox.key,
            "plus_addresses": True,
            "trusted_hosts": MX,
            "base_url": self.ground.address.below(HOST),
        }

    # ── what Heard sends ──

    def refusal_of(self, address: str) -> str:
        """Why the service will not take a mail to them; empty when it will."""
        fault = due(self.faults, f"smtp/RCPT/{address}", changes=self.faults.answer == "blocked")
        if fault in REFUSALS and fault != "token_expired":
            self.faults.use_up()
            return REFUSALS[fault]
        person = self.held.person_at(address)
        forced = (mark for mark in MAGIC if person is not None and person.handle.endswith(mark))
        return REFUSALS.get(MAGIC.get(next(forced, ""), ""), "")

    def take(self, mailbox: Mailbox, raw: bytes, *, to: Sequence[str]) -> None:
        said = told(raw)
        self.note(mailbox, "DATA", {"to": list(to), "subject": said.subject, "text": said.text}, "250")
        with self.ground.storage.together():
            files = verbs.keep(self, said.files)
            for address in to:
                person = self.held.person_at(address)
                if person is None or person.handle.endswith("-failed"):
                    self.bounce(
                        _letter(said, mailbox, "", self.now(), files), mailbox, to=address, reason=NOBODY
                    )
                else:
                    self.held.add(_letter(said, mailbox, person.handle, self.now(), files))

    def note(self, mailbox: Mailbox, verb: str, body: dict[str, Any], answer: str) -> None:
        self.calls.note(
            SLUG,
            method="SMTP",
            path=f"smtp/{verb}",
            query={},
            body={"from": mailbox.address, **body},
            status=int(answer[:3]),
            at=self.now(),
        )

    # ── what Heard is told ──

    def bounce(self, letter: Letter, mailbox: Mailbox, *, to: str, reason: str) -> None:
        id = self.held.new_id(HOST)
        self.bring(mailbox, bounce(letter, mailbox, to=to, reason=reason, id=id, at=self.now()), lane=to)

    def bring(self, mailbox: Mailbox, raw: bytes, *, lane: str, recipient: str = "") -> None:
        engine = self.ground.engine
        if not mailbox.hook_url:
            engine.counts[SLUG].unheard += 1
            return
        body = {"raw": base64.b64encode(raw).decode(), "recipient": recipient or mailbox.address}
        lane = f"{mailbox.address}:{lane}"
        address = mailbox.address
        engine.put(Event(engine.number(), SLUG, address, address, "", body, lane, self.now()))

    def _prepare(self, address: str, events: Sequence[Event]) -> HookCall | None:
        mailbox = self.held.mailboxes.get(address)
        if mailbox is None or not mailbox.hook_url:
            return None
        body = events[0].body
        return brought(base64.b64decode(body["raw"]), mailbox, recipient=body["recipient"])

    async def deliver(self, slug: str, body: bytes, page_id: str) -> Any:
        """Any mail, signed as the service signs and brought as it stands. Raises BadWish."""
        mailbox = verbs.mailbox_named(self, page_id)
        if not mailbox.hook_url:
            raise BadWish(f"No hook is set for {mailbox.address}: connect the mailbox first.", status=409)
        try:
            status = await self.ground.engine.post(brought(body, mailbox, recipient=mailbox.address))
        except httpx2.TransportError as error:
            sentence = f"The hook {mailbox.hook_url} did not answer: {type(error).__name__}."
            raise BadWish(sentence, status=502) from error
        return {"status": status}

    # ── as the sandbox runs it ──

    def routes(self) -> list[BaseRoute]:
        return [Route(f"/{HOST}/routes", self._route, methods=["POST"])]

    async def _route(self, request: Request) -> Response:
        """Which hook a mailbox's mails go to: what its owner sets at the service by hand."""
        if reason := refused(request):
            return Json({"error": reason}, status_code=403)
        asked = await request.json()
        mailbox = self.held.mailboxes.get(str(asked.get("mailbox", "")))
        forward = asked.get("forward")
        if mailbox is None or not isinstance(forward, str) or not forward.startswith(("http://", "https://")):
            return Json(
                {"error": "There is no such mailbox, or no address to bring its mails to."}, status_code=400
            )
        mailbox.hook_url = forward
        self.held.keep_mailbox(mailbox)
        return Json({})

    def verbs(self, slug: str) -> dict[str, Verb]:
        return verbs.verbs(self)

    def reset(self) -> None:
        with self.ground.storage.together():
            self.held.reset()
            self.calls.clear()

    def places(self) -> Sequence[Place]:
        return (Place(SLUG, N_("E-mail"), "mail", N_("Write an e-mail")),)

    def accounts(self) -> Sequence[Account]:
        return [
            Account(
                one.name,
                one.address,
                "",
                (Way(N_("E-mail"), f"/mail?page={one.address}", N_("Write to %(name)s")),),
            )
            for one in self.held.mailboxes.values()
        ]

    def pages(self, site: Site) -> list[BaseRoute]:
        return [
            Route("/mail", partial(page.program, site, self)),
            Route("/mail/send", partial(page.send, self), methods=["POST"]),
            Route("/mail/html/{id:path}", partial(page.html, self)),
            Route("/mail/file/{path:path}", partial(page.file, self)),
        ]

    def person(self, handle: str) -> Person:
        return self.ground.cast.person(handle)


def _letter(said: Told, mailbox: Mailbox, handle: str, at: float, files: list[dict[str, str]]) -> Letter:
    return Letter(
        id=said.id,
        handle=handle,
        mailbox=mailbox.address,
        from_company=True,
        at=at,
        name=said.name,
        address=said.reply_to or said.address,
        to=said.to,
        cc=said.cc,
        subject=said.subject,
        text=said.text,
        html=said.html,
        refers=said.refers,
        files=files,
        automatic=said.automatic,
    )
