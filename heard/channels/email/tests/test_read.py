"""What ordinary and odd mails say."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest

from heard.channels.email.mail import Address
from heard.channels.email.reading import MORE_SENDERS, NO_SENDER, TOO_MANY_ADDRESSES, part_of, read
from heard.channels.email.tests.mails import (
    a_file,
    a_mail,
    a_part,
    base64_words,
    html,
    in_parts,
    joined,
    plain,
)

GREEK = "Πού είναι το δέμα μου; Το περιμένω εδώ και δύο εβδομάδες."


def test_a_plain_mail_is_read() -> None:
    mail = read(
        a_mail(
            "Cc: Oto <oto@example.com>", "In-Reply-To: <b@acme.example>", "References: <a@x> <b@acme.example>"
        )
    )
    assert (mail.message_id, mail.subject, mail.text) == ("1@example.com", "Parcel", "Where is my parcel?")
    assert mail.sender == Address("jana@example.com", "Jana")
    assert mail.to == (Address("support@acme.example"),)
    assert mail.cc == (Address("oto@example.com", "Oto"),)
    assert mail.refers == ("b@acme.example", "a@x")
    assert mail.at == datetime(2026, 10, 6, 10, tzinfo=UTC)
    assert (mail.problem, mail.automatic, mail.bounce, mail.return_path) == ("", False, None, None)


def test_what_our_own_servers_noted_is_kept() -> None:
    noted = (
        "Return-Path: <jana@example.com>",
        "Delivered-To: support+a@acme.example",
        "X-Original-To: hi@acme.example",
    )
    mail = read(a_mail(*noted))
    assert mail.return_path == "jana@example.com"
    assert mail.delivered_to == ("support+a@acme.example", "hi@acme.example")
    assert read(a_mail("Return-Path: <>")).return_path == ""


def test_an_id_that_is_too_long_is_the_same_wherever_it_is_named() -> None:
    long = f"<{'x' * 400}@example.com>"
    first, answer = read(a_mail(f"Message-ID: {long}")), read(a_mail(f"In-Reply-To: {long}"))
    assert len(first.message_id) < 200
    assert answer.refers == (first.message_id,)


# ── letters ──


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", ""),
        ("cp1253", "windows-1253"),
        ("iso-8859-7", "iso-8859-7"),
        ("cp1253", "us-ascii"),
        ("cp1253", "iso-8859-1"),
        ("cp1253", "x-unknown"),
        ("utf-16", "utf-16"),
    ],
)
def test_greek_is_greek_whatever_the_mail_calls_it(charset: str, declared: str) -> None:
    kind = f"text/plain; charset={declared}" if declared else "text/plain"
    assert read(a_mail(f"Content-Type: {kind}", body=GREEK.encode(charset))).text == GREEK


def test_what_is_called_utf_16_and_is_not_is_read_as_it_is() -> None:
    assert read(a_mail("Content-Type: text/plain; charset=utf-16", body=GREEK)).text == GREEK


def test_no_text_holds_what_a_database_refuses() -> None:
    mail = read(a_mail("Subject: a\x00b =?utf-8?q?=00=ED=A0=BD?=", body=b"x\x00y \xed\xa0\xbd"))
    assert "\x00" not in mail.subject + mail.text
    (mail.subject + mail.text).encode()


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (base64_words("Kde je můj balík?"), "Kde je můj balík?"),
        ("=?iso-8859-2?Q?M=F9j_bal=EDk?=", "Můj balík"),
        ("=?utf-8?q?P=C5?=\r\n =?utf-8?q?=99=C3=ADli=C5=A1?=", "Příliš"),
        ("Re: =?utf-8?q?a=20b?= and =?utf-8?q?c?=", "Re: a b and c"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("δέμα", "δέμα"),
        ("=?utf-8?q?a=0D=0ABcc:_b?=", "a Bcc: b"),
        ("=?utf-8?q?=E2=80=AEgnp.exe?=", "gnp.exe"),
    ],
)
def test_subjects_are_decoded(header: str, subject: str) -> None:
    assert read(a_mail(f"Subject: {header}")).subject == subject


# ── who wrote ──


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("jana@example.com (Jana K.)", Address("jana@example.com", "Jana K.")),
        ('"Kovářová, Jana" <JANA@Example.COM>', Address("jana@example.com", "Kovářová, Jana")),
        ("Kovářová, Jana <jana@example.com>", Address("jana@example.com", "Jana")),
        (f"{base64_words('Jana, K')} <jana@example.com>", Address("jana@example.com", "Jana, K")),
        ('"ceo@acme.example" <eve@evil.example>', Address("eve@evil.example")),
        ("=?utf-8?q?ceo=40acme.example?= <eve@evil.example>", Address("eve@evil.example")),
        ("ceo@acme.example <eve@evil.example>", Address("eve@evil.example")),
        ("<@a.example:jana@example.com>", Address("jana@example.com")),
    ],
)
def test_the_sender_is_one_address(header: str, sender: Address) -> None:
    mail = read(a_mail(f"From: {header}"))
    assert (mail.sender, mail.problem) == (sender, "")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "root",
        "<>",
        "a@example.com, b@example.com",
        "<a@example.com> <b@example.com>",
        "alice@example.org)bob@evil.example",
        "undisclosed: ;",
        "a b@example.com",
    ],
)
def test_a_sender_that_is_not_clear_is_nobody(header: str) -> None:
    mail = read(a_mail(f"From: {header}"))
    assert (mail.sender, mail.problem) == (None, NO_SENDER)


def test_two_from_fields_are_nobody() -> None:
    mail = read(a_mail("From: a@example.com", "From: a@example.com"))
    assert (mail.sender, mail.problem, mail.text) == (None, MORE_SENDERS, "Where is my parcel?")


def test_of_many_recipients_some_are_shown() -> None:
    mail = read(a_mail("To: " + ", ".join(f"u{n}@example.com" for n in range(250))))
    assert (len(mail.to), mail.problem) == (200, TOO_MANY_ADDRESSES)
    assert mail.sender is not None


# ── when ──


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Tue, 06 Oct 2026 09:59:00 +0000", datetime(2026, 10, 6, 9, 59, tzinfo=UTC)),
        ("Tue, 06 Oct 2100 10:00:00 +0000", datetime(2026, 10, 6, 10, tzinfo=UTC)),
        ("Thu, 01 Jan 1998 10:00:00 +0000", datetime(2026, 9, 29, 10, tzinfo=UTC)),
        ("nonsense", datetime(2026, 10, 6, 10, tzinfo=UTC)),
    ],
)
def test_a_clock_that_is_wrong_is_held_by_our_servers_stamp(date: str, at: datetime) -> None:
    stamp = "Received: from a by mx.acme.example; Tue, 06 Oct 2026 12:00:00 +0200"
    assert read(a_mail(stamp, f"Date: {date}")).at == at


# ── what it says ──


def test_html_is_read_as_text_where_there_is_no_other() -> None:
    mail = read(in_parts("multipart/mixed", html("<p>Hello <b>there</b></p><p>Jana</p>")))
    assert mail.text.split() == ["Hello", "there", "Jana"]
    assert mail.html.startswith("<p>Hello")


def test_of_two_versions_the_plain_one_is_the_text_and_the_other_the_html() -> None:
    mail = read(in_parts("multipart/alternative", plain("Hello"), html("<p>Hello!</p>")))
    assert (mail.text, mail.html) == ("Hello", "<p>Hello!</p>")


@pytest.mark.parametrize(
    "stub", ["", " \r\n", "This message needs an HTML capable viewer.", "Please view this in HTML"]
)
def test_a_stub_is_no_text(stub: str) -> None:
    mail = read(in_parts("multipart/alternative", plain(stub), html("<p>Where is it?</p>")))
    assert mail.text == "Where is it?"


def test_text_around_pictures_is_one_text() -> None:
    picture = a_part(
        "image/png", b"\x89PNG", "Content-ID: <p1>", "Content-Disposition: inline; filename=a.png"
    )
    mail = read(in_parts("multipart/mixed", plain("Before"), picture, plain("After")))
    assert mail.text == "Before\n\nAfter"
    assert [(part.number, part.name, part.inline) for part in mail.parts] == [("2", "a.png", False)]


def test_a_picture_that_the_html_shows_is_inline() -> None:
    picture = a_part("image/png", b"\x89PNG", "Content-ID: <P1@x>")
    related = a_part(
        'multipart/related; boundary="b2"', joined((html('<img src="cid:p1@x">'), picture), "b2")
    )
    mail = read(in_parts("multipart/mixed", related, a_file("b.pdf")))
    assert [(part.number, part.inline, part.content_id) for part in mail.parts] == [
        ("1.2", True, "P1@x"),
        ("2", False, ""),
    ]


def test_flowed_text_is_put_together_again() -> None:
    body = "A line that \r\ngoes on.\r\n\r\n> quoted \r\n> too\r\n-- \r\nJana"
    assert read(a_mail("Content-Type: text/plain; format=flowed", body=body)).text == (
        "A line that goes on.\n\n> quoted too\n--\nJana"
    )


def test_an_invitation_is_told_in_lines() -> None:
    event = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Pick\r\n -up\\, parcel\r\nDTSTART;TZID=Europe/Athens:20261006T100000\r\n"
        "DTEND:20261006T073000Z\r\nLOCATION:Shop\r\nORGANIZER:mailto:jana@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    mail = read(in_parts("multipart/mixed", a_part("text/calendar; method=REQUEST", event)))
    assert (
        mail.calendar
        == "Pick-up, parcel\n2026-10-06 10:00 Europe/Athens – 2026-10-06 07:30 UTC\nShop\njana@example.com"
    )
    assert mail.text == mail.calendar
    assert [part.name for part in mail.parts] == ["invite.ics"]


def test_letters_that_grow_in_lower_case_hide_nothing() -> None:
    filled = "<b>x</b>" * 30_000
    mail = read(
        in_parts("multipart/mixed", html(f"<style>İİİİ</style>Hello<title>İ</title> there<head>{filled}"))
    )
    assert mail.text.startswith("Hello there")


def test_what_is_too_much_html_is_text_only() -> None:
    mail = read(in_parts("multipart/mixed", html("<b>x</b>" * 30_000)))
    assert (mail.html, mail.shortened) == ("", True)
    assert mail.text.startswith("xxx")


def test_a_text_with_a_name_is_still_the_text() -> None:
    named = a_part('text/plain; name="message.txt"', "Hello", "Content-Disposition: inline")
    mail = read(in_parts("multipart/mixed", named, a_part('text/plain; name="log.txt"', "line")))
    assert (mail.text, [part.name for part in mail.parts]) == ("Hello", ["log.txt"])


def test_a_version_for_one_program_is_no_file() -> None:
    mail = read(
        in_parts(
            "multipart/alternative", plain("Hello"), a_part("text/x-amp-html", "<html amp>"), html("<p>Hello")
        )
    )
    assert (mail.text, mail.parts) == ("Hello", ())


# ── files ──


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename*=utf-8''%CE%B4%CE%AD%CE%BC%CE%B1.pdf", "δέμα.pdf"),
        ("attachment; filename*0*=utf-8''%CE%B4; filename*1*=%CE%AD; filename*2=.pdf", "δέ.pdf"),
        (f'attachment; filename="{base64_words("účet.pdf")}"', "účet.pdf"),
        ('attachment; filename="účet.pdf"', "účet.pdf"),
        ('attachment; filename="../../etc/passwd"', "_.._etc_passwd"),
        ('attachment; filename="C:\\\\x\\\\a.exe"', "C_x_a.exe"),
        ("attachment; filename*=utf-8''%E2%80%AEgnp.exe", "gnp.exe"),
    ],
)
def test_files_have_names_that_harm_nobody(disposition: str, name: str) -> None:
    part = a_part("application/pdf", b"%PDF", f"Content-Disposition: {disposition}")
    assert [one.name for one in read(in_parts("multipart/mixed", plain("x"), part)).parts] == [name]


def test_a_long_name_keeps_its_end() -> None:
    [part] = read(in_parts("multipart/mixed", a_file("x" * 1_000 + ".pdf"))).parts
    assert len(part.name) <= 150
    assert part.name.endswith(".pdf")


def test_the_bytes_of_a_part_are_to_be_had() -> None:
    raw = in_parts("multipart/mixed", plain("x"), a_file("a.bin", bytes(range(256))))
    [part] = read(raw).parts
    assert (part.number, part.size, part_of(raw, "2")) == ("2", 256, bytes(range(256)))
    assert part_of(raw, "3") is None
    assert part_of(b"", "1.1") is None


def test_a_mail_in_a_mail_is_a_file() -> None:
    inner = a_mail("Subject: Old / mail", body="Inner text")
    raw = in_parts("multipart/mixed", plain("See below"), a_part("message/rfc822", inner))
    mail = read(raw)
    assert mail.text == "See below"
    assert [(part.name, part.content_type) for part in mail.parts] == [("Old _ mail.eml", "message/rfc822")]
    assert part_of(raw, "2") == inner


# ── odd bytes ──


@pytest.mark.parametrize("newline", [b"\n", b"\r"])
def test_other_ends_of_lines_are_read_too(newline: bytes) -> None:
    mail = read(a_mail(body="One\r\nTwo").replace(b"\r\n", newline))
    assert (mail.subject, mail.text) == ("Parcel", "One\nTwo")


@pytest.mark.parametrize("before", [b"From jana@example.com Tue Oct  6 10:00 2026\r\n", b"\r\n\r\n"])
def test_what_stands_before_the_headers_does_not_matter(before: bytes) -> None:
    assert read(before + a_mail()).subject == "Parcel"


def test_without_headers_everything_is_text() -> None:
    mail = read(b"Hello,\r\n\r\nwhere is it?")
    assert (mail.text, mail.problem) == ("Hello,\n\nwhere is it?", NO_SENDER)


def test_a_body_that_nothing_separates_is_still_found() -> None:
    assert read(b"From: a@example.com\r\nSubject: x\r\nHello there\r\nJana").text == "Hello there\nJana"


def test_an_unknown_boundary_hides_nothing() -> None:
    mail = read(a_mail("Content-Type: multipart/mixed; boundary=never", body="Hello"))
    assert mail.text == "Hello"


def test_base64_with_words_of_a_list_below_it_is_read() -> None:
    body = base64.encodebytes(b"Hello").decode() + "\r\n"
    assert read(a_mail("Content-Transfer-Encoding: base64", body=body)).text == "Hello"
