from __future__ import annotations

from heard.channels.email.marks import marks_in
from heard.channels.email.reading import read
from heard.channels.email.tests.mails import a_mail

ONE, TWO, THREE = "t1.abcdefgh2345abcd", "t2.abcdefgh2345abcd", "tzz9.abcdefgh2345abcd"


def test_marks_are_found_where_we_put_them() -> None:
    mail = read(
        a_mail(
            f"To: Support+{ONE.upper()}@acme.example",
            f"Delivered-To: support+{TWO}@acme.example",
            f"References: <{THREE}.9f3a@acme.example> <x@example.com>",
        )
    )
    assert marks_in(mail) == [TWO, ONE, THREE]


def test_nothing_else_is_taken_for_one() -> None:
    names = (
        "To: t1.abcdefgh@acme.example",
        "Cc: jana+tag@example.com",
        f"Subject: {ONE}",
        "References: <xt1.abcdefgh2345abcd@x> <t1@x>",
    )
    assert marks_in(read(a_mail(*names))) == []


def test_a_thousand_marks_are_no_more_than_a_few() -> None:
    many = ", ".join(f"support+t{n}.abcdefgh2345abcd@acme.example" for n in range(150))
    assert len(marks_in(read(a_mail(f"To: {many}")))) == 20
