from __future__ import annotations

import pytest

from heard.api import rates
from heard.api.tests.conftest import Program
from heard.buckets import MOST_BUCKETS, Buckets


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_may_come_at_once_and_then_one_at_a_time() -> None:
    clock = Clock()
    buckets = Buckets(120, clock=clock)

    assert [buckets.take("a").exceeded for _ in range(121)] == [False] * 120 + [True]
    assert buckets.take("a").retry_after == pytest.approx(0.5)

    clock.now += 0.5
    assert not buckets.take("a").exceeded
    assert buckets.take("a").exceeded


def test_what_is_left_is_told() -> None:
    buckets = Buckets(60, clock=Clock())

    assert [buckets.take("a").remaining for _ in range(3)] == [59, 58, 57]
    assert buckets.take("a").reset == pytest.approx(4)


def test_one_token_does_not_use_up_anothers() -> None:
    buckets = Buckets(1, clock=Clock())

    assert not buckets.take("a").exceeded
    assert not buckets.take("b").exceeded


def test_full_buckets_are_forgotten() -> None:
    clock = Clock()
    buckets = Buckets(60, clock=clock)
    for number in range(MOST_BUCKETS + 1):
        buckets.take(str(number))

    clock.now += 60
    buckets.take("last")

    assert len(buckets._full_at) == 1


def test_too_many_calls_are_told_when_to_come_back(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "READING", Buckets(2))
    first, _second, third = program.get("/me"), program.get("/me"), program.get("/me")

    assert (first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == ("2", "1")
    assert third.status_code == 429
    assert third.json()["type"] == "urn:heard:problem:too-many-requests"
    assert int(third.headers["Retry-After"]) >= 1
    assert third.headers["RateLimit-Remaining"] == "0"


def test_reading_does_not_use_up_writing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "READING", Buckets(1))
    program.get("/me")

    assert program.post("/tickets/1/reopen").status_code == 404
