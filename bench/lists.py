"""Lists of a large desk: the folders in SQL at any depth, the counts, one ticket, and the pages over HTTP."""

from __future__ import annotations

import http.client
import time
from functools import partial

from django.db import connection
from django.urls import Resolver404, resolve
from django.utils import timezone

from bench.house import House
from bench.load.desk import Size
from bench.load.loading import loaded_desk
from bench.people import sign_in
from bench.programs import free_port, running
from bench.questions import asked
from bench.tables import Table, ms, percentile
from heard.inboxes.models import Inbox
from heard.tickets.folders import FOLDERS, Folder, counts, page_of, sealed
from heard.tickets.models import Message, Ticket
from heard.tickets.timeline import timeline
from heard.web.tickets.listing import listed
from heard.workspaces.models import Agent
from heard.workspaces.tokens import issue_token

TIMES = 50
REQUESTS = 200
WARM = 20
JSON = "/api/v1/tickets?state=open"
DEPTHS = (0.25, 0.5, 0.9)
SMALL = Size(tickets=10_000, messages=50_000)


def measure(house: House) -> Table:
    agent = loaded_desk(house, SMALL)
    table = Table(f"Lists: {Ticket.objects.count():,} tickets, {Message.objects.count():,} messages")
    nothing = asked(_nothing, times=TIMES)
    table.add("an empty statement, for comparison, p50", f"{nothing.p50:.2f} ms, p95 {nothing.p95:.2f} ms")
    _folders(table, agent)
    _one_inbox(table, agent)
    _counts(table, agent)
    _one_ticket(table, agent)
    _over_http(table, agent)
    table.notes.append(
        f"SQL: {TIMES} calls each, all statements of a call together, without what Django makes of them. "
        f"HTTP: {REQUESTS} requests one after the other on one connection, pages of 50 rows."
    )
    return table


def _nothing() -> None:
    """What a question costs before PostgreSQL does anything: on a busy machine that may be all of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _folders(table: Table, agent: Agent) -> None:
    """Each folder at the start and at some depths; the worst is what counts."""
    worst: dict[str, tuple[float, str]] = {"p50": (0.0, ""), "p95": (0.0, "")}
    for folder in FOLDERS.values():
        for depth in (0.0, *DEPTHS):
            cursor = _cursor(folder, agent, depth)
            if cursor is None:
                continue
            found = asked(partial(page_of, agent, folder.slug, cursor=cursor, reading=listed), times=TIMES)
            where = f"{folder.slug} at {depth:.0%}" if depth else f"{folder.slug}, first page"
            worst["p50"] = max(worst["p50"], (found.p50, where))
            worst["p95"] = max(worst["p95"], (found.p95, where))
    for share, limit in (("p50", 1.5), ("p95", 5.0)):
        value, where = worst[share]
        table.at_most(f"folder page, SQL, {share} of the slowest ({where})", value, limit, "ms")


def _cursor(folder: Folder, agent: Agent, depth: float) -> str | None:
    """That leads behind this share of the folder; None where a folder is too small for it."""
    if not depth:
        return ""
    tickets = folder.tickets(agent)
    sign = "-" if folder.newest_first else ""
    skipped = int(tickets.count() * depth)
    if not skipped:
        return None
    ordered = tickets.order_by(f"{sign}{folder.order}", f"{sign}id").values_list("pk", flat=True)
    return sealed(*tickets.values_list(folder.order, "pk").get(pk=ordered[skipped - 1]))


def _one_inbox(table: Table, agent: Agent) -> None:
    """Every folder of the busiest inbox, of the quietest, and of both together: the worst of each counts."""
    by_size = sorted(Inbox.objects.visible_to(agent), key=lambda inbox: inbox.ticket_set.count())
    quiet, busy = by_size[0].pk, by_size[-1].pk
    for name, inboxes in (("the busiest inbox", [busy]), ("the quietest", [quiet]), ("both", [busy, quiet])):
        spent = {
            slug: asked(partial(page_of, agent, slug, inboxes=inboxes, reading=listed), times=TIMES).p95
            for slug in FOLDERS
        }
        slowest = max(spent, key=lambda slug: spent[slug])
        table.at_most(
            f"folder page of {name}, SQL, p95 of the slowest ({slowest})", spent[slowest], 5.0, "ms"
        )


def _counts(table: Table, agent: Agent) -> None:
    found = asked(partial(counts, agent), times=TIMES)
    waiting = f"{counts(agent)['waiting']:,} waiting"
    table.at_most(f"counts of all folders, SQL, p50 ({waiting})", found.p50, 15, "ms")


def _one_ticket(table: Table, agent: Agent) -> None:
    """Tickets of all ages, each with all that its page tells: what nobody has read for months lies on the disk."""
    ids = list(Ticket.objects.visible_to(agent).order_by("?").values_list("pk", flat=True)[: TIMES + 1])
    tickets = list(Ticket.objects.filter(pk__in=ids).select_related("inbox"))  # as its page has read it
    for name in ("for the first time", "once more"):
        row = iter(tickets)
        found = asked(lambda row=row: timeline(next(row)), times=TIMES)  # type: ignore[misc]
        what = f"one ticket's timeline, {name}, SQL, p50 (statements: {found.statements})"
        table.at_most(what, found.p50, 1.0, "ms")


# ── over HTTP ──


def _over_http(table: Table, agent: Agent) -> None:
    port = free_port()
    cookie = {"Cookie": sign_in(agent).cookie}
    token = {"Authorization": f"Bearer {issue_token(agent, name='bench', now=timezone.now())}"}
    with running("heard", "web", "--port", str(port), port=port):
        for folder in ("waiting", "resolved"):
            found = _get(port, f"/tickets?folder={folder}", cookie)
            table.at_most(f"/tickets?folder={folder}, HTML, p50", percentile(found, 0.5), 12, "ms")
            table.at_most(f"/tickets?folder={folder}, HTML, p95", percentile(found, 0.95), 40, "ms")
        found = _get(port, f"/tickets/{Ticket.objects.visible_to(agent).latest('pk').number}", cookie)
        table.add("/tickets/<number>, HTML, p50", f"{percentile(found, 0.5):.1f} ms")
        if _is_there(JSON):
            found = _get(port, JSON, token)
            table.at_most(f"{JSON}, p50", percentile(found, 0.5), 7, "ms")
        else:
            table.missing(JSON, "this Heard has no such address")


def _is_there(address: str) -> bool:
    try:
        resolve(address.partition("?")[0])
    except Resolver404:
        return False
    return True


class Refused(Exception):
    pass


def _get(port: int, path: str, headers: dict[str, str]) -> list[float]:
    """Milliseconds, one request after the other on one connection. The first few only warm up."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    spent = []
    for serial in range(REQUESTS + WARM):
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise Refused(f"{path} answered {answer.status}")
        if serial >= WARM:
            spent.append(ms(time.perf_counter() - began))
    connection.close()
    return spent
