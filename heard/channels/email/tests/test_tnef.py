"""Outlook's winmail.dat."""

from __future__ import annotations

import struct

from heard.channels.email.reading import part_of, read
from heard.channels.email.tests.mails import a_file, in_parts, plain
from heard.channels.email.tests.nasty import tnef, tnef_chunk, winmail


def a_winmail() -> bytes:
    return tnef(
        tnef_chunk(1, 0x9007, 6, struct.pack("<II", 1253, 0)),
        tnef_chunk(1, 0x800C, 2, "Δέμα\x00".encode("cp1253")),
        tnef_chunk(2, 0x9002, 6, b"\x00" * 14),
        tnef_chunk(2, 0x8010, 1, b"bill.pdf\x00"),
        tnef_chunk(2, 0x800F, 6, b"%PDF-1.7 the bill"),
        tnef_chunk(2, 0x9002, 6, b"\x00" * 14),
        tnef_chunk(2, 0x8010, 1, b"..\\x/y.txt\x00"),
        tnef_chunk(2, 0x800F, 6, b"hello"),
    )


def test_its_files_are_files_of_the_mail() -> None:
    raw = winmail(a_winmail())
    mail = read(raw)
    assert [(part.number, part.name, part.size) for part in mail.parts] == [
        ("2.1", "bill.pdf", 17),
        ("2.2", "_x_y.txt", 5),
    ]
    assert part_of(raw, "2.1") == b"%PDF-1.7 the bill"
    assert part_of(raw, "2.3") is None
    assert mail.text == "See attached."


def test_its_text_is_the_text_where_there_is_no_other() -> None:
    raw = in_parts("multipart/mixed", plain(""), a_file("winmail.dat", a_winmail(), "application/ms-tnef"))
    assert "Δέμα" in read(raw).text


def test_one_that_cannot_be_read_stays_a_file() -> None:
    raw = winmail(b"not one")
    assert [(part.number, part.name) for part in read(raw).parts] == [("2", "winmail.dat")]
    assert part_of(raw, "2") == b"not one"
