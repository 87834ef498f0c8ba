"""Who wrote it? Only our own mail server's word counts, and anybody may forge it."""

from __future__ import annotations

import pytest

from heard.channels.email.mail import Authentication
from heard.channels.email.reading import read
from heard.channels.email.tests.mails import a_mail

OURS = "mx.acme.example"
RECEIVED = "Received: from evil.example ([192.0.2.1]) by mx.acme.example with ESMTPS; Tue, 06 Oct 2026 10:00:00 +0000"
PASS = "spf=pass smtp.mailfrom=example.com; dkim=pass header.d=example.com; dmarc=pass (p=none) header.from=example.com"
FAIL = "spf=fail smtp.mailfrom=evil.example; dmarc=fail header.from=example.com"


def found(*headers: str, hosts: tuple[str, ...] = (OURS,)) -> Authentication:
    return read(a_mail(*headers), trusted_hosts=hosts).authentication


def test_our_own_servers_word_counts() -> None:
    assert found(f"Authentication-Results: {OURS}; {PASS}", RECEIVED) == Authentication(
        "pass", "pass", "pass"
    )
    assert found(f"Authentication-Results: {OURS} 1; {PASS}", RECEIVED).dmarc == "pass"
    assert found(f"Authentication-Results: a.{OURS};\r\n\t{PASS}", RECEIVED).dmarc == "pass"


def test_results_in_several_headers_are_taken_together() -> None:
    several = [f"Authentication-Results: {OURS}; {one}" for one in PASS.split(";")]
    assert found(*several, RECEIVED) == Authentication("pass", "pass", "pass")


@pytest.mark.parametrize(
    "headers",
    [
        (RECEIVED,),
        (f"Authentication-Results: evil.example; {PASS}", RECEIVED),
        (f"Authentication-Results: {OURS}.evil.example; {PASS}", RECEIVED),
        (f"Authentication-Results: evil{OURS}; {PASS}", RECEIVED),
        (f"Authentication-Results: ({OURS}) evil.example; {PASS}", RECEIVED),
        (f"Authentication-Results: {OURS}; {FAIL}", RECEIVED, f"Authentication-Results: {OURS}; {PASS}"),
        (RECEIVED, f"Authentication-Results: {OURS}; {FAIL}", f"Authentication-Results: {OURS}; {PASS}"),
        (f"Authentication-Results: {OURS}; spf=pass", RECEIVED, f"Authentication-Results: {OURS}; {PASS}"),
        (f"Authentication-Results: {OURS}; dmarc=pass header.from=evil.example", RECEIVED),
        (f"Authentication-Results: {OURS}; dmarc=pass", RECEIVED),
        (f"Authentication-Results: {OURS}; dmarc=none (dmarc=pass header.from=example.com)", RECEIVED),
        (f"Authentication-Results: {OURS}; spf=fail (a (b); {PASS})", RECEIVED),
        (f"Authentication-Results: {OURS}; spf=fail (a (b; {PASS}", RECEIVED),
        (f'Authentication-Results: {OURS}; spf=fail reason="a; {PASS}"', RECEIVED),
        (f"ARC-Authentication-Results: i=1; {OURS}; {PASS}", RECEIVED),
        (
            f"Authentication-Results: {PASS}",
            "Received: from a by evil.example; Tue, 06 Oct 2026 10:00:00 +0000",
        ),
        (f"Authentication-Results: {PASS}",),
    ],
)
def test_a_forged_word_does_not_count(headers: tuple[str, ...]) -> None:
    assert found(*headers).dmarc != "pass"


def test_nobody_is_trusted_unless_we_say_so() -> None:
    assert found(f"Authentication-Results: {OURS}; {PASS}", RECEIVED, hosts=()) == Authentication()
    assert found(f"Authentication-Results: {OURS}; {PASS}", RECEIVED, hosts=("",)) == Authentication()


def test_a_server_that_does_not_name_itself_is_known_by_what_it_received() -> None:
    """Microsoft writes the results without a name."""
    received = (
        "Received: from a.example by x.mail.protection.outlook.com with SMTP; Tue, 06 Oct 2026 10:00:00 +0000"
    )
    hosts = ("protection.outlook.com",)
    assert found(f"Authentication-Results: {PASS}", received, hosts=hosts).dmarc == "pass"
    real = f"Authentication-Results: {FAIL}"
    assert found(real, received, f"Authentication-Results: {PASS}", received, hosts=hosts).dmarc == "fail"
