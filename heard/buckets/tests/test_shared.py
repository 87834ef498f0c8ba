from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from heard.buckets.models import Bucket
from heard.buckets.shared import TAKEN, WAIT, count, forget_empty

TAKE = f"WITH asked (key) AS (SELECT %(key)s::text), {TAKEN} SELECT {WAIT} FROM asked"


def waits(key: str, *, a_minute: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"key": key, "each": 60 / a_minute})
        return float(cursor.fetchone()[0])


def test_a_minutes_worth_may_go_at_once_and_then_one_drips_after_the_other(transactional_db: None) -> None:
    assert [waits("ann", a_minute=3) for _ in range(3)] == [0, 0, 0]
    assert 15 < waits("ann", a_minute=3) <= 20
    assert waits("bea", a_minute=3) == 0

    earlier("ann", by=timedelta(seconds=21))
    assert waits("ann", a_minute=3) == 0
    assert waits("ann", a_minute=3) > 0
    earlier("ann", by=timedelta(hours=1))  # a long silence fills it once and not twice
    assert [waits("ann", a_minute=3) > 0 for _ in range(4)] == [False, False, False, True]


def test_a_count_begins_anew_when_its_minute_is_over(transactional_db: None) -> None:
    assert [count("form"), count("form"), count("other")] == [1, 2, 1]
    earlier("form", by=timedelta(seconds=61))
    assert [count("form"), count("form")] == [1, 2]


def test_all_processes_together_take_no_more_than_one_alone(transactional_db: None) -> None:
    with ThreadPoolExecutor(8) as many:
        waited = list(many.map(apart(lambda: waits("ann", a_minute=20)), range(40)))
        counted = list(many.map(apart(lambda: count("form")), range(40)))
    assert waited.count(0) == 20
    assert sorted(counted) == list(range(1, 41))


def test_what_is_empty_again_is_forgotten(transactional_db: None) -> None:
    count("form")
    forget_empty(now=timezone.now() + timedelta(minutes=2))
    assert Bucket.objects.exists()
    forget_empty(now=timezone.now() + timedelta(minutes=7))
    assert not Bucket.objects.exists()


def earlier(key: str, *, by: timedelta) -> None:
    """As if it had all happened so long ago."""
    bucket = Bucket.objects.get(key=key)
    Bucket.objects.filter(key=key).update(until=bucket.until - by)


def apart(ask: Callable[[], float]) -> Callable[[int], float]:
    """With a connection of its own, that is closed again."""

    def asked(_turn: int) -> float:
        try:
            return ask()
        finally:
            connection.close()

    return asked
