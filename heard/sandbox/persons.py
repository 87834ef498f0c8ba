"""Who plays the customers: a cast of known people, and anybody else by a handle."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache

from heard.sandbox.storage import Storage


@dataclass(slots=True)
class Person:
    handle: str
    name: str
    language: str = "en"

    @property
    def first_name(self) -> str:
        # Hungarians put the family name first.
        return self.name.split()[-1 if self.language == "hu" else 0]

    @property
    def last_name(self) -> str:
        words = self.name.split()
        rest = words[:-1] if self.language == "hu" else words[1:]
        return " ".join(rest)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


KNOWN = {
    person.handle: person
    for person in (
        Person("jana", "Jana Kovářová", "cs"),
        Person("petros", "Πέτρος Παπαδόπουλος", "el"),
        Person("maja", "Maja Novak", "sl"),
        Person("eszter", "Szabó Eszter", "hu"),
        Person("emma", "Emma Clarke", "en"),
        Person("tomas", "Tomáš Dvořák", "cs"),
        Person("lucie", "Lucie Říhová", "cs"),
        Person("vojtech", "Vojtěch Čermák", "cs"),
        Person("eleni", "Ελένη Γεωργίου", "el"),
        Person("nikos", "Νίκος Αντωνίου", "el"),
        Person("sofia", "Σοφία Κωνσταντίνου", "el"),
        Person("luka", "Luka Zupančič", "sl"),
        Person("spela", "Špela Krajnc", "sl"),
        Person("matej", "Matej Žagar", "sl"),
        Person("bence", "Nagy Bence", "hu"),
        Person("zsofi", "Kőszegi Zsófia", "hu"),
        Person("gergo", "Tóth Gergő", "hu"),
        Person("oliver", "Oliver Bennett", "en"),
        Person("priya", "Priya Shah", "en"),
        Person("sean", "Seán O'Connell", "en"),
    )
}


class Cast:
    """Everybody the networks have met. A person is made on first use and keeps name and ids for good."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._met = {row["handle"]: Person(**row) for row in storage.load("person")}
        self.newcomers: list[Callable[[str], None]] = []  # told of the handle of everybody new

    def person(self, handle: str, *, name: str = "") -> Person:
        """Somebody by handle; `name` renames them."""
        known = self._met.get(handle)
        if known is not None and not name:
            return known
        person = known or self._made(handle)
        person.name = name or person.name
        self._storage.save("person", handle, asdict(person))
        if known is None:
            for tell in self.newcomers:
                tell(handle)
        return person

    def _made(self, handle: str) -> Person:
        known = KNOWN.get(handle) or Person(handle, handle[:1].upper() + handle[1:])
        self._met[handle] = made = Person(known.handle, known.name, known.language)
        return made

    def everybody(self) -> list[Person]:
        return list(self._met.values())

    def by_name(self) -> list[Person]:
        return sorted(self._met.values(), key=lambda person: person.name.casefold())

    def __contains__(self, handle: str) -> bool:
        return handle in self._met


@lru_cache(maxsize=100_000)
def digits(*parts: str, length: int) -> str:
    """A number that is always the same for the same parts, and long enough never to meet another."""
    number = int.from_bytes(hashlib.sha256("\x00".join(parts).encode()).digest()[:12])
    lowest = 10 ** (length - 1)
    return str(lowest + number % (9 * lowest))
