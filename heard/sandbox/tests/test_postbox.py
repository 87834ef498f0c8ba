"""The twin of a mail service: what it brings, what it takes and refuses, and what a customer's mail program shows."""

from __future__ import annotations

import hashlib
import hmac
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

import httpx2
import pytest

from heard.sandbox.running import ControlRefused, Running, running_sandbox
from heard.sandbox.tests.hooks import Receiver

HTML = "<p>It is <b>on its way</b>.</p>"


@contextmanager
def signed_in(mine: dict[str, Any]) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(mine["smtp_host"], mine["smtp_port"]) as client:
        client.login(mine["account"], mine["password"])
        yield client


def answer(mine: dict[str, Any], *to: str, id: str = "one@heard.example", **headers: str) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = f"Acme Shop <{mine['account']}>", to[0]
    if to[1:]:
        mail["Cc"] = ", ".join(to[1:])
    mail["Subject"], mail["Message-ID"] = "Re: Πού είναι;", f"<{id}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content("It is on its way.\n")
    mail.add_alternative(HTML, subtype="html")
    return mail.as_bytes()


def brought(call: tuple[dict[str, str], bytes], key: str) -> EmailMessage:
    """The mail in a signed call; fails where the signature does."""
    headers, body = call
    form = message_from_bytes(f"Content-Type: {headers['content-type']}\r\n\r\n".encode() + body)
    fields: dict[str, bytes] = {}
    for part in form.get_payload():
        assert isinstance(part, Message)
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        fields[str(part.get_param("name", header="content-disposition"))] = content
    right = hmac.new(key.encode(), fields["timestamp"] + fields["token"], hashlib.sha256)
    assert fields["signature"] == right.hexdigest().encode()
    mail = message_from_bytes(fields["body-mime"], policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


@pytest.fixture
def mine(sandbox: Running, receiver: Receiver) -> dict[str, Any]:
    """A mailbox whose mails go to the receiver."""
    told: dict[str, Any] = sandbox.credentials("email")
    route = {"mailbox": told["account"], "forward": receiver.url}
    assert httpx2.post(f"{told['base_url']}/routes", json=route, trust_env=False).status_code == 200
    return told


def test_a_conversation_goes_on_in_the_mail_programs_of_everybody_in_it(
    sandbox: Running, receiver: Receiver, mine: dict[str, Any]
) -> None:
    file = {"kind": "file", "name": "τιμολόγιο.pdf"}
    first = sandbox.say(
        "email", by="eleni", text="Πού είναι το δέμα μου;", cc="jana@customers.example", media=[file]
    )
    receiver.wait(1)
    mail = brought(receiver.calls[0], mine["carrier_secret"])
    assert mail["Message-ID"] == f"<{first}>"
    assert mail["Subject"] == "Πού είναι το δέμα μου;"
    assert (mail["To"], mail["Cc"]) == (mine["account"], "jana@customers.example")
    assert mail["Authentication-Results"].startswith(f"{mine['trusted_hosts']};")
    assert "dmarc=pass header.from=customers.example" in mail["Authentication-Results"]
    assert [part.get_filename() for part in mail.iter_attachments()] == ["τιμολόγιο.pdf"]

    both = ("eleni@customers.example", "jana@customers.example")
    back = {"In_Reply_To": f"<{first}>", "References": f"<{first}>", "Reply_To": "support+t1@postbox.example"}
    with signed_in(mine) as client:
        assert client.sendmail(mine["account"], both, answer(mine, *both, **back)) == {}
    letters = sandbox.state("email")["letters"]
    assert [(one["handle"], one["thread"] == first) for one in letters if one["from_company"]] == [
        ("eleni", True),
        ("jana", True),
    ]

    sandbox.say("email", by="jana", text="Díky", reply_to="one@heard.example")
    receiver.wait(2)
    further = brought(receiver.calls[1], mine["carrier_secret"])
    assert further["To"] == "support+t1@postbox.example"
    assert further["In-Reply-To"] == "<one@heard.example>"
    assert further["References"].split() == [f"<{first}>", "<one@heard.example>"]
    assert further["Subject"] == "Re: Πού είναι;"
    assert "> It is on its way." in further.get_content()
    with pytest.raises(ControlRefused, match="has no mail"):
        sandbox.say("email", by="petros", text="Not mine", reply_to=first)


def test_it_refuses_as_a_mail_server_does(sandbox: Running, mine: dict[str, Any]) -> None:
    for handle in ("jana", "jana-551"):
        sandbox.say("email", by=handle, text="Hello")
    there, gone = "jana@customers.example", "jana-551@customers.example"
    with signed_in(mine) as client:
        refused = client.sendmail(mine["account"], [there, gone], answer(mine, there, gone))
        assert {who: code for who, (code, _said) in refused.items()} == {gone: 550}
    for fault, code in ((429, 451), (500, 421), ("window", 554), ("permission", 550)):
        sandbox.faults("email", answer=fault, times=1)
        with signed_in(mine) as client, pytest.raises(smtplib.SMTPDataError) as failed:
            client.sendmail(mine["account"], [there], answer(mine, there))
        assert failed.value.smtp_code == code
    sandbox.faults("email", answer="reset_after_accept", times=1)
    with pytest.raises(smtplib.SMTPServerDisconnected), signed_in(mine) as client:
        client.sendmail(mine["account"], [there], answer(mine, there, id="cut@heard.example"))
    assert sandbox.state("email")["letters"][-1]["id"] == "cut@heard.example"

    sandbox.control("email/revoke", {})
    with pytest.raises(smtplib.SMTPAuthenticationError), signed_in(mine):
        pass
    with signed_in(sandbox.credentials("email")):
        pass


def test_what_cannot_be_kept_comes_back_as_a_report(
    sandbox: Running, receiver: Receiver, mine: dict[str, Any]
) -> None:
    with signed_in(mine) as client:
        client.sendmail(mine["account"], ["who@else.example"], answer(mine, "who@else.example"))
    receiver.wait(1)
    report = brought(receiver.calls[0], mine["carrier_secret"])
    assert report.get_content_type() == "multipart/report"
    assert report["Return-Path"] == "<>"
    assert "Final-Recipient: rfc822; who@else.example" in report.as_string()
    assert "Message-ID: <one@heard.example>" in report.as_string()


def test_the_mail_program_writes_shows_and_keeps(tmp_path: Path) -> None:
    with running_sandbox(folder=tmp_path) as sandbox:
        mine = sandbox.credentials("email")
        fields = {
            "to": mine["account"],
            "cc": "petros@customers.example",
            "subject": "Balík",
            "text": "Kde je?",
        }
        with httpx2.Client(base_url=sandbox.url, trust_env=False, follow_redirects=True) as jana:
            shown = jana.post("/mail/send", data=fields, files={"file": ("účet.txt", b"12", "text/plain")})
            assert shown.status_code == 200
            for text in ("Balík", "Kde je?", "účet.txt", "Cc: petros@customers.example"):
                assert text in shown.text
            assert "attach a file" in jana.post("/mail/send", data={**fields, "text": " "}).text
            alien = {"Origin": "https://elsewhere.example"}
            assert jana.post("/mail/send", data=fields, headers=alien).status_code == 403
            with signed_in(mine) as client:
                client.sendmail(
                    mine["account"], ["jana@customers.example"], answer(mine, "jana@customers.example")
                )
            framed = jana.get("/mail/html/one%40heard.example")
            assert HTML in framed.text
            assert framed.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    with running_sandbox(folder=tmp_path) as again:
        assert again.credentials("email")["smtp_port"] == mine["smtp_port"]
        assert [one["handle"] for one in again.state("email")["letters"]] == ["jana", "petros", "jana"]
