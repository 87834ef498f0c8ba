from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.postgres.base import _is_well
from heard.postgres.known_words import KnownWords

TIMES = (
    "2026-11-22 13:31:17.319946+00",
    "2026-11-22 13:31:17.31+01",
    "2026-11-22 13:31:17+00",
    "0044-03-15 12:00:00+00",
    "1899-06-01 00:00:00.000001-07:52",
    "9999-12-31 23:59:59.999999+00",
)


@pytest.mark.django_db
def test_times_are_read_as_the_driver_reads_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        for text in TIMES:
            cursor.execute("SELECT %s::timestamptz", [text])
            (read,) = cursor.fetchone()
            with psycopg.connect(
                connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]
            ) as bare:
                bare.execute("SET TimeZone TO 'UTC'")
                (meant,) = bare.execute("SELECT %s::timestamptz", [text]).fetchone() or ()
            assert read == meant
            assert repr(read.tzinfo) == "datetime.timezone.utc"


@pytest.mark.django_db
def test_known_words_send_the_same_values_and_can_be_told_apart_in_the_log() -> None:
    words = "SELECT %s::int, 'per cent: %%', %s::text"
    with CaptureQueriesContext(connection) as asked, connection.cursor_of_known_words() as cursor:  # type: ignore[attr-defined]
        for values in ([1, "a"], [2, "%s"]):
            cursor.execute(words, values)
            assert cursor.fetchone() == (values[0], "per cent: %", values[1])
        assert isinstance(cursor.cursor, KnownWords)
    assert "'per cent: %', '%s'" in asked.captured_queries[1]["sql"]


@pytest.mark.django_db
def test_a_connection_that_was_used_just_now_is_asked_only_when_the_server_has_gone() -> None:
    told = connection.connection.info
    with psycopg.connect(told.dsn, password=connection.settings_dict["PASSWORD"], autocommit=True) as other:
        assert not _is_well(other), "nobody knows how long it has been idle"
        assert _is_well(other)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.info.backend_pid])
        assert not _is_well(other)
