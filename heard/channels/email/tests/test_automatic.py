"""Machines are recognised by what they say about themselves."""

from __future__ import annotations

import pytest

from heard.channels.email.reading import read
from heard.channels.email.tests.mails import a_mail


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; x=y",
        "Precedence: bulk",
        "X-Precedence: list",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Auto-Response-Suppress: All",
        "X-Autoreply: yes",
        "X-Autorespond: x",
        "List-Id: <news.example.com>",
        "List-Unsubscribe: <mailto:x@example.com>",
        "Feedback-ID: 1:2:3",
        "X-Loop: x",
        "Return-Path: <>",
        "From: MAILER-DAEMON@example.com",
        "From: no-reply@example.com",
        "From: bounces+123=x@example.com",
        "From: do_not_reply@example.com",
        'Content-Type: multipart/report; boundary="x"',
    ],
)
def test_a_machine_is_recognised(header: str) -> None:
    mail = read(a_mail(header, body="--x\r\n\r\nHello\r\n--x--"))
    assert mail.automatic
    assert mail.why_automatic


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Auto-Submitted: no",),
        ("Precedence: first-class",),
        ("X-Auto-Response-Suppress: None",),
        ("From: noreen@example.com",),
        ("Subject: Out of office chairs?",),
        ("Subject: Re: Automatic reply", "In-Reply-To: <a@acme.example>"),
        ("Return-Path: <jana@example.com>",),
    ],
)
def test_people_are_people(headers: tuple[str, ...]) -> None:
    assert not read(a_mail(*headers)).automatic


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Parcel", "Abwesenheit", "Αυτόματη απάντηση: Δέμα", "Samodejni odgovor: Paket"],
)
def test_an_answer_with_a_subject_of_its_own_that_says_so_is_a_machines(subject: str) -> None:
    assert read(a_mail(f"Subject: {subject}", "In-Reply-To: <a@acme.example>")).automatic
