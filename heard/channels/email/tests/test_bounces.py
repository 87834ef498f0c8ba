"""Reports about our mails, in the forms in which servers write them."""

from __future__ import annotations

import pytest

from heard.channels.contract import Hook, Receipt
from heard.channels.email.channel import Email
from heard.channels.email.mail import Bounce, Failed, Report
from heard.channels.email.reading import read
from heard.channels.email.tests.mails import a_mail, a_part, in_parts, plain

OURS = "t1z.abcdefghij234567.9f@acme.example"
DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example.com>"
RETURNED = f"From: support@acme.example\r\nTo: jana@example.com\r\nMessage-ID: <{OURS}>\r\nX-Heard-Loop: acme\r\n\r\nHello"


def status(
    action: str = "failed", code: str = "5.1.1", diagnostic: str = "smtp; 550 5.1.1 No such user"
) -> str:
    return (
        "Reporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; Jana@example.com\r\nAction: {action}\r\nStatus: {code}\r\nDiagnostic-Code: {diagnostic}\r\n"
    )


def a_report(*pieces: bytes, kind: str = "delivery-status") -> bytes:
    return in_parts(f"multipart/report; report-type={kind}", *pieces, headers=(DAEMON, "Return-Path: <>"))


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_standard_bounce_names_mail_recipient_and_reason(returned: str) -> None:
    mail = read(
        a_report(plain("Sorry"), a_part("message/delivery-status", status()), a_part(returned, RETURNED))
    )
    about = ("5.1.1", "550 5.1.1 No such user")
    failed = (Failed("jana@example.com", *about),)
    assert mail.bounce == Bounce(
        Report.DELIVERY, OURS, "jana@example.com", "failed", *about, failed=failed, ours=True
    )
    assert mail.automatic
    assert mail.text == "Sorry"


def test_headers_without_an_end_are_read() -> None:
    part = a_part("text/rfc822-headers", f"Message-ID: <{OURS}>")
    assert read(a_report(a_part("message/delivery-status", status()), part)).bounce.message_id == OURS  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("action", "code"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("relayed", "2.0.0")]
)
def test_other_actions_are_told_apart(action: str, code: str) -> None:
    raw = a_report(
        a_part("message/delivery-status", status(action, code)), a_part("message/rfc822", RETURNED)
    )
    bounce = read(raw).bounce
    assert bounce is not None
    assert (bounce.action, bounce.status) == (action, code)


def test_all_who_failed_are_named_and_each_is_a_fact_of_its_own() -> None:
    three = [
        status(code="5.2.2").replace("Jana@", f"{who}@") if who else status("delivered", "2.0.0")
        for who in ("petr", "", "eva")
    ]
    told = three[0] + "".join("\r\n" + one.split("\r\n\r\n", 1)[1] for one in three[1:])
    raw = a_report(a_part("message/delivery-status", told), a_part("message/rfc822", RETURNED))
    facts = Email().parse(Hook("POST", {}, {"x-mailbox": "support@acme.example"}, raw))
    receipts = [fact for fact in facts if isinstance(fact, Receipt)]
    assert [(one.recipient, one.status) for one in receipts] == [
        ("petr@example.com", "failed"),
        ("eva@example.com", "failed"),
    ]
    assert len({str(one.raw) for one in receipts}) == 2  # by that they are known again


def test_of_several_recipients_the_worst_counts() -> None:
    both = (
        status("delivered", "2.0.0")
        + "\r\nFinal-Recipient: rfc822;oto@example.com\r\nAction: failed\r\nStatus: 5.7.1\r\n"
    )
    bounce = read(
        a_report(a_part("message/delivery-status", both), a_part("message/rfc822", RETURNED))
    ).bounce
    assert bounce is not None
    assert (bounce.recipient, bounce.action) == ("oto@example.com", "failed")


QMAIL = f"""Hi. This is the qmail-send program at example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<jana@example.com>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 unknown user

--- Below this line is a copy of the message.

Message-ID: <{OURS}>
"""
EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

  jana@example.com
    SMTP error from remote mail server: 550 5.1.1 unknown user

------ This is a copy of the message, including all the headers. ------

From: support@acme.example
Message-ID: <{OURS}>
"""
LATE = f"""Warning: message has not yet been delivered to jana@example.com for 24 hours. No action is required on
your part. Delivery attempts will continue.

Message-ID: <{OURS}>
"""


@pytest.mark.parametrize(
    ("headers", "text", "action"),
    [
        (("Subject: failure notice", DAEMON), QMAIL, "failed"),
        (
            (
                "Subject: Mail delivery failed: returning message to sender",
                "X-Failed-Recipients: jana@example.com",
            ),
            EXIM,
            "failed",
        ),
        (("Subject: Warning: message 1a2b3c delayed 24 hours", DAEMON), LATE, "delayed"),
        (("Subject: Nedoručitelná zpráva", DAEMON), EXIM, "failed"),
    ],
)
def test_a_bounce_that_a_server_made_up_is_understood(
    headers: tuple[str, ...], text: str, action: str
) -> None:
    bounce = read(a_mail(*headers, "Return-Path: <>", body=text)).bounce
    assert bounce is not None
    assert (bounce.message_id, bounce.recipient, bounce.action, bounce.ours) == (
        OURS,
        "jana@example.com",
        action,
        True,
    )
    if action == "failed":
        assert bounce.status == "5.1.1"
        assert "550 5.1.1 unknown user" in bounce.diagnostic


def test_a_bounce_of_somebody_elses_mail_is_not_ours() -> None:
    returned = RETURNED.replace(OURS, "spam@evil.example").replace("X-Heard-Loop: acme\r\n", "")
    bounce = read(
        a_report(a_part("message/delivery-status", status()), a_part("message/rfc822", returned))
    ).bounce
    assert bounce is not None
    assert (bounce.message_id, bounce.ours) == ("spam@evil.example", False)


def test_a_mail_with_another_id_on_its_way_is_ours_by_its_other_signs() -> None:
    returned = RETURNED.replace(OURS, "0102@eu-west-1.amazonses.com")
    bounce = read(
        a_report(a_part("message/delivery-status", status()), a_part("message/rfc822", returned))
    ).bounce
    assert bounce is not None
    assert bounce.ours


def test_a_read_receipt_and_a_complaint_are_reports_of_other_kinds() -> None:
    told = f"Final-Recipient: rfc822; jana@example.com\r\nOriginal-Message-ID: <{OURS}>\r\nDisposition: manual; displayed\r\n"
    receipt = read(
        a_report(a_part("message/disposition-notification", told), kind="disposition-notification")
    ).bounce
    assert receipt is not None
    assert (receipt.report, receipt.message_id) == (Report.DISPOSITION, OURS)
    told = "Feedback-Type: abuse\r\nOriginal-Rcpt-To: <jana@example.com>\r\n"
    raw = a_report(
        a_part("message/feedback-report", told), a_part("message/rfc822", RETURNED), kind="feedback-report"
    )
    complaint = read(raw).bounce
    assert complaint is not None
    assert (complaint.report, complaint.message_id, complaint.recipient) == (
        Report.COMPLAINT,
        OURS,
        "jana@example.com",
    )


@pytest.mark.parametrize(
    "raw",
    [
        a_mail("Subject: Undelivered parcel", body="550 5.1.1"),
        a_mail("Subject: Re: failure notice", body=QMAIL),
        in_parts("multipart/mixed", plain("I got this:"), a_part("message/delivery-status", status())),
        a_mail(
            "Return-Path: <>", "Auto-Submitted: auto-replied", "Subject: Out of office", body="Back on Monday"
        ),
    ],
)
def test_what_people_and_their_machines_write_is_no_bounce(raw: bytes) -> None:
    assert read(raw).bounce is None
