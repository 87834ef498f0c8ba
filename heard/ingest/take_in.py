"""From stored calls to tickets: in order, many at once, and a bad one costs only itself."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate, groupby, takewhile
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Func, IntegerField, QuerySet

from heard.channels.contract import CarriesParts, MessageEdited, MessageIn, Receipt, Unreadable
from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.ingest.apply import Ended, apply, apply_edits, apply_reads
from heard.ingest.blame import in_words, is_the_databases
from heard.ingest.facts import Arrived, facts_of
from heard.ingest.letter_once import each_letter_once
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.parked import retry_parked
from heard.ingest.silence import end_silence
from heard.many import among, insert_rows
from heard.tickets.receive import receive
from heard.workspaces.prepared import Some, prepared

Place = LedgerLine.Place

MOST_CALLS = 200
MOST_BYTES = 64 * 1024 * 1024

log = logging.getLogger(__name__)

_CLAIM = """
    SELECT inbox.* FROM inboxes_inbox AS inbox
    WHERE EXISTS (
        SELECT FROM ingest_rawcall AS call WHERE call.inbox_id = inbox.id AND call.taken_in_at IS NULL
    )
    ORDER BY (
        SELECT min(call.id) FROM ingest_rawcall AS call
        WHERE call.inbox_id = inbox.id AND call.taken_in_at IS NULL
    )
    FOR NO KEY UPDATE OF inbox SKIP LOCKED LIMIT 1
"""

_TAKEN = """
    WITH heard AS (UPDATE inboxes_inboxhealth SET last_call_at = %s WHERE inbox_id = %s)
    UPDATE ingest_rawcall SET taken_in_at = %s WHERE id = ANY(%s)
"""


@transaction.atomic
def take_in(*, now: datetime, most: int = MOST_CALLS) -> int:
    """The oldest waiting calls of one inbox. Gives how many it took; 0 means that nothing waits.

    The inbox's row is the claim: another worker takes another inbox, so each inbox stays in order.
    """
    inbox, calls = _claim(most)
    if inbox is None:
        return 0
    try:
        with transaction.atomic():
            _take_together(inbox, calls, now=now)
    except Exception as error:
        if is_the_databases(error):
            raise  # nothing is lost, the calls wait
        log.warning("a batch of %d calls for inbox %d goes one by one", len(calls), inbox.pk, exc_info=True)
        for call in calls:
            _take_one_by_one(inbox, call, now=now)
    with connection.cursor() as cursor:
        taken = [call.pk for call in calls]
        cursor.execute(_TAKEN, [calls[-1].received_at, inbox.pk, now, taken])
    return len(calls)


def _claim(most: int) -> tuple[Inbox | None, list[RawCall]]:
    """Another worker may have taken all that waited while we asked which inbox is free: then the next one."""
    while inbox := next(iter(Inbox.objects.raw(_CLAIM)), None):
        calls = _waiting(inbox, most)
        if calls:
            return inbox, calls
    return None, []


def _waiting(inbox: Inbox, most: int) -> list[RawCall]:
    """The oldest calls. Where each carries its files, only as many as fit into memory, and one at the least."""
    if isinstance(channel(inbox.channel), CarriesParts):
        rows = RawCall.objects.filter(inbox=inbox, taken_in_at=None).order_by("id")
        size = Func(F("body"), function="octet_length", output_field=IntegerField())
        sums = accumulate(rows.annotate(size=size).values_list("size", flat=True)[:most])
        return list(rows[: max(1, sum(1 for _ in takewhile(lambda bytes_: bytes_ <= MOST_BYTES, sums)))])
    return _oldest(most, inbox=inbox.pk)


@prepared
def _oldest(most: int, *, inbox: int) -> QuerySet[RawCall]:
    return RawCall.objects.filter(inbox=inbox, taken_in_at=None).order_by("id")[:most]


def _take_together(inbox: Inbox, calls: Sequence[RawCall], *, now: datetime) -> None:
    arrived: list[Arrived] = []
    unreadable: list[LedgerLine] = []
    for call in calls:
        try:
            arrived += facts_of(call, inbox)
        except Unreadable as error:
            unreadable.append(_quarantined(call, inbox, 0, error.reason))
    take_facts(arrived, now=now)
    LedgerLine.objects.bulk_create(unreadable, ignore_conflicts=True)


def take_facts(arrived: Iterable[Arrived], *, now: datetime) -> None:
    """Customers' words first, then ours, then what happened to either; each fact once."""
    new = _not_in_ledger(each_letter_once(list(arrived)))
    lines = []
    for inbox, facts in _by_inbox(one for one in new if _is_customers(one)):
        said = [one.fact for one in facts if isinstance(one.fact, MessageIn)]
        past = {one.about for one in facts if one.past} | {fact.external_id for fact in said if fact.past}
        received = receive(inbox, said, now=now, past=past)
        lines += [_line(one, Ended(Place.MESSAGE)) for one in facts]
        ids = {message.external_id for message in received.messages}
        threads = {message.thread.key for message in received.messages}
        retry_parked(inbox, sorted(ids | threads), now=now)
        if not all(one.held for one in facts):
            end_silence(inbox, now=now)
    ours = [one for one in new if isinstance(one.fact, MessageIn) and one.fact.ours]
    for one in ours:
        ended = apply(one, now=now)
        lines.append(_line(one, ended))
        if ended.place == Place.OURS:
            retry_parked(one.inbox, [one.about], now=now)
    for _inbox, edits in _by_inbox(one for one in new if _is_edit(one)):
        ends = zip(edits, apply_edits(edits, now=now), strict=True)
        lines += [_line(one, ended) for one, ended in ends]
    rest = [one for one in new if not isinstance(one.fact, MessageIn) and not _is_edit(one)]
    for reads, some in groupby(rest, key=_whose_reads):
        group = list(some)
        places = apply_reads(group, now=now) if reads else [apply(one, now=now) for one in group]
        lines += [_line(one, ended) for one, ended in zip(group, places, strict=True)]
    insert_rows(LedgerLine, lines)


def _take_one_by_one(inbox: Inbox, call: RawCall, *, now: datetime) -> None:
    try:
        arrived = list(facts_of(call, inbox))
    except Exception as error:
        if is_the_databases(error):
            raise
        line = _quarantined(call, inbox, 0, in_words(error))
        LedgerLine.objects.bulk_create([line], ignore_conflicts=True)
        return
    take_each(arrived, now=now)


def take_each(arrived: Iterable[Arrived], *, now: datetime) -> None:
    """One by one: a fact that cannot be taken in is quarantined alone."""
    for one in arrived:
        try:
            with transaction.atomic():
                take_facts([one], now=now)
        except Exception as error:
            if is_the_databases(error):
                raise
            log.exception("fact %d of call %d is quarantined", one.position, one.call.pk)
            line = LedgerLine(**_line(one, Ended(Place.QUARANTINED, in_words(error))))
            LedgerLine.objects.bulk_create([line], ignore_conflicts=True)


def _not_in_ledger(arrived: Sequence[Arrived]) -> list[Arrived]:
    inboxes = Some({one.inbox.pk for one in arrived})
    seen = set(_in_ledger(inboxes=inboxes, keys=Some({one.key for one in arrived})))
    new: list[Arrived] = []
    repeated: dict[int, int] = defaultdict(int)
    for one in arrived:
        if (one.inbox.pk, one.key) in seen:
            repeated[one.call.pk] += 1
        else:
            seen.add((one.inbox.pk, one.key))
            new.append(one)
    for call_id, count in repeated.items():
        RawCall.objects.filter(pk=call_id).update(duplicates=F("duplicates") + count)
    return new


@prepared
def _in_ledger(*, inboxes: Some, keys: Some) -> QuerySet[LedgerLine, tuple[int, str]]:
    known = LedgerLine.objects.filter(among("inbox", inboxes), among("key", keys))
    return known.values_list("inbox_id", "key")


def _is_customers(one: Arrived) -> bool:
    return isinstance(one.fact, MessageIn) and not one.fact.ours


def _is_edit(one: Arrived) -> bool:
    """Told by the network; what was read back is compared one by one with what we have."""
    return isinstance(one.fact, MessageEdited) and not one.held


def _whose_reads(one: Arrived) -> int | None:
    """The inbox of a receipt for all that was written up to a time; None for everything else."""
    fact = one.fact
    up_to = isinstance(fact, Receipt) and fact.status == "read" and not fact.external_ids and not fact.token
    return one.inbox.pk if up_to else None


def _by_inbox(arrived: Iterable[Arrived]) -> list[tuple[Inbox, list[Arrived]]]:
    groups: dict[int, list[Arrived]] = defaultdict(list)
    for one in arrived:
        groups[one.inbox.pk].append(one)
    return [(group[0].inbox, group) for _pk, group in sorted(groups.items())]


def _line(one: Arrived, ended: Ended) -> dict[str, Any]:
    """What the ledger says of it; thousands are copied as they are."""
    return {
        "workspace_id": one.inbox.workspace_id,
        "inbox_id": one.inbox.pk,
        "raw_call_id": one.call.pk,
        "position": one.position,
        "fact": one.name,
        "key": one.key,
        "about": (ended.awaited or one.about)[:200],
        "place": ended.place,
        "reason": ended.reason,
        "at": one.fact.at,
    }


def _quarantined(call: RawCall, inbox: Inbox, position: int, reason: str) -> LedgerLine:
    return LedgerLine(
        workspace_id=inbox.workspace_id,
        inbox=inbox,
        raw_call=call,
        position=position,
        fact="call",
        key=f"call {call.pk}",
        place=Place.QUARANTINED,
        reason=reason,
        at=call.received_at,
    )
