from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from heard.channels.meta.simulator import signed
from heard.channels.registry import channel
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth, InboxSecret
from heard.ingest.health import health
from heard.ingest.ledger import ledger, lines
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.parked import KEPT_FOR, give_up_parked
from heard.ingest.quarantine import replay
from heard.ingest.take_in import take_in
from heard.tickets import receive
from heard.tickets.answer import answered
from heard.tickets.dismiss import dismiss
from heard.tickets.like import like
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent
from tests import calls
from tests.cast import NOON, SECRETS, Network, a_workspace, an_agent, an_inbox, reloaded

POISON = "9" * 230  # an id longer than its column


def test_calls_are_taken_in_in_order_and_once(facebook: Network) -> None:
    for n in range(5):
        calls.stored(facebook.inbox, calls.comment(f"c{n}", f"Word {n}", at=NOON), now=NOON)

    assert take_in(now=NOON, most=3) == 3
    assert take_in(now=NOON, most=3) == 2
    assert take_in(now=NOON) == 0

    assert list(Message.objects.order_by("id").values_list("external_id", flat=True)) == [
        f"c{n}" for n in range(5)
    ]
    assert not RawCall.objects.filter(taken_in_at=None).exists()


def test_the_inbox_that_waits_longest_comes_first(facebook: Network, messenger: Network) -> None:
    calls.stored(messenger.inbox, calls.direct("m1", "Hi", at=NOON), now=NOON)
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)

    take_in(now=NOON)

    assert Message.objects.get().inbox == messenger.inbox


def test_what_the_network_repeats_is_counted_and_changes_nothing(facebook: Network) -> None:
    elements = [calls.comment("c1", "Hi", at=NOON), calls.felt("c1", "love", at=NOON)]
    for _ in range(3):
        calls.stored(facebook.inbox, *elements, now=NOON)
    calls.take_all(now=NOON)
    calls.stored(facebook.inbox, *elements, now=NOON)
    calls.take_all(now=NOON)

    assert Message.objects.count() == 1
    assert LedgerLine.objects.count() == 2
    assert sum(RawCall.objects.values_list("duplicates", flat=True)) == 6


def test_a_bad_fact_costs_only_itself(facebook: Network) -> None:
    bad = calls.comment(POISON, "Hi", at=NOON)
    good = [calls.comment(f"c{n}", "Hi", at=NOON) for n in range(6)]
    calls.stored(facebook.inbox, *good[:2], bad, *good[2:4], now=NOON)
    calls.stored(facebook.inbox, *good[4:], now=NOON)

    calls.take_all(now=NOON)

    assert set(Message.objects.values_list("external_id", flat=True)) == {f"c{n}" for n in range(6)}
    quarantined = LedgerLine.objects.get(place="quarantined")
    assert (quarantined.position, quarantined.about) == (2, POISON[:200])
    assert "too long" in quarantined.reason


def test_repeats_are_counted_though_a_batch_falls_apart(facebook: Network) -> None:
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)
    calls.take_all(now=NOON)
    bad = calls.comment(POISON, "Hi", at=NOON)
    again = [calls.comment("c1", "Hi", at=NOON), calls.comment("c2", "Hi", at=NOON)]
    call = calls.stored(facebook.inbox, *again, bad, again[0], again[1], now=NOON)

    calls.take_all(now=NOON)

    assert reloaded(call).duplicates == 3


def test_a_call_that_cannot_be_read_is_quarantined_whole(facebook: Network) -> None:
    calls.stored(facebook.inbox, body=b'{"object":', now=NOON)
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)

    calls.take_all(now=NOON)

    line = LedgerLine.objects.get(place="quarantined")
    assert (line.fact, line.inbox) == ("call", facebook.inbox)
    assert Message.objects.count() == 1


def test_what_was_quarantined_goes_through_after_a_fix(facebook: Network, bea: Agent) -> None:
    call = calls.stored(facebook.inbox, body=b'{"object":', now=NOON)
    calls.take_all(now=NOON)
    line = LedgerLine.objects.get()
    assert not replay(line, by=bea, now=NOON)
    assert "JSON" in reloaded(line).reason

    bad = calls.comment(POISON, "Hi", at=NOON)
    call.body = calls.body_of(calls.comment("c1", "Hi", at=NOON), bad)
    call.save()

    assert replay(line, by=bea, now=NOON)
    assert Message.objects.get().external_id == "c1"
    assert LedgerLine.objects.get(place="quarantined").about == POISON[:200]


def test_a_replay_that_goes_through_is_done_once(facebook: Network, bea: Agent) -> None:
    bad = calls.comment(POISON, "Hi", at=NOON)
    call = calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), bad, now=NOON)
    calls.take_all(now=NOON)
    line = LedgerLine.objects.get(place="quarantined")
    call.body = calls.body_of(calls.comment("c1", "Hi", at=NOON), calls.comment("c2", "Now fine", at=NOON))
    call.save()

    assert replay(line, by=bea, now=NOON)
    assert replay(line, by=bea, now=NOON)

    assert set(Message.objects.values_list("text", flat=True)) == {"Hi", "Now fine"}
    assert set(LedgerLine.objects.values_list("place", flat=True)) == {"message"}


def test_a_parked_fact_that_is_bad_does_not_cost_the_message_it_waits_for(
    facebook: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls.stored(facebook.inbox, calls.felt("c1", "love", at=NOON), now=NOON)
    calls.take_all(now=NOON)
    line = LedgerLine.objects.get(place="parked")
    assert line.raw_call is not None
    line.raw_call.body = b"spoilt meanwhile"
    line.raw_call.save()

    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)
    calls.take_all(now=NOON)

    assert Message.objects.get().external_id == "c1"
    assert reloaded(line).place == "quarantined"


def test_what_never_comes_is_not_waited_for_more_than_a_day(facebook: Network) -> None:
    calls.stored(facebook.inbox, calls.felt("never", "love", at=NOON), now=NOON)
    calls.take_all(now=NOON)
    line = LedgerLine.objects.get()

    assert give_up_parked(now=line.created_at + KEPT_FOR - timedelta(seconds=1)) == 0
    assert give_up_parked(now=line.created_at + KEPT_FOR + timedelta(seconds=1)) == 1
    assert reloaded(line).place == "ignored"


def test_the_other_side_of_a_page_gets_what_is_its_own(facebook: Network, messenger: Network) -> None:
    _signed_call(facebook.inbox, calls.direct("m1", "Hello", at=NOON))

    calls.take_all(now=NOON)

    assert Message.objects.get().inbox == messenger.inbox


def test_whoever_holds_one_secret_writes_into_no_other_inbox(facebook: Network, messenger: Network) -> None:
    InboxSecret.objects.filter(inbox=messenger.inbox).delete()
    other = {**SECRETS, "app_secret": "another-secret"}
    credentials = channel("messenger").credentials.model_validate({"account": "104500", **other})
    store_credentials(messenger.inbox, credentials, now=NOON)
    _signed_call(facebook.inbox, calls.direct("m1", "Forged", at=NOON))

    calls.take_all(now=NOON)

    assert not Message.objects.exists()
    line = LedgerLine.objects.get()
    assert (line.inbox, line.place) == (facebook.inbox, "ignored")


def test_a_sibling_of_another_workspace_is_a_stranger(facebook: Network, cyril: Agent) -> None:
    an_inbox(cyril.workspace, "messenger")
    _signed_call(facebook.inbox, calls.direct("m1", "Hello", at=NOON))

    calls.take_all(now=NOON)

    assert not Message.objects.exists()


def test_what_is_half_done_when_the_power_goes_is_done_again(facebook: Network) -> None:
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)

    class PowerCut(BaseException):
        """Not an Exception: nothing may catch it."""

    with contextlib.suppress(PowerCut), transaction.atomic():
        take_in(now=NOON)
        assert Message.objects.exists()
        raise PowerCut
    assert not Message.objects.exists()
    calls.take_all(now=NOON)

    assert Message.objects.count() == LedgerLine.objects.count() == 1


def test_when_the_database_fails_the_calls_wait(facebook: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)

    def away(*arguments: object) -> None:
        raise OperationalError("the connection was lost")

    with monkeypatch.context() as broken:
        broken.setattr(receive._Arrival, "store", away)
        with pytest.raises(OperationalError):
            take_in(now=NOON)

    assert not LedgerLine.objects.exists()
    assert calls.take_all(now=NOON) == 1


def test_a_call_without_a_time_gets_that_of_its_arrival(facebook: Network) -> None:
    element = calls.comment("c1", "Hi", at=NOON)
    del element[1]["value"]["created_time"]
    body = calls.body_of(element).replace(b'"time":1793620800,', b"")
    calls.stored(facebook.inbox, body=body, now=NOON + timedelta(minutes=7))

    calls.take_all(now=NOON + timedelta(hours=1))

    assert Message.objects.get().at == NOON + timedelta(minutes=7)


@pytest.mark.parametrize("year", [1971, 2037, 2100])
def test_clocks_that_lie_keep_their_order(messenger: Network, year: int) -> None:
    at = NOON.replace(year=year)
    second = calls.direct("m2", "Second", at=at + timedelta(seconds=1))
    calls.stored(messenger.inbox, second, calls.direct("m1", "First", at=at), now=NOON)

    calls.take_all(now=NOON)

    ticket = Ticket.objects.get()
    assert [message.text for message in ticket.messages.order_by("at", "id")] == ["First", "Second"]


def test_the_ledger_adds_up_whatever_agents_do(facebook: Network, bea: Agent) -> None:
    elements = [calls.comment(f"c{n}", "Hi", at=NOON, by=f"p{n}") for n in range(5)]
    calls.stored(facebook.inbox, *elements, calls.felt("c1", "love", at=NOON), now=NOON)
    calls.stored(facebook.inbox, calls.felt("later", "love", at=NOON), elements[0], now=NOON)
    calls.stored(facebook.inbox, calls.own_comment("own", "Soon", at=NOON, under="c4"), now=NOON)
    calls.stored(facebook.inbox, body=b'{"object": "user", "entry": []}', now=NOON)
    calls.stored(facebook.inbox, body=b"{", now=NOON)
    calls.take_all(now=NOON)
    answered(facebook.ticket("c0"), by=bea, now=NOON)
    dismiss(facebook.ticket("c1"), reason="no", by=bea, now=NOON)
    like(facebook.message("c2"), by=bea, now=NOON)

    (found,) = ledger(bea)

    assert (found.ignored, found.quarantined, found.open) == (1, 1, 1)
    assert (found.answered, found.thanked, found.dismissed) == (2, 1, 1)
    assert (found.updates, found.echoes, found.parked, found.duplicates) == (1, 1, 1, 1)
    assert found.received == 7


def test_the_ledger_of_another_workspace_is_not_shown(facebook: Network, cyril: Agent) -> None:
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON)
    calls.take_all(now=NOON)

    assert ledger(cyril) == ledger(cyril, inbox=facebook.inbox.pk) == []
    assert lines(cyril, inbox=facebook.inbox.pk) == ([], None)


def test_lines_of_the_ledger_come_in_pages(facebook: Network, bea: Agent) -> None:
    elements = [calls.comment(f"c{n}", "Hi", at=NOON, by=f"p{n}") for n in range(5)]
    calls.stored(facebook.inbox, *elements, now=NOON)
    calls.take_all(now=NOON)

    seen, cursor = [], ""
    while True:
        page, following = lines(bea, inbox=facebook.inbox.pk, cursor=cursor, limit=2)
        seen += [line.about for line in page]
        if following is None:
            break
        cursor = following

    assert seen == [f"c{n}" for n in (4, 3, 2, 1, 0)]
    assert len(lines(bea, inbox=facebook.inbox.pk, cursor="nonsense")[0]) == 5


def test_health_tells_what_waits_and_what_failed(facebook: Network, messenger: Network, bea: Agent) -> None:
    calls.stored(facebook.inbox, calls.felt("never", "love", at=NOON), now=NOON)
    calls.stored(facebook.inbox, body=b"{", now=NOON)
    calls.take_all(now=NOON)
    calls.stored(facebook.inbox, calls.comment("c1", "Hi", at=NOON), now=NOON + timedelta(minutes=3))

    with CaptureQueriesContext(connection) as queries:
        found = {one.inbox: one for one in health(bea)}

    mine = found[facebook.inbox]
    assert (mine.backlog, mine.backlog_since) == (1, NOON + timedelta(minutes=3))
    assert (mine.parked, mine.quarantined, mine.last_call_at) == (1, 1, NOON)
    assert found[messenger.inbox].backlog == 0
    assert len(queries) == 8


def test_two_workers_at_once_double_nothing(transactional_db: None) -> None:
    workspace = a_workspace("Acme")
    facebook, messenger = Network(an_inbox(workspace)), Network(an_inbox(workspace, "messenger"))
    for n in range(30):
        private = calls.direct(f"m{n % 20}", "Hi", at=NOON, by=f"p{n % 4}")
        _signed_call(facebook.inbox, calls.comment(f"c{n % 20}", "Hi", at=NOON, by=f"p{n % 4}"), private)
        _signed_call(messenger.inbox, private)

    _at_once(*[lambda: _take_patiently()] * 3)

    assert Message.objects.filter(inbox=facebook.inbox).count() == 20
    assert Message.objects.filter(inbox=messenger.inbox).count() == 20
    assert Ticket.objects.filter(inbox=messenger.inbox).count() == 4
    found = {one.inbox: one for one in ledger(an_agent(workspace, "Bea"))}
    assert found[facebook.inbox].open + found[facebook.inbox].duplicates >= 30
    assert not LedgerLine.objects.filter(place="quarantined").exists()
    assert InboxHealth.objects.filter(last_call_at=None).count() == 0


def _take_patiently() -> None:
    """As the worker does: when the database says no, look again."""
    while True:
        try:
            if not take_in(now=NOON, most=4) and not RawCall.objects.filter(taken_in_at=None).exists():
                return
        except OperationalError:
            continue


def _at_once(*acts: Callable[[], object]) -> None:
    failed: list[BaseException] = []

    def act(this: Callable[[], object]) -> None:
        try:
            this()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed, failed


def _signed_call(inbox: Inbox, *elements: calls.Element) -> None:
    body = calls.body_of(*elements)
    headers = {name.lower(): value for name, value in signed(body, SECRETS["app_secret"]).items()}
    call = calls.stored(inbox, body=body, now=NOON)
    RawCall.objects.filter(pk=call.pk).update(headers=headers)
