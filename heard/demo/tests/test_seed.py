from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from heard.channels.registry import CHANNELS
from heard.demo.seed import JUST_WRITTEN, MAILS, seed
from heard.inboxes.models import Inbox
from heard.replies.models import SavedReply
from heard.replies.shipped import shipped
from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.scenario.elsewhere import KINDS
from heard.tickets.models import Message, Ticket
from heard.worker import Intake
from tests.front import until


@pytest.fixture
def sandbox() -> Iterator[Running]:
    """One of its own: its accounts are told a whole story."""
    with running_sandbox() as running:
        yield running


@pytest.fixture
def intake(site: str) -> Iterator[None]:
    intake = Intake()
    intake.start()
    yield
    intake.stop()
    intake.join(10)


@pytest.mark.usefixtures("intake")
def test_the_demo_is_a_desk_in_the_middle_of_its_day_and_stays_so(sandbox: Running) -> None:
    admin = seed(now=timezone.now(), sandbox_url=sandbox.url)
    until(lambda: _just_written() == len(JUST_WRITTEN) + len(MAILS))

    assert {inbox.channel for inbox in Inbox.objects.all()} == set(CHANNELS)
    assert len({inbox.name for inbox in Inbox.objects.all()}) == Inbox.objects.count()
    assert Inbox.objects.get(channel="x").name == "Acme Shop on X"
    writers = Message.objects.filter(direction="in").values_list("inbox__channel", flat=True)
    assert set(writers) >= {"facebook", "messenger", *KINDS}
    subjects = Ticket.objects.filter(kind="email", state="open").values_list("subject", flat=True)
    assert set(subjects) == {mail["subject"] for mail in MAILS}
    waiting = Ticket.objects.filter(state="open").count()
    assert 0 < waiting < Ticket.objects.count()
    assert SavedReply.objects.count() == len(shipped())

    for again in (False, True):
        assert seed(now=timezone.now(), sandbox_url=sandbox.url, again=again) == admin
        assert Ticket.objects.filter(state="open").count() == waiting
        assert SavedReply.objects.count() == len(shipped())


def _just_written() -> int:
    written = [text for _slug, _handle, text in JUST_WRITTEN] + [mail["text"] for mail in MAILS]
    return Message.objects.filter(text__in=written).count()
