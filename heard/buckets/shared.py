"""Counted in the database, for what must hold for all processes together. One statement each, one row a key.

`TAKEN` and `WAIT` are a bucket that drips, as `Buckets` is: a minute's worth at once, then one call each
60 / limit seconds. `COUNT` counts within a minute that begins with the first call.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from heard.buckets.models import Bucket

# Parts of a statement that calls one key `asked (key)` and names the parameter `each`, in seconds.
TAKEN = """
    taken AS (
        INSERT INTO buckets_bucket AS bucket (key, count, until)
        SELECT asked.key, 1, now() + make_interval(secs => %(each)s) FROM asked
        ON CONFLICT (key) DO UPDATE SET until = greatest(bucket.until, now()) + make_interval(secs => %(each)s)
            WHERE greatest(bucket.until, now()) + make_interval(secs => %(each)s) <= now() + interval '1 minute'
        RETURNING key
    )
"""
# The seconds until it may be asked for again: 0 when this one was taken.
WAIT = """
    CASE WHEN EXISTS (SELECT FROM taken) THEN 0 ELSE greatest(0.001, %(each)s - 60 + (
        SELECT extract(epoch FROM bucket.until - now()) FROM buckets_bucket AS bucket WHERE bucket.key = asked.key
    )) END
"""
COUNT = """
    INSERT INTO buckets_bucket AS bucket (key, count, until)
    VALUES (%s, 1, now() + interval '1 minute')
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN bucket.until > now() THEN bucket.count + 1 ELSE 1 END,
        until = CASE WHEN bucket.until > now() THEN bucket.until ELSE now() + interval '1 minute' END
    RETURNING count
"""
KEPT_FOR = timedelta(minutes=5)


def count(key: str) -> int:
    """How often in this minute, this one included."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key])
        return int(cursor.fetchone()[0])


def forget_empty(*, now: datetime) -> None:
    Bucket.objects.filter(until__lt=now - KEPT_FOR).delete()
