"""All that the mail twin holds, kept across restarts."""

from __future__ import annotations

import base64
import itertools
import re
import secrets
import time

from heard.sandbox.ground import Ground
from heard.sandbox.persons import Person, digits
from heard.sandbox.postbox.things import Letter, Mailbox, letter, row

HOST = "postbox.example"  # the company's mails
HOMES = "customers.example"  # everybody else's
MAILBOX, LETTER, FILE, DOOR = "email.mailbox", "email.letter", "email.file", "email.door"
_LOCAL = re.compile(r"[a-z0-9][a-z0-9._\-]{0,40}")


class Held:
    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.mailboxes = {one["address"]: Mailbox(**one) for one in ground.storage.load(MAILBOX)}
        self.letters: dict[str, Letter] = {}
        self._handles: dict[str, str] = {}
        # Starts where the clock stands: rises over restarts without being written down each time.
        self._numbers = itertools.count(int(time.time() * 1000))
        for body in ground.storage.load(LETTER):
            self._place(letter(body))
        for person in ground.cast.everybody():
            self._know(person.handle)
        ground.cast.newcomers.append(self._know)

    # ── the company ──

    def first_mailbox(self) -> Mailbox:
        return next(iter(self.mailboxes.values()))

    def add_mailbox(self, address: str, name: str) -> Mailbox:
        made = Mailbox(address, name, secrets.token_urlsafe(18), secrets.token_hex(16))
        self.mailboxes[address] = made
        self.keep_mailbox(made)
        return made

    def keep_mailbox(self, mailbox: Mailbox) -> None:
        self.ground.storage.save(MAILBOX, mailbox.address, row(mailbox))
        self.ground.engine.listeners.tell()

    def mailbox_at(self, address: str) -> Mailbox | None:
        """Also by an address with a plus, which is the same mailbox."""
        local, _, domain = address.lower().rpartition("@")
        return self.mailboxes.get(f"{local.partition('+')[0]}@{domain}")

    # ── people ──

    def _know(self, handle: str) -> None:
        self._handles[self.address(handle)] = handle

    def address(self, handle: str) -> str:
        """Always the same; letters that stand in no address are written as a number."""
        local = handle if _LOCAL.fullmatch(handle) else f"p{digits('mail', handle, length=9)}"
        return f"{local}@{HOMES}"

    def person_at(self, address: str) -> Person | None:
        handle = self._handles.get(address.lower())
        return self.ground.cast.person(handle) if handle else None

    # ── letters ──

    def _place(self, one: Letter) -> None:
        self.letters[one.key] = one

    def add(self, one: Letter) -> None:
        known = (self.of(one.handle, id) for id in [*one.refers, one.id])
        before = next((found for found in known if found is not None), None)
        one.thread = before.thread if before else one.id
        self._place(one)
        self.keep(one)

    def keep(self, one: Letter) -> None:
        self.ground.storage.save(LETTER, one.key, row(one))
        self.ground.engine.listeners.tell()

    def of(self, handle: str, id: str) -> Letter | None:
        return self.letters.get(f"{handle} {id}")

    def with_id(self, id: str) -> Letter | None:
        """In whosesoever program it stands first."""
        return next((one for one in self.letters.values() if one.id == id), None)

    def in_program_of(self, handle: str) -> list[Letter]:
        return [one for one in self.letters.values() if one.handle == handle]

    def new_id(self, host: str = HOMES) -> str:
        return f"{next(self._numbers)}.{secrets.token_hex(6)}@{host}"

    def reset(self) -> None:
        """Forgets everything said. Mailboxes, passwords and hooks stay."""
        for kind in (LETTER, FILE):
            self.ground.storage.forget_all(kind)
        self.letters.clear()
        self.ground.engine.listeners.tell()

    # ── files, and the port ──

    def upload(self, content: bytes, name: str) -> str:
        path = f"{next(self._numbers)}/{name}"
        self.ground.storage.save(FILE, path, base64.b64encode(content).decode())
        return path

    def uploaded(self, path: str) -> bytes | None:
        kept = self.ground.storage.find(FILE, path)
        return base64.b64decode(kept) if kept is not None else None

    @property
    def port(self) -> int:
        """Where the SMTP server was last time, so that a connected mailbox finds it again; 0: anywhere."""
        return int((self.ground.storage.find(DOOR, "smtp") or {}).get("port", 0))

    @port.setter
    def port(self, port: int) -> None:
        self.ground.storage.save(DOOR, "smtp", {"port": port})
