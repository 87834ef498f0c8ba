"""From a raw mail to what the rest of Heard hears of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from heard.channels.contract import (
    UNKNOWN_TIME,
    Happening,
    Hook,
    Ignored,
    Incoming,
    Kind,
    MessageIn,
    Person,
    Receipt,
)
from heard.channels.email import child
from heard.channels.email.payloads import NO_TEXT, NOBODY_TO_ANSWER, NOT_DISPLAYED, TOO_LARGE, facts
from heard.channels.email.tests.mails import a_file, a_mail, a_part, html, in_parts, plain
from heard.channels.email.tests.test_bounces import DAEMON, OURS, RETURNED, a_report, status

MARK = "t1z.abcdefghij234567"
KNOWN = {
    "x-mailbox": "support@acme.example",
    "x-received-at": "2026-10-06T10:00:05+00:00",
    "x-trusted-hosts": "mx.acme.example",
}
PROVED = "Authentication-Results: mx.acme.example; dmarc=pass header.from=example.com"


@pytest.fixture(scope="module", autouse=True)
def _none_left() -> Iterator[None]:
    yield
    child.end_children()


def the_fact(raw: bytes, **told: str) -> Incoming:
    headers = KNOWN | {f"x-{name.replace('_', '-')}": value for name, value in told.items()}
    [fact] = facts(Hook("POST", {}, headers, raw))
    json.dumps(fact.raw)
    assert fact.at.tzinfo
    return fact


def the_message(raw: bytes, **told: str) -> MessageIn:
    fact = the_fact(raw, **told)
    assert isinstance(fact, MessageIn)
    return fact


def test_a_mail_is_a_private_message_with_all_that_belongs_to_it() -> None:
    said = the_message(
        a_mail(
            PROVED,
            f"To: support+{MARK}@acme.example, Oto <oto@example.com>",
            "Cc: Bea <bea@acme.example>, SUPPORT@acme.example, jana@example.com",
            "Subject: Re: Parcel [HRD-1042-K7]",
            "In-Reply-To: <c@acme.example>",
            f"References: <a@example.com> <{OURS}> <c@acme.example>",
            body="Still nothing.\n\nOn 6 Oct 2026, at 09:00, Acme wrote:\n> On its way.",
        )
    )
    assert (said.kind, said.public, said.ours) == (Kind.EMAIL, False, False)
    assert (said.external_id, said.thread, said.parent) == (
        "1@example.com",
        "a@example.com",
        "c@acme.example",
    )
    assert said.refers == ("c@acme.example", OURS, "a@example.com")
    assert said.author == Person("jana@example.com", name="Jana")
    assert said.copies == [Person("oto@example.com", name="Oto"), Person("bea@acme.example", name="Bea")]
    assert said.subject == "Re: Parcel [HRD-1042-K7]"
    assert said.text == "Still nothing."
    assert "On its way." in said.html
    assert said.marks[0] == MARK
    assert said.verified is True
    assert not said.automatic
    assert said.at == datetime(2026, 10, 6, 10, tzinfo=UTC)


def test_a_mail_without_words_says_so_and_one_with_a_picture_needs_none() -> None:
    assert [the_message(a_mail(body=body)).text for body in ("", "\r\n \r\n")] == [NO_TEXT] * 2
    empty = in_parts("multipart/mixed", html("<div><br></div>"))
    assert the_message(empty).text == NO_TEXT
    assert the_message(in_parts("multipart/mixed", plain(""), a_file("bill.pdf"))).text == ""
    assert the_message(in_parts("multipart/mixed", html('<img src="https://x.example/a.png">'))).text == ""


def test_a_mail_that_only_holds_another_shows_what_that_says() -> None:
    inner = a_mail(
        "Subject: =?utf-8?q?B=C3=BCcher?=", sender="From: Oto <oto@example.com>", body="Look.\n> Yes"
    )
    outer = in_parts("multipart/mixed", plain(" "), a_part("message/rfc822", inner))
    said = the_message(outer)

    assert said.author == Person("jana@example.com", name="Jana")
    assert said.text.startswith("From: Oto <oto@example.com>\nTo: support@acme.example\nDate: Tue")
    assert said.text.endswith("Subject: Bücher\n\nLook.\n> Yes")
    assert [one.name for one in said.media] == ["Bücher.eml"]
    deeper = in_parts("multipart/mixed", a_part("message/rfc822", outer), boundary="b2")
    assert the_message(deeper).text.endswith("Look.\n> Yes")
    beside = in_parts("multipart/mixed", plain("Mine"), a_part("message/rfc822", inner))
    assert the_message(beside).text == "Mine"


def test_a_mail_without_an_id_is_the_same_in_each_mailbox_where_it_has_a_date() -> None:
    def ids(*lines: str) -> set[str]:
        copies = [a_mail("Message-ID:", f"Delivered-To: {box}@acme.example", *lines) for box in ("a", "b")]
        return {the_message(copy).external_id for copy in copies}

    [one] = ids()
    assert one.endswith("@unnamed.invalid")
    assert len(ids("Date:")) == 2
    other = a_mail("Message-ID:", body="Where are my parcels?")
    assert the_message(other).external_id != one


def test_a_mail_without_quotes_needs_no_html() -> None:
    assert the_message(a_mail()).html == ""


def test_html_is_handed_over_as_it_came() -> None:
    content = '<p>Still nothing</p><div class="gmail_quote">On Monday Acme wrote: <b>On its way</b></div><script>x</script>'
    said = the_message(in_parts("multipart/mixed", html(content)))
    assert (said.text, said.html) == ("Still nothing", content)


def test_without_a_word_of_our_own_server_nobody_is_proved() -> None:
    assert the_message(a_mail()).verified is False
    assert the_message(a_mail(PROVED), trusted_hosts="").verified is False
    assert the_message(a_mail(PROVED, "From: jana@elsewhere.example")).verified is False


def test_a_mail_without_an_id_has_the_same_one_each_time() -> None:
    first, again = (the_message(a_mail("Message-ID:")) for _ in range(2))
    assert first.external_id == again.external_id == first.thread
    assert the_message(a_mail("Message-ID:", body="Other")).external_id != first.external_id


def test_files_are_media_that_name_their_part() -> None:
    raw = in_parts("multipart/mixed", plain("x"), a_file("a.png", b"\x89PNG", "image/png"), a_file("b.pdf"))
    picture, file = the_message(raw).media
    assert (picture.kind, picture.name, picture.content_type, picture.url) == (
        "image",
        "a.png",
        "image/png",
        "",
    )
    assert picture.detail == {"part": "2", "size": 4, "content_id": "", "inline": False}
    assert (file.kind, file.detail["part"]) == ("file", "3")


@pytest.mark.parametrize(
    "sender", ["support@acme.example", "no-reply@shop.example", "wordpress@acme.example"]
)
def test_a_form_that_writes_for_somebody_is_answered_to_them(sender: str) -> None:
    said = the_message(a_mail(f"From: Shop <{sender}>", "Reply-To: Jana <jana@example.com>", PROVED))
    assert said.author == Person("jana@example.com", name="Jana")
    assert said.verified is False


def test_other_wishes_where_to_answer_are_told_and_not_obeyed() -> None:
    said = the_message(a_mail("Reply-To: eve@evil.example"))
    assert said.author == Person("jana@example.com", name="Jana")
    assert said.raw["reply_to"] == ["eve@evil.example"]


@pytest.mark.parametrize("sender", ["", "a@example.com, b@example.com"])
def test_a_mail_of_nobody_is_seen_and_cannot_be_answered(sender: str) -> None:
    said = the_message(a_mail(f"From: {sender}"))
    assert (said.author, said.unanswerable, said.verified) == (None, NOBODY_TO_ANSWER, False)
    assert said.text == "Where is my parcel?"


def test_a_mail_that_cannot_be_read_is_a_message_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    child.end_children()
    monkeypatch.setattr(child, "START_SECONDS", 0.001)
    said = the_message(a_mail())
    assert said.text == NOT_DISPLAYED
    assert said.external_id.endswith("@unnamed.invalid")
    assert said.unanswerable


def test_what_could_be_read_of_a_mail_beyond_the_bounds_is_shown() -> None:
    said = the_message(a_mail("X-Long: " + "x" * 100_000))
    assert (said.text, said.note) == ("Where is my parcel?", "The headers of the mail are larger than 64 KB.")


def test_a_mail_that_stayed_in_the_mailbox_says_so() -> None:
    assert the_message(a_mail(body=""), too_large="99000000").text == TOO_LARGE


def test_a_machine_is_told_as_one() -> None:
    said = the_message(a_mail("Auto-Submitted: auto-replied"))
    assert (said.automatic, said.note) == (True, "automatic: Auto-Submitted: auto-replied")


@pytest.mark.parametrize(
    ("date", "received", "at"),
    [
        (
            "Tue, 06 Oct 2026 09:00:00 +0000",
            "2026-10-06T10:00:00+00:00",
            datetime(2026, 10, 6, 9, tzinfo=UTC),
        ),
        (
            "Tue, 06 Oct 2099 09:00:00 +0000",
            "2026-10-06T10:00:00+00:00",
            datetime(2026, 10, 6, 10, tzinfo=UTC),
        ),
        ("Tue, 06 Oct 1999 09:00:00 +0000", "2026-10-06T10:00:00", datetime(2026, 9, 29, 10, tzinfo=UTC)),
        ("", "2026-10-06T10:00:00+00:00", datetime(2026, 10, 6, 10, tzinfo=UTC)),
        ("", "nonsense", UNKNOWN_TIME),
    ],
)
def test_our_own_clock_bounds_the_senders(date: str, received: str, at: datetime) -> None:
    assert the_message(a_mail(f"Date: {date}"), received_at=received).at == at


def test_history_is_past() -> None:
    assert the_message(a_mail(), past="yes").past


# ── reports and loops ──


def the_report(action: str, code: str = "5.1.1") -> bytes:
    return a_report(
        a_part("message/delivery-status", status(action, code)), a_part("message/rfc822", RETURNED)
    )


def test_a_bounce_of_ours_fails_the_message() -> None:
    told = the_fact(the_report("failed"))
    assert isinstance(told, Receipt)
    assert (told.status, told.external_ids) == ("failed", [OURS])
    assert told.reason == "jana@example.com 5.1.1 550 5.1.1 No such user"
    assert the_fact(the_report("delivered", "2.0.0")).status == "delivered"  # type: ignore[union-attr]


def test_a_delay_and_a_complaint_are_told_on_the_timeline() -> None:
    delay = the_fact(the_report("delayed", "4.4.1"))
    assert isinstance(delay, Happening)
    assert (delay.name, delay.address) == ("delivery_delayed", "jana@example.com")
    feedback = a_part(
        "message/feedback-report", "Feedback-Type: abuse\r\nOriginal-Rcpt-To: jana@example.com\r\n"
    )
    complaint = the_fact(a_report(feedback, a_part("message/rfc822", RETURNED), kind="feedback-report"))
    assert isinstance(complaint, Happening)
    assert (complaint.name, complaint.address) == ("spam_complaint", "jana@example.com")


def test_a_bounce_of_unknown_mail_is_for_people_to_read() -> None:
    said = the_message(
        a_mail(DAEMON, "Return-Path: <>", "Subject: failure notice", body="550 5.1.1 no such user")
    )
    assert said.automatic


def test_a_read_receipt_is_ignored() -> None:
    told = a_part(
        "message/disposition-notification", f"Original-Message-ID: <{OURS}>\r\nDisposition: manual; displayed"
    )
    assert isinstance(the_fact(a_report(told, kind="disposition-notification")), Ignored)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (("X-Heard-Loop: acme-1",), {"loop": "acme-1"}),
        (("X-Heard-Loop: Support@acme.example",), {}),
        ((f"Message-ID: <{OURS}>", "From: support@acme.example"), {}),
    ],
)
def test_our_own_mail_that_came_back_is_ignored(headers: tuple[str, ...], told: dict[str, Any]) -> None:
    assert isinstance(the_fact(a_mail(*headers), **told), Ignored)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (("X-Heard-Loop: other",), {"loop": "acme-1"}),
        (("X-Heard-Loop: other",), {}),
        ((f"Message-ID: <{OURS}>",), {}),
        (("From: support@acme.example",), {}),
    ],
)
def test_what_only_looks_like_ours_is_read(headers: tuple[str, ...], told: dict[str, Any]) -> None:
    """Nobody can make a mail vanish by a header that anybody may write."""
    assert isinstance(the_fact(a_mail(*headers), **told), MessageIn)


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n"])
def test_an_empty_call_is_ignored_with_a_reason(raw: bytes) -> None:
    fact = the_fact(raw)
    assert isinstance(fact, Ignored)
    assert fact.reason.endswith(".")
