"""Whatever the bytes: a mail comes out, in time, and a database can keep it."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.channels.email import parts
from heard.channels.email.mail import (
    MAX_ADDRESS,
    MAX_ADDRESSES,
    MAX_HTML,
    MAX_ID,
    MAX_SUBJECT,
    MAX_TEXT,
    MAX_TYPE,
    Mail,
)
from heard.channels.email.reading import UNREADABLE, part_of, read
from heard.channels.email.tests.nasty import nasty_mails, nested

MAILS = dict(nasty_mails())
SMALL = [raw for raw in MAILS.values() if len(raw) < 20_000]
ENOUGH = 8.0  # seconds, on a busy machine; most take milliseconds


def storable(mail: Mail) -> bool:
    said = "".join(
        (mail.text, mail.html, mail.subject, mail.message_id, *mail.refers, *(p.name for p in mail.parts))
    )
    said.encode()  # fails on half a pair
    return "\x00" not in said


def test_there_are_many_nasty_mails() -> None:
    assert len(MAILS) >= 150


@pytest.mark.parametrize("name", MAILS)
def test_a_nasty_mail_is_read_in_time_and_within_bounds(name: str) -> None:
    begun = time.process_time()
    mail = read(MAILS[name])
    assert time.process_time() - begun < ENOUGH
    assert mail.problem != UNREADABLE
    assert storable(mail)
    assert all(len(one) <= MAX_ID for one in (mail.message_id, *mail.refers))
    assert all(len(one.address) <= MAX_ADDRESS for one in (*mail.to, *mail.cc, *filter(None, [mail.sender])))
    assert all(len(part.content_type) <= MAX_TYPE for part in mail.parts)
    assert len(mail.subject) <= MAX_SUBJECT
    assert len(mail.text) <= MAX_TEXT
    assert len(mail.html) <= MAX_HTML
    assert len(mail.to) + len(mail.cc) <= MAX_ADDRESSES
    assert len(mail.parts) <= 300
    assert all(part_of(MAILS[name], part.number) is not None for part in mail.parts[:3])


@pytest.mark.parametrize("name", list(MAILS)[::3])
def test_the_careful_way_reads_it_too(name: str) -> None:
    mail = read(MAILS[name], careful=True)
    assert mail.problem != UNREADABLE
    assert storable(mail)


def test_bounds_are_told_in_words() -> None:
    assert read(MAILS["a subject of 3 MB"]).problem == parts.TOO_LARGE
    assert read(MAILS["a subject of 3 MB"]).text == "Where is my parcel?"
    assert read(MAILS["20,000 recipients"]).problem == parts.TOO_LARGE
    assert read(MAILS["50,000 parts"]).problem == parts.TOO_MANY
    assert read(MAILS["200 parts"]).problem == ""
    assert read(nested(20)).text == "bottom"
    assert read(nested(21)).problem == parts.TOO_DEEP


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SMALL), st.randoms(use_true_random=False), st.binary(max_size=60))
def test_a_spoilt_mail_is_read_without_an_error(raw: bytes, random: object, noise: bytes) -> None:
    spoilt = bytearray(raw)
    for _ in range(random.randint(1, 4)):  # type: ignore[attr-defined]
        first = random.randint(0, len(spoilt))  # type: ignore[attr-defined]
        last = min(len(spoilt), first + random.choice((0, 1, 10, 200)))  # type: ignore[attr-defined]
        piece = random.choice((noise, bytes(spoilt[first:last]) * 3, b"\r\n", b"--b1\r\n", b"\x00"))  # type: ignore[attr-defined]
        spoilt[first:last] = piece
    mail = read(bytes(spoilt))
    assert mail.problem != UNREADABLE
    assert storable(mail)
