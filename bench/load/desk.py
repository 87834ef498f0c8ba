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
    "assignee_id, tags, language, preview, waiting_since, snoozed_until, last_message_at, resolved_at, "
    "created_at"
)
THREADS: LiteralString = "id, workspace_id, inbox_id, kind, key, ticket_id"
MESSAGES: LiteralString = (
    "id, workspace_id, ticket_id, thread_id, inbox_id, direction, kind, external_id, author_id, agent_id, "
    "parent_external_id, text, public, at, received_at, permalink, remark, outcome, outcome_reason, "
    "outcome_at, delivery, delivery_problem, delivery_reason, private_reply, extended, token, sent_at"
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


@dataclass(frozen=True)
class _Story:
    """One ticket: who wrote to whom, when, and how it ended."""

    id: int
    inbox: int
    contact: int
    agent: int
    kind: str
    language: str
    state: str
    times: list[datetime]

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass
class _Said:
    at: datetime
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
                story = self._story(id)
                new = list(self._messages(story))
                said += new
                self._ticket(story, lines, preview=self._preview(new))
                self._events(story, lines)
            said.sort(key=lambda one: one.at)
            for one in said:
                self._message_id += 1
                lines.messages.append(f"{self._message_id}\t{one.line}")
            yield lines

    # ── what happened ──

    def _story(self, id: int) -> _Story:
        chance, age = self.chance, 1 - id / self.size.tickets
        contact = chance.randrange(self.size.contacts) + 1
        state = self._state(age)
        return _Story(
            id=id,
            inbox=_inbox(self.ground, contact),
            contact=contact,
            agent=chance.choice(self.ground.agents),
            kind=next(name for draw in [chance.random()] for name, upto in KINDS if draw < upto),
            language=self.writer.language(),
            state=state,
            times=self._times(NOW - SPAN * age - timedelta(seconds=chance.randrange(3600))),
        )

    def _state(self, age: float) -> str:
        draw = self.chance.random()
        if age < RECENT:
            return "open" if draw < 0.35 else "answered" if draw < 0.7 else "resolved"
        return "open" if draw < 0.002 else "answered" if draw < 0.06 else "resolved"

    def _times(self, created: datetime) -> list[datetime]:
        """Mostly few messages, sometimes very many, on average what was asked for."""
        average = self.size.messages / self.size.tickets
        count = min(200, 1 + int(self.chance.expovariate(1 / max(0.01, average - 0.5))))
        times = [created]
        for _ in range(count - 1):
            times.append(times[-1] + timedelta(seconds=60 + self.chance.expovariate(1 / 5400)))
        late = max(timedelta(0), times[-1] - NOW)
        return [at - late for at in times]

    # ── as lines ──

    def _ticket(self, story: _Story, lines: Lines, *, preview: str) -> None:
        chance, workspace, id = self.chance, self.ground.workspace, story.id
        number, ends, opened = self.ground.first_number + id, _stamp(story.times[-1]), story.is_open
        waiting = ends if opened else NULL
        asleep = opened and chance.random() < 0.1
        snoozed = _stamp(NOW + timedelta(hours=chance.randrange(1, 99))) if asleep else NULL
        assignee = story.agent if not opened or chance.random() < 0.6 else NULL
        post = chance.randrange(self.size.posts) + 1 if story.kind == "comment" else NULL
        resolution, resolved = ("solved", ends) if story.state == "resolved" else ("", NULL)
        lines.threads.append(f"{id}\t{workspace}\t{story.inbox}\t{story.kind}\tt{id}\t{id}\n")
        lines.tickets.append(
            f"{id}\t{workspace}\t{number}\t{story.inbox}\t{story.contact}\t{story.kind}\t{post}\t{story.state}\t"
            f"{resolution}\t\t{assignee}\t{{}}\t{story.language}\t{preview}\t{waiting}\t{snoozed}\t{ends}\t"
            f"{resolved}\t{_stamp(story.times[0])}\n"
        )

    def _messages(self, story: _Story) -> Iterator[_Said]:
        """Back and forth; an open ticket ends with the contact's word."""
        last = len(story.times) - 1
        for position, at in enumerate(story.times):
            coming = position == 0 or (story.is_open if position == last else self.chance.random() < 0.55)
            waits = story.is_open and position == last
            yield _Said(at, self._in(story, position, waits) if coming else self._out(story, position))

    def _in(self, story: _Story, position: int, waits: bool) -> str:
        outcome, ended = ("open", NULL) if waits else ("answered", _stamp(story.times[position]))
        return (
            f"{self._address(story)}\tin\t{story.kind}\tm{story.id}_{position}\t{story.contact}\t{NULL}\t\t"
            f"{self._text(story, position)}\t{outcome}\t\t{ended}\t\t\t\tf\tf\t{NULL}\t{NULL}\n"
        )

    def _out(self, story: _Story, position: int) -> str:
        stuck = (
            story.state == "answered" and position == len(story.times) - 1 and self.chance.random() < 0.001
        )
        delivery = self.chance.choices(("read", "delivered", "sent"), (60, 30, 10))[0]
        return (
            f"{self._address(story)}\tout\t{story.kind}\tm{story.id}_{position}\t{story.contact}\t{story.agent}\t\t"
            f"{self._text(story, position)}\t\t\t{NULL}\t{'failed' if stuck else delivery}\t\t\tf\tf\t{NULL}\t"
            f"{_stamp(story.times[position])}\n"
        )

    def _address(self, story: _Story) -> str:
        return f"{self.ground.workspace}\t{story.id}\t{story.id}\t{story.inbox}"

    def _text(self, story: _Story, position: int) -> str:
        at, public = _stamp(story.times[position]), "f" if story.kind == "direct" else "t"
        return f"{self.writer.text(story.language)}\t{public}\t{at}\t{at}\t\t"

    def _preview(self, said: list[_Said]) -> str:
        newest = next(one for one in reversed(said) if "\tin\t" in one.line)
        return newest.line.split("\t")[10][:300]

    def _events(self, story: _Story, lines: Lines) -> None:
        workspace, ticket, agent = self.ground.workspace, story.id, story.agent
        began, ends = _stamp(story.times[0]), _stamp(story.times[-1])
        number = f'"number": {self.ground.first_number + ticket}'
        lines.events.append(f"{workspace}\tTicketOpened\t{began}\t{NULL}\t{ticket}\t{{{number}}}\n")
        lines.events += [
            f"{workspace}\tMessageReceived\t{_stamp(at)}\t{NULL}\t{ticket}\t{{{number}}}\n"
            for at in story.times[::2]
        ]
        if not story.is_open:
            more = f'{{{number}, "assignee": "Bea", "assignee_id": {agent}}}'
            lines.events.append(f"{workspace}\tTicketAssigned\t{began}\t{agent}\t{ticket}\t{more}\n")
        if story.state == "resolved":
            more = f'{{{number}, "resolution": "solved", "note": ""}}'
            lines.events.append(f"{workspace}\tTicketResolved\t{ends}\t{agent}\t{ticket}\t{more}\n")


def _stamp(at: datetime) -> str:
    return at.isoformat(" ")
