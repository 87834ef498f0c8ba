from __future__ import annotations

from datetime import timedelta

import pytest

from heard.inboxes.models import Inbox
from heard.ingest import forget
from heard.ingest.forget import forget_calls
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_in
from tests import calls
from tests.cast import NOON, Network

DAY = timedelta(days=1)


def test_what_was_taken_in_long_ago_is_forgotten_however_much_it_is_and_its_lines_stay(
    facebook: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forget, "AT_ONCE", 2)
    for number in range(5):
        calls.stored(facebook.inbox, calls.comment(f"c{number}", "Hello", at=NOON), now=NOON - 10 * DAY)
    young = calls.stored(facebook.inbox, calls.comment("young", "Hello", at=NOON), now=NOON)
    take_in(now=NOON)
    waiting = calls.stored(facebook.inbox, calls.comment("late", "Hello", at=NOON), now=NOON - 10 * DAY)

    assert forget_calls(before=NOON - DAY) == 5

    assert set(RawCall.objects.all()) == {young, waiting}
    assert LedgerLine.objects.filter(raw_call=None).count() == 5


def test_what_somebody_has_to_look_at_and_letters_are_kept(facebook: Network) -> None:
    broken = calls.stored(facebook.inbox, now=NOON - 10 * DAY, body=b"{")
    take_in(now=NOON)
    assert LedgerLine.objects.get().place == LedgerLine.Place.QUARANTINED
    workspace = facebook.inbox.workspace
    mailbox = Inbox.objects.create(
        workspace=workspace, channel="email", account="help@acme.example", name="Help"
    )
    letter = calls.stored(mailbox, now=NOON - 10 * DAY, body=b"Subject: Hello")
    RawCall.objects.filter(pk=letter.pk).update(taken_in_at=NOON)

    assert forget_calls(before=NOON) == 0

    assert set(RawCall.objects.all()) == {broken, letter}
