"""The child that reads mails: bounded, replaced when it dies, asked by many at once."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from heard.channels.email import child
from heard.channels.email.child import FAILED, PartMissing, end_children, part_apart, read_apart
from heard.channels.email.reading import read
from heard.channels.email.tests.mails import a_file, a_mail, in_parts, plain
from heard.channels.email.tests.nasty import nasty_mails


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    yield
    end_children()


def running() -> int:
    """The process that will read the next mail."""
    return child._idle[-1].pid


def test_a_mail_reads_the_same_apart() -> None:
    raw = a_mail("Authentication-Results: mx; dmarc=pass header.from=example.com", "Return-Path: <>")
    assert read_apart(raw, trusted_hosts=["mx"]) == read(raw, trusted_hosts=["mx"])
    assert read_apart(raw, trusted_hosts=["mx"]).authentication.dmarc == "pass"


def test_the_same_child_reads_many_mails_and_the_bytes_of_their_parts() -> None:
    raw = in_parts("multipart/mixed", plain("x"), a_file("a.bin", bytes(range(256)) * 4_000))
    read_apart(raw)
    first = running()
    assert part_apart(raw, "2") == bytes(range(256)) * 4_000
    with pytest.raises(PartMissing):
        part_apart(raw, "9")
    assert running() == first


def test_a_child_that_died_is_replaced_and_nobody_notices() -> None:
    read_apart(a_mail())
    first = running()
    os.kill(first, signal.SIGKILL)
    assert read_apart(a_mail()).subject == "Parcel"
    assert running() != first


def test_a_child_serves_so_many_mails_and_is_then_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MOST_MAILS", 2)
    read_apart(a_mail())
    first = running()
    read_apart(a_mail())
    assert read_apart(a_mail()).problem == ""
    assert running() != first


def test_a_child_that_nobody_needs_ends_and_the_next_mail_starts_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(child, "IDLE_SECONDS", 0.2)
    read_apart(a_mail())
    first = running()
    until = time.monotonic() + 20
    while Path(f"/proc/{first}").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    assert read_apart(a_mail()).problem == ""
    assert running() != first


def test_a_child_that_takes_too_long_is_a_problem_and_no_stall(monkeypatch: pytest.MonkeyPatch) -> None:
    read_apart(a_mail())
    os.kill(running(), signal.SIGSTOP)
    monkeypatch.setattr(child, "WALL_SECONDS", 1.0)
    monkeypatch.setattr(child, "START_SECONDS", 0.01)  # nor does another come in time for the second try
    begun = time.monotonic()
    assert read_apart(a_mail()).problem == FAILED
    assert time.monotonic() - begun < 10
    with pytest.raises(PartMissing):
        part_apart(a_mail(), "1")


def test_a_mail_that_the_parsers_choke_on_is_read_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child stops at the first try; the second one goes to another child."""
    read_apart(a_mail())
    os.kill(running(), signal.SIGSTOP)
    monkeypatch.setattr(child, "WALL_SECONDS", 2.0)
    mail = read_apart(in_parts("multipart/mixed", plain("Hello")))
    assert (mail.text, mail.problem) == ("Hello", "")


def test_of_a_mail_that_kills_every_child_the_headers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its id is what keeps it from coming twice, and its sender can be told."""
    monkeypatch.setattr(child, "MAX_ANSWER", 1_500)  # an answer beyond it is as good as none
    mail = read_apart(a_mail(body="x" * 2_000))
    assert (mail.message_id, mail.subject, mail.text, mail.problem) == ("1@example.com", "Parcel", "", FAILED)


def test_many_threads_may_ask_at_once() -> None:
    mails = [a_mail(f"Subject: {n}", body="x" * (n % 7) * 10_000) for n in range(60)]
    with ThreadPoolExecutor(8) as pool:
        subjects = [mail.subject for mail in pool.map(read_apart, mails)]
    assert subjects == [str(n) for n in range(60)]
    assert 1 <= len(child._idle) <= child.MOST_CHILDREN


def test_the_child_knows_no_secret_and_is_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_SECRET_KEY", "planted-in-the-environment")
    end_children()
    read_apart(a_mail())
    home = Path(f"/proc/{running()}")
    assert b"planted" not in (home / "environ").read_bytes()
    limits = (home / "limits").read_text()
    assert f"Max address space         {child.MEMORY}" in limits
    assert "Max file size             0" in limits
    assert len(list((home / "fd").iterdir())) < 10


def test_after_a_fork_nobody_shares_a_child() -> None:
    read_apart(a_mail())
    forked = os.fork()
    if not forked:  # pragma: no cover
        os._exit(len(child._idle))
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert read_apart(a_mail()).subject == "Parcel"


def test_nasty_mails_leave_the_child_alive_and_small() -> None:
    read_apart(a_mail())
    first = running()
    for name, raw in list(nasty_mails())[::6]:
        assert "bounds" not in read_apart(raw).problem, name
    assert running() == first
    resident = (Path(f"/proc/{first}/status").read_text()).partition("VmHWM:")[2].split()[0]
    assert int(resident) < child.MEMORY // 1024
