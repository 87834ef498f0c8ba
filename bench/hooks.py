"""How many hook calls a second are accepted: signed, stored, committed, answered with 200."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from bench import calls, cores
from bench.callers import Answers, call_each, call_for
from bench.house import House, durable
from bench.programs import free_port, running
from bench.rivals import bare
from bench.tables import Table, middle, ms, percentile
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall
from heard.ingest.take_in import take_in
from heard.tickets.models import Message
from tests.cast import NOON, a_workspace, an_inbox

CONNECTIONS = 64
ROUNDS = 3
SECONDS = 4.0
BURST = 10_000
BURST_CONNECTIONS = 500


@dataclass
class Contestant:
    """A server that takes the calls, and what it did so far. `core` is seconds of a core, PostgreSQL's apart."""

    name: str
    port: int
    pid: int
    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    core: float = 0.0
    core_of_postgres: float = 0.0

    @property
    def rate(self) -> float:
        return middle(self.rates)

    def take(self, requests: list[bytes], *, seconds: float, postgres: int) -> None:
        """Raises Refused."""
        own, database = cores.seconds(self.pid), cores.seconds(postgres)
        answers = call_for(self.port, requests, connections=CONNECTIONS, seconds=seconds)
        self.core += cores.seconds(self.pid) - own
        self.core_of_postgres += cores.seconds(postgres) - database
        if answers.accepted != len(answers.latencies):
            raise Refused(f"{self.name} refused calls: {dict(answers.statuses)}")
        self.rates.append(answers.rate)
        self.latencies += answers.latencies

    def told(self) -> str:
        own, database = (ms(spent) / len(self.latencies) for spent in (self.core, self.core_of_postgres))
        return f"{own:.2f} ms, PostgreSQL {database:.2f} ms"


class Refused(Exception):
    pass


def measure(house: House, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> Table:
    inbox, requests, burst = _calls()
    postgres, bare_rates = cores.postmaster(house.server.folder), list[float]()
    with TemporaryDirectory() as scratch, _contestants() as contestants:
        ours, without, view = contestants
        for one in contestants:
            call_for(one.port, requests, connections=CONNECTIONS, seconds=1)
            cores.until_at_rest(one.pid)
        alone = _alone(house, contestants, requests, rounds=rounds, seconds=seconds / 2)
        for _ in range(rounds):
            for one in contestants:
                one.take(requests, seconds=seconds, postgres=postgres)
            bare_rates.append(
                bare.rows_a_second(house.server, Path(scratch), body=requests[0], seconds=seconds)
            )
        crowd = call_each(ours.port, burst, connections=BURST_CONNECTIONS)
    table = Table("Hooks: signed, stored, committed, 200")
    table.add(f"accepted a second, {CONNECTIONS} connections, one process", f"{ours.rate:,.0f}")
    _add_ratio(table, ours.rate, f"beside {without.name}", without.rate, 0.40)
    _add_ratio(table, ours.rate, "beside pgbench, 50 rows a commit, 2 clients", middle(bare_rates), 0.22)
    _add_ratio(table, ours.rate, f"beside {view.name}", view.rate, 7)
    _add_latencies(table, ours, alone)
    for one in contestants:
        table.add(f"a core's time for each call, {one.name}", one.told())
    _add_burst(table, inbox, crowd)
    table.notes += [
        f"Median of {rounds} rounds of {seconds:g} s, one contestant after the other, "
        f"{CONNECTIONS} connections, one process each (gunicorn: 2 workers of 8 threads).",
        "One connection comes first, in turn with the two, before the crowd leaves the disk something to write. "
        "libpq: the prepared INSERT of one row and its commit, no server, no signature.",
        "The load generator, the server and PostgreSQL share the machine's cores.",
        f"PostgreSQL: {durable(house)}.",
    ]
    return table


def _calls() -> tuple[Inbox, list[bytes], list[bytes]]:
    inbox = an_inbox(a_workspace(), "facebook")
    made = [
        calls.request(
            inbox,
            calls.comment(
                inbox.account,
                serial,
                by=serial % 300,
                text=f"Where is my parcel {serial}?",
                at=NOON + timedelta(seconds=serial),
            ),
        )
        for serial in range(BURST + 5_000)
    ]
    return inbox, made[BURST:], made[:BURST]


@contextmanager
def _contestants() -> Iterator[tuple[Contestant, Contestant, Contestant]]:
    one, two, three = free_port(), free_port(), free_port()
    gunicorn = ("gunicorn", "-k", "gthread", "-w", "2", "--threads", "8", "--log-level", "error")
    view = (*gunicorn, "-b", f"127.0.0.1:{three}", "bench.rivals.view_wsgi:application")
    with (
        running("heard", "web", "--port", str(one), port=one) as heard,
        running("bench.rivals.without_store", str(two), port=two) as without,
        running(*view, port=three) as usual,
    ):
        yield (
            Contestant("Heard", one, heard.pid),
            Contestant("the same server without a database", two, without.pid),
            Contestant("a Django view that saves by the ORM, gunicorn", three, usual.pid),
        )


@dataclass
class Alone:
    """What one caller waits for each call, and what of that are HTTP and PostgreSQL by themselves."""

    ours: list[float] = field(default_factory=list)
    without_database: list[float] = field(default_factory=list)
    without_server: list[float] = field(default_factory=list)


def _alone(
    house: House,
    contestants: tuple[Contestant, Contestant, Contestant],
    requests: list[bytes],
    *,
    rounds: int,
    seconds: float,
) -> Alone:
    ours, without, _view = contestants
    alone = Alone()
    for _ in range(rounds):
        alone.ours += call_for(ours.port, requests, connections=1, seconds=seconds).latencies
        alone.without_database += call_for(without.port, requests, connections=1, seconds=seconds).latencies
        alone.without_server += bare.rows_alone(house.server, request=requests[0], seconds=seconds)
    return alone


def _add_ratio(table: Table, ours: float, what: str, theirs: float, least: float) -> None:
    ratio = ours / theirs
    measured = f"{ratio:.0%} of {theirs:,.0f}" if least < 1 else f"{ratio:.1f} × {theirs:,.0f}"
    table.add(what, measured, f"≥ {least:.0%}" if least < 1 else f"≥ {least:g} ×", ratio >= least)


def _add_latencies(table: Table, ours: Contestant, alone: Alone) -> None:
    table.add(f"p50, {CONNECTIONS} connections", f"{ms(percentile(ours.latencies, 0.5)):.1f} ms")
    table.at_most(f"p99, {CONNECTIONS} connections", ms(percentile(ours.latencies, 0.99)), 50, "ms")
    table.at_most("p50, 1 connection", ms(percentile(alone.ours, 0.5)), 0.8, "ms")
    for name, latencies in (
        ("the same server without a database", alone.without_database),
        ("the same row by libpq alone", alone.without_server),
    ):
        table.add(f"… of it {name}, p50", f"{ms(percentile(latencies, 0.5)):.2f} ms")


def _add_burst(table: Table, inbox: Inbox, crowd: Answers) -> None:
    """Of every call of the burst: accepted, stored, and in the end a message."""
    table.add(
        f"burst of {BURST:,} on {BURST_CONNECTIONS} connections",
        f"{crowd.seconds:.1f} s, p99 {ms(percentile(crowd.latencies, 0.99)):.0f} ms, "
        f"{len(crowd.latencies) - crowd.accepted} refused",
        "none refused",
        crowd.accepted == BURST,
    )
    lost = BURST - _messages_of_the_burst(inbox)
    table.add("… of them not a message after the intake", str(lost), "0", lost == 0)


def _messages_of_the_burst(inbox: Inbox) -> int:
    newest = RawCall.objects.aggregate(id=Max("id"))["id"]
    with connection.cursor() as cursor:  # the rounds before repeat one another
        cursor.execute("DELETE FROM ingest_rawcall WHERE id <= %s", [newest - BURST])
    while take_in(now=timezone.now()):
        pass
    return Message.objects.filter(inbox=inbox).count()
