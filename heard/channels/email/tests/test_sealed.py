"""Mails that are encrypted, signed or written otherwise than they say: what a person reads of them."""

from __future__ import annotations

import pytest

from heard.channels.contract import Hook, MessageIn
from heard.channels.email.channel import Email
from heard.channels.email.payloads import ENCRYPTED, WRAPPED
from heard.channels.email.tests.mails import a_mail, a_part, in_parts, plain

ARMOUR = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"
CALENDAR = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\r\nDTSTART:20261105T100000Z\r\nEND:VEVENT"
SMIME = "application/pkcs7-mime; name=smime.p7m; smime-type="
BASE64 = "Content-Transfer-Encoding: base64"
GREEK = "Πού είναι"


def said(raw: bytes) -> tuple[str, str, list[str]]:
    """Its words, its remark and its files."""
    [fact] = Email().parse(Hook("POST", {}, {"x-mailbox": "support@acme.example"}, raw))
    assert isinstance(fact, MessageIn)
    return fact.text, fact.note, [media.name for media in fact.media]


@pytest.mark.parametrize(
    ("raw", "text", "note", "files"),
    [
        (
            a_mail(f"Content-Type: {SMIME}enveloped-data", BASE64, body="MIAGCSqGSIb3DQEHA6CA"),
            *(ENCRYPTED, "encrypted", ["smime.p7m"]),
        ),
        (
            a_mail(f"Content-Type: {SMIME}signed-data", BASE64, body="MIAGCSqGSIb3DQEHAqCA"),
            *(WRAPPED, "signed and wrapped", ["smime.p7m"]),
        ),
        (
            in_parts(
                "multipart/encrypted; protocol=application/pgp-encrypted",
                a_part("application/pgp-encrypted", "Version: 1"),
                a_part("application/octet-stream; name=encrypted.asc", ARMOUR),
            ),
            *(ENCRYPTED, "encrypted", ["encrypted.asc"]),
        ),
        (a_mail(body=ARMOUR), ARMOUR.replace("\r\n", "\n"), "encrypted", []),
        (
            in_parts("multipart/signed", plain("Hello"), a_part("application/pgp-signature", "iQ")),
            *("Hello", "signed", []),
        ),
        (
            in_parts("multipart/mixed", plain("Please come"), a_part("text/calendar", CALENDAR)),
            *("Please come\n\nVisit\n2026-11-05 10:00 UTC", "", ["invite.ics"]),
        ),
        (a_mail(BASE64, body="Hello, this is no base64 at all."), "Hello, this is no base64 at all.", "", []),
        (a_mail("Content-Type: text/plain; charset=utf-16", body=GREEK.encode("utf-16-le")), GREEK, "", []),
        (a_mail("Content-Type: text/plain; charset=utf-16", body=GREEK.encode("utf-16-be")), GREEK, "", []),
    ],
)
def test_what_is_closed_says_so_and_the_rest_is_read(
    raw: bytes, text: str, note: str, files: list[str]
) -> None:
    assert said(raw) == (text, note, files)


@pytest.mark.parametrize("charset", ["iso-8859-2", "iso-8859-7", "utf-8"])
def test_bare_letters_of_a_subject_are_in_the_charset_of_the_mail(charset: str) -> None:
    subject = GREEK if charset != "iso-8859-2" else "Příliš žluťoučký kůň"
    raw = a_mail(f"Content-Type: text/plain; charset={charset}").replace(b"Parcel", subject.encode(charset))
    [fact] = Email().parse(Hook("POST", {}, {"x-mailbox": "support@acme.example"}, raw))
    assert isinstance(fact, MessageIn)
    assert fact.subject == subject
