"""How many hook calls a second are accepted: signed, stored, committed, answered with 200."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Max
from django.utils import timezone

from bench import calls
from bench.callers import Answers, call_each, call_for
from bench.house import House, durable
from bench.programs import free_port, running
from bench.rivals import bare
from bench.tables import Table, middle, ms, percentile
from heard.embedded import EmbeddedPostgres
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

OURS, WITHOUT, VIEW, BARE = (
    "Heard",
    "the same server without a database",
    "a Django view that saves by the ORM, gunicorn",
    "pgbench, 50 rows a commit, 2 clients",
)


def measure(house: House, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> Table:
    inbox, requests, burst = _calls()
    with (
        TemporaryDirectory() as scratch,
        _contestants(house.server, Path(scratch), requests, seconds) as (ports, run),
    ):
        rates, ours = _in_turn(run, rounds)
        alone = call_for(ports[OURS], requests, connections=1, seconds=seconds)
        crowd = call_each(ports[OURS], burst, connections=BURST_CONNECTIONS)
    table = _table(rates, ours, alone)
    _add_burst(table, inbox, crowd)
    table.notes += [
        f"Median of {rounds} rounds of {seconds:g} s, one contestant after the other, "
        f"{CONNECTIONS} connections, one process each (gunicorn: 2 workers of 8 threads).",
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


Run = dict[str, Callable[[], Answers | float]]


@contextmanager
def _contestants(
    server: EmbeddedPostgres, scratch: Path, requests: list[bytes], seconds: float
) -> Iterator[tuple[dict[str, int], Run]]:
    ports = {OURS: free_port(), WITHOUT: free_port(), VIEW: free_port()}
    gunicorn = ("gunicorn", "-k", "gthread", "-w", "2", "--threads", "8", "--log-level", "error")
    with (
        running("heard", "web", "--port", str(ports[OURS]), port=ports[OURS]),
        running("bench.rivals.without_store", str(ports[WITHOUT]), port=ports[WITHOUT]),
        running(
            *gunicorn,
            "-b",
            f"127.0.0.1:{ports[VIEW]}",
            "bench.rivals.view_wsgi:application",
            port=ports[VIEW],
        ),
    ):
        for port in ports.values():
            call_for(port, requests, connections=CONNECTIONS, seconds=1)

        def calling(port: int) -> Callable[[], Answers]:
            return lambda: call_for(port, requests, connections=CONNECTIONS, seconds=seconds)

        run: Run = {name: calling(port) for name, port in ports.items()}
        run[BARE] = lambda: bare.rows_a_second(server, scratch, body=requests[0], seconds=seconds)
        yield ports, run


def _in_turn(run: Run, rounds: int) -> tuple[dict[str, float], list[Answers]]:
    """Median rates by contestant, and all that Heard itself answered."""
    rates: dict[str, list[float]] = {name: [] for name in run}
    ours: list[Answers] = []
    for _ in range(rounds):
        for name, contestant in run.items():
            result = contestant()
            if isinstance(result, float):
                rates[name].append(result)
                continue
            if result.accepted != len(result.latencies):
                raise AssertionError(f"{name} refused calls: {dict(result.statuses)}")
            rates[name].append(result.rate)
            if name == OURS:
                ours.append(result)
    return {name: middle(found) for name, found in rates.items()}, ours


def _table(rates: dict[str, float], ours: list[Answers], alone: Answers) -> Table:
    table = Table("Hooks: signed, stored, committed, 200")
    latencies = [latency for answers in ours for latency in answers.latencies]
    table.add("accepted a second, 64 connections, one process", f"{rates[OURS]:,.0f}")
    for rival, least in ((WITHOUT, 0.40), (BARE, 0.22), (VIEW, 7.0)):
        share, limit = rates[OURS] / rates[rival], least
        told = f"{share:.0%} of {rates[rival]:,.0f}" if least < 1 else f"{share:.1f} × {rates[rival]:,.0f}"
        table.add(
            f"beside {rival}", told, f"≥ {limit:.0%}" if least < 1 else f"≥ {limit:g} ×", share >= limit
        )
    table.add("p50, 64 connections", f"{ms(percentile(latencies, 0.5)):.1f} ms")
    table.at_most("p99, 64 connections", ms(percentile(latencies, 0.99)), 50, "ms")
    table.at_most("p50, 1 connection", ms(percentile(alone.latencies, 0.5)), 0.8, "ms")
    return table


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
    RawCall.objects.filter(id__lte=newest - BURST).delete()  # the rounds before repeat one another
    while take_in(now=timezone.now()):
        pass
    return Message.objects.filter(inbox=inbox).count()
