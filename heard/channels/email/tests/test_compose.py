from __future__ import annotations

import email
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message

import pytest

from heard.channels.contract import Kind, Outgoing, Person, Rejected, Upload
from heard.channels.email.compose import compose, envelope_sender, name, recipients
from heard.channels.email.tests.conftest import mail_credentials

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
MARK = "t2s.abcdefghij234567"
MINE = mail_credentials(1, 1, signature="Acme Shop\nPrague", plus_addresses=True)


def a_letter(**changed: object) -> Outgoing:
    told = {
        "kind": Kind.EMAIL,
        "text": "It left <us> today.\n\nSee https://acme.example/t?a=1&b=2.",
        "token": "0a-1b",
    }
    return Outgoing(**{**told, "to": "jana@home.example", "subject": "Re: Where?", "mark": MARK, **changed})  # type: ignore[arg-type]


def composed(**changed: object) -> Message:
    return email.message_from_bytes(compose(a_letter(**changed), MINE, now=NOW))


def header(mail: Message, key: str) -> str:
    return str(make_header(decode_header(mail[key])))


def text_of(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def test_a_letter_has_all_that_brings_its_answer_home() -> None:
    mail = composed(refers=["one@home", "two@home"])

    assert mail["Message-ID"] == f"<{MARK}.0a1b@acme.example>"
    assert mail["In-Reply-To"] == "<two@home>"
    assert mail["References"].split() == ["<one@home>", "<two@home>"]
    assert mail["Reply-To"].endswith(f"<support+{MARK}@acme.example>")
    assert mail["From"] == "Acme Support <support@acme.example>"
    assert mail["Auto-Submitted"] is None
    assert envelope_sender(a_letter(), MINE) == "support@acme.example"


def test_the_same_letter_has_the_same_name_each_time_it_is_tried() -> None:
    assert name(a_letter(), "support@acme.example") == name(a_letter(), "support@acme.example")


def test_long_conversations_keep_the_first_letter_and_the_newest() -> None:
    refers = [f"{number}-{'x' * 90}@home.example" for number in range(60)]
    mail = composed(refers=refers)

    kept = [one.strip("<>") for one in mail["References"].split()]
    assert kept == [refers[0], *refers[-20:]]
    assert all(len(line) < 998 for line in mail.as_bytes().split(b"\n"))


def test_text_and_html_say_the_same_and_the_html_is_harmless() -> None:
    text, page = (part for part in composed().walk() if not part.is_multipart())

    plain = text_of(text).replace("\r\n", "\n")
    assert plain.endswith("b=2.\n\n-- \nAcme Shop\nPrague\n")
    html = text_of(page)
    assert "It left &lt;us&gt; today." in html
    assert '<a href="https://acme.example/t?a=1&amp;b=2"' in html
    assert 'name="color-scheme" content="light dark"' in html
    assert 'class="signature" style="color:' in html.replace("color: #", "color:#").replace(
        '="color', '="color'
    )


def test_files_travel_with_names_in_any_script() -> None:
    mail = composed(files=[Upload("τιμολόγιο.pdf", "application/pdf", b"%PDF")])

    assert mail.get_content_type() == "multipart/mixed"
    file = mail.get_payload()[1]  # type: ignore[index]
    assert file.get_filename() == "τιμολόγιο.pdf"  # type: ignore[union-attr]
    assert file.get_payload(decode=True) == b"%PDF"  # type: ignore[union-attr]


def test_a_machine_s_letter_says_so_and_does_not_bounce() -> None:
    mail = composed(automatic=True)

    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["X-Heard-Loop"] == "support@acme.example"
    assert envelope_sender(a_letter(automatic=True), MINE) == ""


def test_nothing_in_a_header_begins_another_header() -> None:
    copies = [Person("petr@home.example", name="Petr\r\nBcc: eve@evil.example")]
    mail = composed(
        subject="Re: hi\r\nBcc: eve@evil.example\n\nbody", copies=copies, refers=["a@b>\r\nBcc: <eve@evil"]
    )

    assert mail["Bcc"] is None
    assert mail["References"] is None
    assert header(mail, "Subject") == "Re: hi Bcc: eve@evil.example body"
    assert header(mail, "Cc").endswith("<petr@home.example>")


def test_subjects_and_names_of_every_script_come_through() -> None:
    subject = "Re: Πού είναι το δέμα μου; Že tri tedne čakam nanj in nihče ne odgovori 📦 [HRD-1042-K7]"
    mail = composed(subject=subject, copies=[Person("petr@home.example", name="Žofie Nováková")])

    assert header(mail, "Subject") == subject
    assert header(mail, "Cc") == "Žofie Nováková <petr@home.example>"


@pytest.mark.parametrize(
    "to", ["", "jana", "jana@home.example\r\nRCPT TO:<eve@evil>", "<a@b>", "a b@c.example", "é@x.example"]
)
def test_what_is_no_address_is_refused(to: str) -> None:
    with pytest.raises(Rejected):
        recipients(a_letter(to=to))
    with pytest.raises(Rejected):
        recipients(a_letter(copies=[Person(to)]))
