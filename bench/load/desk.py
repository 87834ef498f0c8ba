"""What a desk looks like after three years, ticket by ticket, as lines for COPY."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import LiteralString

from bench.load.words import Writer

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SPAN = timedelta(days=3 * 365)
# Messages of this many tickets come interleaved, as they do when many people write at once.
BLOCK = 4000
RECENT = 0.05  # the newest part, in which most of what is open lies
KINDS = (("comment", 0.55), ("direct", 0.95), ("mention", 0.98), ("review", 1.0))
INBOX_SHARES = (30, 22, 15, 10, 9, 7, 4, 3)
NULL = r"\N"


@dataclass(frozen=True)
class Size:
    tickets: int
    messages: int

    @property
    def contacts(self) -> int:
        return max(1, self.tickets * 2 // 5)

    @property
    def posts(self) -> int:
        return max(1, self.tickets // 50)


@dataclass(frozen=True)
class Ground:
    """The rows that must be there before: one workspace, its inboxes and agents, by id."""

    workspace: int
    inboxes: list[int]
    agents: list[int]
    first_number: int = 1001


@dataclass
class Lines:
    """Lines of some tables, tab between the columns."""

    tickets: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


TICKETS: LiteralString = (
    "id, workspace_id, number, inbox_id, contact_id, kind, post_id, state, resolution, resolution_note, "
    "assignee_id, tags, language, preview, waiting_since, snoozed_until, last_message_at, resolved_at, created_at"
)
THREADS: LiteralString = "id, workspace_id, inbox_id, kind, key, ticket_id"
MESSAGES: LiteralString = (
    "id, workspace_id, ticket_id, thread_id, inbox_id, direction, kind, external_id, author_id, agent_id, "
    "parent_external_id, text, public, at, received_at, permalink, remark, outcome, outcome_reason, outcome_at, "
    "delivery, delivery_problem, delivery_reason, private_reply, extended, token, sent_at"
)
EVENTS: LiteralString = "workspace_id, kind, at, by_id, ticket_id, payload"
CONTACTS: LiteralString = "id, workspace_id, name, language, time_zone, created_at"
IDENTITIES: LiteralString = (
    "id, workspace_id, contact_id, inbox_id, address, name, handle, picture_url, picture, profile, "
    "profile_tries, last_wrote_at, created_at"
)
POSTS: LiteralString = (
    "id, workspace_id, inbox_id, external_id, text, permalink, picture_url, author_name, at, advert, wanted, "
    "tries"
)


def contacts(self) -> int:
        return max(1, self.tickets * 2 // 5)

    @property
    def posts(self) -> int:
        return max(1, self.tickets // 50)


@dataclass(frozen=True)
class Ground:
    """The rows that must be there before: one workspace, its inboxes and agents, by id."""

    workspace: int
    inboxes: list[int]
    agents: list[int]
    first_number: int = 1001


@dataclass
class Lines:
    """Lines of some tables, tab between the columns."""

    tickets: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


TICKETS = [
    "id",
    "workspace_id",
    "number",
    "inbox_id",
    "contact_id",
    "kind",
    "post_id",
    "state",
    "resolution",
    "resolution_note",
    "assignee_id",
    "tags",
    "language",
    "preview",
    "waiting_since",
    "snoozed_until",
    "last_message_at",
    "resolved_at",
    "created_at",
]
THREADS = ["id", "workspace_id", "inbox_id", "kind", "key", "ticket_id"]
MESSAGES = [
    "id",
    "workspace_id",
    "ticket_id",
    "thread_id",
    "inbox_id",
    "direction",
    "kind",
    "external_id",
    "author_id",
    "agent_id",
    "parent_external_id",
    "text",
    "public",
    "at",
    "received_at",
    "permalink",
    "remark",
    "outcome",
    "outcome_reason",
    "outcome_at",
    "delivery",
    "delivery_problem",
    "delivery_reason",
    "private_reply",
    "extended",
    "token",
    "sent_at",
]
EVENTS = ["workspace_id", "kind", "at", "by_id", "ticket_id", "payload"]
CONTACTS = ["id", "workspace_id", "name", "language", "time_zone", "created_at"]
IDENTITIES = [
    "id",
    "workspace_id",
    "contact_id",
    "inbox_id",
    "address",
    "name",
    "handle",
    "picture_url",
    "picture",
    "profile",
    "profile_tries",
    "last_wrote_at",
    "created_at",
]
POSTS = [
    "id",
    "workspace_id",
    "inbox_id",
    "external_id",
    "text",
    "permalink",
    "picture_url",
    "author_name",
    "at",
    "advert",
    "wanted",
    "tries",
]


def contacts(size: Size, ground: Ground, writer: Writer) -> Iterator[tuple[str, str]]:
    """A contact and the identity of it, which has the same id."""
    for id in range(1, size.contacts + 1):
        language = writer.language()
        name, at = writer.name(language), _stamp(NOW - SPAN)
        identity = f"{_inbox(ground, id)}\tp{id}\t{name}\t\t\t\tknown\t0\t{at}\t{at}"
        yield (
            f"{id}\t{ground.workspace}\t{name}\t{language}\t\t{at}\n",
            f"{id}\t{ground.workspace}\t{id}\t{identity}\n",
        )


def posts(size: Size, ground: Ground, writer: Writer) -> Iterator[str]:
    for id in range(1, size.posts + 1):
        at, inbox = _stamp(NOW - SPAN * (1 - id / size.posts)), _inbox(ground, id)
        yield f"{id}\t{ground.workspace}\t{inbox}\tpost{id}\t{writer.text('en')}\t\t\tAcme\t{at}\tf\tf\t0\n"


def _inbox(ground: Ground, id: int) -> int:
    """Which inbox somebody writes to: always the same, some far busier than others."""
    place = id * 37 % sum(INBOX_SHARES)
    for inbox, share in zip(ground.inboxes, INBOX_SHARES, strict=True):
        place -= share
        if place < 0:
            return inbox
    raise AssertionError("the shares cover every place")


@dataclass
class _Said:
    at: datetime
    ticket: int
    line: str


class Desk:
    """Makes up the tickets of a size, block by block."""

    def __init__(self, size: Size, ground: Ground, writer: Writer) -> None:
        self.size, self.ground, self.writer = size, ground, writer
        self.chance: random.Random = writer.chance
        self._message_id = 0

    def blocks(self) -> Iterator[Lines]:
        for first in range(1, self.size.tickets + 1, BLOCK):
            lines, said = Lines(), list[_Said]()
            for id in range(first, min(first + BLOCK, self.size.tickets + 1)):
                self._ticket(id, lines, said)
            said.sort(key=lambda one: one.at)
            for one in said:
                self._message_id += 1
                lines.messages.append(f"{self._message_id}\t{one.line}")
            yield lines

    def _ticket(self, id: int, lines: Lines, said: list[_Said]) -> None:
        chance, ground = self.chance, self.ground
        age = 1 - id / self.size.tickets
        created = NOW - SPAN * age - timedelta(seconds=chance.randrange(3600))
        contact = chance.randrange(self.size.contacts) + 1
        inbox, language = _inbox(ground, contact), self.writer.language()
        kind = next(name for draw in [chance.random()] for name, upto in KINDS if draw < upto)
        state = self._state(age)
        agent = chance.choice(ground.agents)
        count = self._count()
        times = self._times(created, count, state)
        preview = self._messages(said, id, inbox, contact, agent, kind, language, state, times)
        self._events(lines, id, times, agent, state)
        ends = _stamp(times[-1])
        waiting = ends if state == "open" else NULL
        asleep = state == "open" and chance.random() < 0.1
        snoozed = _stamp(NOW + timedelta(hours=chance.randrange(1, 99))) if asleep else NULL
        assigned = agent if state != "open" or chance.random() < 0.6 else NULL
        post = chance.randrange(self.size.posts) + 1 if kind == "comment" else NULL
        resolution, resolved = ("solved", ends) if state == "resolved" else ("", NULL)
        number, workspace = ground.first_number + id, ground.workspace
        lines.threads.append(f"{id}\t{workspace}\t{inbox}\t{kind}\tt{id}\t{id}\n")
        lines.tickets.append(
            f"{id}\t{workspace}\t{number}\t{inbox}\t{contact}\t{kind}\t{post}\t{state}\t{resolution}\t\t"
            f"{assigned}\t{{}}\t{language}\t{preview}\t{waiting}\t{snoozed}\t{ends}\t{resolved}\t"
            f"{_stamp(created)}\n"
        )

    def _state(self, age: float) -> str:
        draw = self.chance.random()
        if age < RECENT:
            return "open" if draw < 0.35 else "answered" if draw < 0.7 else "resolved"
        return "open" if draw < 0.002 else "answered" if draw < 0.06 else "resolved"

    def _count(self) -> int:
        """How many messages: mostly few, sometimes very many, on average what was asked for."""
        average = self.size.messages / self.size.tickets
        return min(200, 1 + int(self.chance.expovariate(1 / max(0.01, average - 0.5))))

    def _times(self, created: datetime, count: int, state: str) -> list[datetime]:
        times = [created]
        for _ in range(count - 1):
            times.append(times[-1] + timedelta(seconds=60 + self.chance.expovariate(1 / 5400)))
        late = max(timedelta(0), times[-1] - NOW)
        return [at - late for at in times]

    def _messages(
        self,
        said: list[_Said],
        ticket: int,
        inbox: int,
        contact: int,
        agent: int,
        kind: str,
        language: str,
        state: str,
        times: list[datetime],
    ) -> str:
        """Back and forth. Gives the text of the newest one that came in."""
        chance, workspace, public = self.chance, self.ground.workspace, "f" if kind == "direct" else "t"
        newest = ""
        for position, at in enumerate(times):
            last, stamp, text = position == len(times) - 1, _stamp(at), self.writer.text(language)
            coming = position == 0 or (state == "open" if last else chance.random() < 0.55)
            same = f"{workspace}\t{ticket}\t{ticket}\t{inbox}"
            what = f"{text}\t{public}\t{stamp}\t{stamp}\t\t"
            if coming:
                newest = text[:300]
                outcome = "open" if state == "open" and last else "answered"
                ended = NULL if outcome == "open" else stamp
                line = (
                    f"{same}\tin\t{kind}\tm{ticket}_{position}\t{contact}\t{NULL}\t\t{what}\t{outcome}\t\t{ended}"
                    f"\t\t\t\tf\tf\t{NULL}\t{NULL}\n"
                )
            else:
                delivery = chance.choices(("read", "delivered", "sent"), (60, 30, 10))[0]
                if state == "answered" and last and chance.random() < 0.001:
                    delivery = "failed"
                line = (
                    f"{same}\tout\t{kind}\tm{ticket}_{position}\t{contact}\t{agent}\t\t{what}\t\t\t{NULL}"
                    f"\t{delivery}\t\t\tf\tf\t{NULL}\t{stamp}\n"
                )
            said.append(_Said(at, ticket, line))
        return newest

    def _events(self, lines: Lines, ticket: int, times: list[datetime], agent: int, state: str) -> None:
        number, workspace = self.ground.first_number + ticket, self.ground.workspace
        payload = f'{{"number": {number}}}'
        opened = _stamp(times[0])
        lines.events.append(f"{workspace}\tTicketOpened\t{opened}\t{NULL}\t{ticket}\t{payload}\n")
        lines.events += [
            f"{workspace}\tMessageReceived\t{_stamp(at)}\t{NULL}\t{ticket}\t{payload}\n" for at in times[::2]
        ]
        if state != "open":
            more = f'{{"number": {number}, "assignee": "Bea", "assignee_id": {agent}}}'
            lines.events.append(f"{workspace}\tTicketAssigned\t{opened}\t{agent}\t{ticket}\t{more}\n")
        if state == "resolved":
            more = f'{{"number": {number}, "resolution": "solved", "note": ""}}'
            lines.events.append(
                f"{workspace}\tTicketResolved\t{_stamp(times[-1])}\t{agent}\t{ticket}\t{more}\n"
            )


def _stamp(at: datetime) -> str:
    return at.isoformat(" ")
