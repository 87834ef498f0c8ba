from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg
import pytest

from heard.ingest.straight import StraightLink
from tests.apart import run_apart

_TEXT = (25,)


@asynccontextmanager
async def a_link(url: str, *, name: str = "straight") -> AsyncIterator[StraightLink]:
    link = StraightLink(url, name=name)
    try:
        yield link
    finally:
        await link.close()


async def length_is(link: StraightLink, text: bytes) -> None:
    """Raises psycopg.DataError from the database itself when the text came in another length."""
    asked = b"SELECT 1 / (length($1) = %d)::int" % len(text)
    await link.run(asked, [text], types=_TEXT)


def test_a_value_larger_than_any_buffer_arrives_whole(database_url: str) -> None:
    async def told() -> None:
        async with a_link(database_url) as link:
            await length_is(link, b"x" * 30_000_000)

    run_apart(told())


def test_after_an_error_the_same_connection_goes_on(database_url: str) -> None:
    async def told() -> None:
        async with a_link(database_url) as link:
            with pytest.raises(psycopg.errors.DivisionByZero):
                await link.run(b"SELECT 1 / 0")
            await length_is(link, b"here")

    run_apart(told())


def test_a_lost_connection_is_replaced(database_url: str) -> None:
    async def told() -> None:
        async with a_link(database_url, name="straight and lost") as link:
            await length_is(link, b"before")
            with psycopg.connect(database_url, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                    "WHERE application_name = 'straight and lost'"
                )
            with pytest.raises(psycopg.OperationalError):
                await link.run(b"SELECT 1")
            await length_is(link, b"after")

    run_apart(told())


def test_who_is_cancelled_leaves_no_half_answer_behind(database_url: str) -> None:
    async def told() -> None:
        async with a_link(database_url) as link:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.3):
                    await link.run(b"SELECT pg_sleep(30)")
            await length_is(link, b"after")

    run_apart(told())
