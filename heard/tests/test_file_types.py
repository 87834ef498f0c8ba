"""What a file is, its bytes say. Its name is for people."""

from __future__ import annotations

import io
import zipfile

import pytest

from heard.file_types import UNKNOWN, can_be_run, clean_name, kind_of, type_of


def a_zip(*names: str, mimetype: str = "") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "content")
    return kept.getvalue()


OPEN_XML = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7", "a.jpg", "application/pdf"),
        (b"\x00\x00\x00\x18ftypmp42", "", "video/mp4"),
        (b"\x00\x00\x00\x18ftypM4A ", "", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypqt  ", "", "video/quicktime"),
        (b"ID3\x04", "", "audio/mpeg"),
        (b"\xff\xfb\x90", "", "audio/mpeg"),
        (b"\xff\xf1\x50", "", "audio/aac"),
        (b"OggS", "", "audio/ogg"),
        (b"RIFF\x00\x00\x00\x00WAVE", "", "audio/wav"),
        (a_zip("[Content_Types].xml", "word/document.xml"), "", f"{OPEN_XML}.wordprocessingml.document"),
        (a_zip("[Content_Types].xml", "xl/workbook.xml"), "", f"{OPEN_XML}.spreadsheetml.sheet"),
        (
            a_zip(mimetype="application/vnd.oasis.opendocument.text"),
            "",
            "application/vnd.oasis.opendocument.text",
        ),
        (a_zip("a.txt"), "", "application/zip"),
        (b"PK\x03\x04 and nothing more", "", UNKNOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "prices.xls", "application/vnd.ms-excel"),
        ("Žluťoučký kůň".encode(), "a.txt", "text/plain"),
        (b"a,b\n1,2", "a.csv", "text/csv"),
        (b"BEGIN:VCALENDAR", "", "text/calendar"),
        (b"\x00\x01\x02", "a.txt", UNKNOWN),
        (b"\xff", "", UNKNOWN),
    ],
)
def test_a_file_is_what_its_bytes_are(content: bytes, name: str, kind: str) -> None:
    assert type_of(content, name) == kind


@pytest.mark.parametrize(
    ("given", "kind", "clean"),
    [
        ("C:\\Users\\bea\\door.JPG", "image/jpeg", "door.JPG"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("invoice.pdf\u202egpj.exe", "application/pdf", "invoice.pdf gpj.pdf"),
        ("  a\x00b\n c .png", "image/png", "a b c.png"),
        ("", "image/png", "image.png"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ("holiday.pdf", "image/png", "holiday.png"),
        ("archive.tar.gz", UNKNOWN, "archive.tar.gz"),
        ("noending", UNKNOWN, "noending.bin"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * 116 + ".pdf"),
        ("Αποστολή.pdf", "application/pdf", "Αποστολή.pdf"),
    ],
)
def test_a_name_has_no_folders_nothing_invisible_and_the_right_end(given: str, kind: str, clean: str) -> None:
    assert clean_name(given, kind) == clean


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ", "a.txt"),
        (b"\x7fELF", "a"),
        (b"#!/bin/sh", "a"),
        (b"any", "a.EXE"),
        (b" <!DOCTYPE html>", "a.txt"),
    ],
)
def test_what_would_run_is_known(content: bytes, name: str) -> None:
    assert can_be_run(content, name)
    assert not can_be_run(b"Only words", "a.txt")


def test_kinds_are_four() -> None:
    assert [kind_of(one) for one in ("image/png", "video/mp4", "audio/ogg", "text/plain")] == [
        "image",
        "video",
        "audio",
        "file",
    ]
