"""Nasty mails by name, each made in a few lines. None may stop, slow down or fool the reader."""

from __future__ import annotations

import base64
import random
import struct
from collections.abc import Iterator

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

KB, MB = 1_000, 1_000_000
CHARSETS = (
    *(
        "utf-8",
        "us-ascii",
        "iso-8859-1",
        "iso-8859-2",
        "iso-8859-7",
        "windows-1250",
        "windows-1251",
        "windows-1253",
    ),
    *(
        "koi8-r",
        "utf-16",
        "utf-7",
        "gb2312",
        "big5",
        "iso-2022-jp",
        "euc-kr",
        "shift_jis",
        "x-unknown",
        "cp-850",
    ),
    *(
        "idna",
        "punycode",
        "unicode_escape",
        "zlib",
        "rot13",
        "hex",
        "undefined",
        "utf-8\x00",
        "../../etc/passwd",
        "é",
    ),
)


def nested(depth: int, kind: str = "multipart/mixed") -> bytes:
    opened = b"".join(
        b'Content-Type: %s; boundary="b%d"\r\n\r\n--b%d\r\n' % (kind.encode(), n, n) for n in range(depth)
    )
    return (
        b"From: a@example.com\r\nSubject: deep\r\n" + opened + b"Content-Type: text/plain\r\n\r\nbottom\r\n"
    )


def tnef(*chunks: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(chunks)


def tnef_chunk(level: int, name: int, kind: int, content: bytes, length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return struct.pack("<BHHI", level, name, kind, size) + content + struct.pack("<H", sum(content) & 0xFFFF)


def winmail(content: bytes) -> bytes:
    return in_parts(
        "multipart/mixed", plain("See attached."), a_file("winmail.dat", content, "application/ms-tnef")
    )


def nasty_mails() -> Iterator[tuple[str, bytes]]:
    yield from _bytes()
    yield from _headers()
    yield from _addresses()
    yield from _charsets()
    yield from _structure()
    yield from _encodings()
    yield from _html()
    yield from _files()
    yield from _reports()
    yield from _texts()


def _bytes() -> Iterator[tuple[str, bytes]]:
    plain_mail = a_mail()
    yield "empty", b""
    yield "one byte", b"\x00"
    yield "only newlines", b"\r\n" * 1000
    yield "only carriage returns", b"\r" * 1000
    yield "zeros", b"\x00" * 100 * KB
    yield "all bytes", bytes(range(256)) * 100
    yield "noise", random.Random(7).randbytes(200 * KB)
    yield "utf-16 throughout", plain_mail.decode().encode("utf-16")
    yield "utf-8 with a mark", b"\xef\xbb\xbf" + plain_mail
    yield "zeros between", plain_mail.replace(b"e", b"e\x00")
    yield "bare carriage returns", plain_mail.replace(b"\r\n", b"\r")
    yield "bare newlines", plain_mail.replace(b"\r\n", b"\n")
    yield "mixed newlines", plain_mail.replace(b"\r\n", b"\r\r\n", 3)
    yield "newline before return", plain_mail.replace(b"\r\n", b"\n\r")
    yield "mbox line", b"From jana@example.com Tue Oct  6 10:00:00 2026\r\n" + plain_mail
    yield "quoted mbox line", b">From jana@example.com Tue Oct  6 10:00:00 2026\n" + plain_mail
    yield "empty lines first", b"\r\n\r\n\r\n" + plain_mail
    yield "cut in the headers", plain_mail[:40]
    yield "no body", plain_mail.partition(b"\r\n\r\n")[0]
    yield "a large body", a_mail(body="word " * MB)
    yield "one line of 5 MB", a_mail(body="x" * 5 * MB)
    yield "a million empty lines", a_mail(body="\n" * MB)
    yield "lone surrogates in utf-8", a_mail("Subject: \udced\udca0\udcbd", body=b"\xed\xa0\xbd half")


def _headers() -> Iterator[tuple[str, bytes]]:
    yield "no headers at all", b"Hello, where is my parcel?\r\nJana"
    yield "a subject of 3 MB", a_mail("Subject: " + "x" * 3 * MB)
    yield (
        "a subject of 420 kB in words",
        a_mail("Subject: " + "\r\n ".join([base64_words("déjà vu")] * 15_000)),
    )
    yield "a subject of words without end", a_mail("Subject: " + "=?utf-8?q?" * 5_000)
    yield "a subject of question marks", a_mail("Subject: " + "=?" * 30_000)
    yield "a subject of one huge word", a_mail("Subject: =?utf-8?b?" + "QUFB" * 4_000 + "?=")
    yield "a subject of broken base64", a_mail("Subject: =?utf-8?b?A?= =?utf-8?b?===?= =?utf-8?b?#é#?=")
    yield (
        "a subject in odd charsets",
        a_mail("Subject: =?idna?q?a?= =?punycode?b?QUFB?= =?zlib?q?x?= =?a*en?q?ok?="),
    )
    yield "a subject of newlines", a_mail("Subject: =?utf-8?q?a=0D=0ABcc:_x@example.com?=")
    yield "a subject that turns around", a_mail("Subject: =?utf-8?q?=E2=80=AEgnp.exe?=")
    yield "a subject folded 20,000 times", a_mail("Subject: a" + "\r\n b" * 20_000)
    yield (
        "a subject in raw bytes",
        a_mail(b"Subject: \xc7\xe4\xf0\xe0\xe2".decode("ascii", "surrogateescape")),
    )
    yield "no subject", a_mail("Subject:")
    yield "100,000 fields", a_mail(*[f"X-{n}: y" for n in range(100_000)])
    yield "a name of 1 MB", a_mail("X" * MB + ": y")
    yield "fields without names", a_mail(": y", " : z", ":")
    yield "fields with spaces in names", a_mail("Sub ject: x", "Subject : y")
    yield "a line without a colon", a_mail("this is no header", "X-After: 1")
    yield "starts with a continuation", b" continued\r\n" + a_mail()
    yield "only continuations", b" x\r\n" * 50_000
    yield "headers without end", b"X-Y: z\r\n" * 300_000
    yield "the same field often", a_mail(*["Received: from a by b; Tue, 06 Oct 2026 10:00:00 +0000"] * 900)
    yield "a date of nonsense", a_mail("Date: yesterday, more or less")
    yield "a date of 1 MB", a_mail("Date: " + "1" * MB)
    yield "a date in the year 99999", a_mail("Date: Tue, 06 Oct 99999 10:00:00 +0000")
    yield "a date with a zone of 99 hours", a_mail("Date: Tue, 06 Oct 2026 10:00:00 +9959")
    yield "a date in 1901", a_mail("Date: Tue, 06 Oct 1901 10:00:00 +0000")
    yield "a date of 31 February", a_mail("Date: Tue, 31 Feb 2026 25:61:61 +0000")
    yield "no date", a_mail("Date:")
    yield "no message id", a_mail("Message-ID:")
    yield "a message id of 1 MB", a_mail("Message-ID: <" + "x" * MB + "@example.com>")
    yield "a message id without brackets", a_mail("Message-ID: 1@example.com")
    yield "a message id with spaces", a_mail("Message-ID: <a b c@example.com>")
    yield "two message ids", a_mail("Message-ID: <1@a.example> <2@a.example>")
    yield (
        "references of 1 MB",
        a_mail("References: " + "\r\n ".join(f"<{n}@example.com>" for n in range(50_000))),
    )
    yield "references without brackets", a_mail("References: a@b c@d")
    yield "answers itself", a_mail("In-Reply-To: <1@example.com>", "References: <1@example.com>")
    yield "brackets without end", a_mail("References: " + "<" * 15_000)
    yield "two content types", a_mail("Content-Type: text/html", "Content-Type: text/plain", body="<p>x</p>")
    yield "authentication of 60 kB", a_mail("Authentication-Results: mx; " + "dkim=pass (" * 1_300)


def _addresses() -> Iterator[tuple[str, bytes]]:
    yield "no sender", a_mail("From:")
    yield "two From fields", a_mail("From: a@example.com", "From: b@example.com")
    yield "two senders", a_mail("From: a@example.com, b@example.com")
    yield "a sender in the name", a_mail('From: "ceo@acme.example" <eve@evil.example>')
    yield "a sender in an encoded name", a_mail("From: =?utf-8?q?ceo=40acme.example?= <eve@evil.example>")
    yield "an encoded sender", a_mail("From: " + base64_words("a@example.com"))
    yield "two angles", a_mail("From: <a@example.com> <b@example.com>")
    yield "an address after an address", a_mail("From: a@example.com <b@example.com>")
    yield "an address that closes early", a_mail("From: alice@example.org)bob@example.com")
    yield "an address with a newline", a_mail("From: =?utf-8?q?a=0Ab=40c?= <a@example.com>")
    yield "an address with zeros", a_mail("From: a\x00b@example.com")
    yield "an address of 100 kB", a_mail("From: " + "a" * 100 * KB + "@example.com")
    yield "a quoted local part", a_mail('From: "a b"@example.com')
    yield "an address in Greek", a_mail("From: Γιώργος <γιώργος@παράδειγμα.ελ>")
    yield "an address without a domain", a_mail("From: root")
    yield "a null sender", a_mail("From: <>")
    yield "a group", a_mail("From: undisclosed: ;")
    yield "a group of people", a_mail("To: Friends: a@example.com, b@example.com;, c@example.com")
    yield "a route", a_mail("From: <@a.example,@b.example:jana@example.com>")
    yield "comments within comments", a_mail("From: " + "(" * 10_000 + "a@example.com")
    yield "quotes without end", a_mail('From: "' + '\\"' * 7_000)
    yield "commas", a_mail("To: " + "," * 15_000)
    yield "20,000 recipients", a_mail("To: " + ", ".join(f"user{n}@some.example.com" for n in range(25_000)))
    yield "250 recipients", a_mail("To: " + ",\r\n ".join(f"user{n}@example.com" for n in range(250)))
    yield "a name of 60 kB", a_mail("From: " + "x" * 60 * KB + " <a@example.com>")
    yield "a name with a comma", a_mail("From: Kovářová, Jana <jana@example.com>")
    yield "semicolons between", a_mail("To: a@example.com; b@example.com; c@example.com")
    yield "a sender and a comment", a_mail("From: jana@example.com (Jana Kovářová)")


def _charsets() -> Iterator[tuple[str, bytes]]:
    greek = "Πού είναι το δέμα μου;"
    for charset in CHARSETS:
        yield f"called {charset!r}", a_mail(f"Content-Type: text/plain; charset={charset}", body=greek)
    for charset in ("cp1253", "cp1251", "cp1250", "utf-16", "gb18030", "utf-7"):
        text = {"cp1251": "Къде е пратката ми?", "cp1250": "Kde je můj balík?"}.get(charset, greek)
        yield (
            f"{charset} and nobody says so",
            a_mail("Content-Type: text/plain", body=text.encode(charset, "replace")),
        )
    yield "a charset of 10 kB", a_mail("Content-Type: text/plain; charset=" + "x" * 10 * KB)
    yield "two charsets", a_mail("Content-Type: text/plain; charset=a; charset=b", body=b"\xff\xfe\xfd")
    yield "utf-7 bomb", a_mail("Content-Type: text/plain; charset=utf-7", body="+" * 100 * KB)
    yield (
        "iso-2022-jp escapes",
        a_mail("Content-Type: text/plain; charset=iso-2022-jp", body=b"\x1b$B" * 30 * KB),
    )


def _structure() -> Iterator[tuple[str, bytes]]:
    for depth in (5, 20, 21, 100, 1_000, 5_000):
        yield f"{depth} levels", nested(depth)
    yield "1,000 levels of alternatives", nested(1_000, "multipart/alternative")
    inner = b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(5_000)) + b"x"
    yield "5,000 mails in mails", b"From: a@example.com\r\n" + inner
    yield "200 parts", in_parts("multipart/mixed", *[plain("x")] * 200)
    yield "201 parts", in_parts("multipart/mixed", *[plain("x")] * 201)
    yield "50,000 parts", in_parts("multipart/mixed", *[b"\r\nx"] * 50_000)
    yield "no boundary", a_mail("Content-Type: multipart/mixed", body="Hello")
    yield (
        "an empty boundary",
        a_mail('Content-Type: multipart/mixed; boundary=""', body="--\r\n\r\nHello\r\n----"),
    )
    yield "a boundary that never comes", a_mail("Content-Type: multipart/mixed; boundary=b", body="Hello")
    yield (
        "a boundary of 100 kB",
        a_mail("Content-Type: multipart/mixed; boundary=" + "b" * 100 * KB, body="Hello"),
    )
    yield (
        "a boundary in raw bytes",
        a_mail('Content-Type: multipart/mixed; boundary="ř"', body="--ř\r\n\r\nx\r\n--ř--"),
    )
    yield "a boundary that is never closed", in_parts("multipart/mixed", plain("x"))[:-8]
    yield (
        "closed before it is opened",
        a_mail("Content-Type: multipart/mixed; boundary=b", body="--b--\r\n--b\r\n\r\nx"),
    )
    yield (
        "a million lines that are almost delimiters",
        a_mail("Content-Type: multipart/mixed; boundary=b", body=b"--bx\n" * MB),
    )
    yield "20 levels above 5 MB", nested(20) + b"x\n" * 2_500_000
    yield "only delimiters", a_mail("Content-Type: multipart/mixed; boundary=b", body="--b\r\n" * 100_000)
    yield (
        "the same boundary within",
        in_parts(
            "multipart/mixed",
            a_part('multipart/mixed; boundary="b1"', joined((plain("in"),), "b1")),
            plain("out"),
        ),
    )
    yield (
        "a boundary that begins like another",
        in_parts(
            "multipart/mixed", a_part('multipart/mixed; boundary="b1b1"', joined((plain("in"),), "b1b1"))
        ),
    )
    yield (
        "a multipart in base64",
        a_mail(
            "Content-Type: multipart/mixed; boundary=b",
            "Content-Transfer-Encoding: base64",
            body=base64.encodebytes(joined((plain("x"),), "b")),
        ),
    )
    yield "parts without headers", in_parts("multipart/mixed", b"\r\nfirst", b"\r\nsecond")
    yield "parts that are only headers", in_parts("multipart/mixed", b"Content-Type: text/plain", b"X: y")
    yield "empty parts", in_parts("multipart/mixed", b"", b"", b"")
    yield (
        "parts with huge headers",
        in_parts("multipart/mixed", *[a_part("text/plain; x=" + "y" * 60 * KB)] * 30),
    )
    yield "a digest", in_parts("multipart/digest", b"\r\n" + a_mail(), b"\r\n" + a_mail())
    yield "a mail in a mail", in_parts("multipart/mixed", plain("see"), a_part("message/rfc822", nested(100)))
    yield "a partial mail", a_mail('Content-Type: message/partial; id="a"; number=1; total=9')
    yield (
        "a body elsewhere",
        a_mail('Content-Type: message/external-body; access-type=URL; URL="http://a.example/"'),
    )
    yield "a type of nonsense", a_mail("Content-Type: ///;;;===")
    yield "a type of 60 kB", a_mail("Content-Type: text/plain" + "; a=b" * 12_000)
    yield "a type of quotes", a_mail('Content-Type: text/plain; a="' + '\\"' * 20_000)
    yield (
        "continued parameters",
        a_mail("Content-Type: text/plain; " + "; ".join(f"name*{n}*=a" for n in range(500))),
    )
    yield "a parameter with a huge number", a_mail("Content-Type: text/plain; name*" + "9" * 3_000 + "*=a")
    yield (
        "numbers that do not follow",
        a_mail("Content-Type: text/plain; name*0*=utf-8''a; name*7=b; name*x*=c"),
    )
    yield (
        "signed",
        in_parts("multipart/signed", plain("x"), a_part("application/pgp-signature", "-----BEGIN")),
    )
    yield "encrypted", in_parts("multipart/encrypted", a_part("application/pgp-encrypted", "Version: 1"))
    yield "related without a root", in_parts("multipart/related", a_file("a.png", b"\x89PNG", "image/png"))
    yield (
        "alternatives of pictures",
        in_parts("multipart/alternative", a_file("a.png", b"\x89PNG", "image/png")),
    )


def _encodings() -> Iterator[tuple[str, bytes]]:
    for encoding in (
        "base64",
        "quoted-printable",
        "x-uuencode",
        "binary",
        "gzip",
        "base64 (really)",
        "8bit;x",
        "",
    ):
        yield (
            f"encoded as {encoding!r}",
            a_mail(f"Content-Transfer-Encoding: {encoding}", body="=ZZ=\r\n=3D=E9==\r\n#"),
        )
    yield "base64 of one letter", a_mail("Content-Transfer-Encoding: base64", body="A")
    yield (
        "base64 with words between",
        a_mail("Content-Transfer-Encoding: base64", body="SGVs\r\n-- list --\r\nbG8="),
    )
    yield "base64 of equals signs", a_mail("Content-Transfer-Encoding: base64", body="=" * MB)
    yield (
        "quoted-printable of equals signs",
        a_mail("Content-Transfer-Encoding: quoted-printable", body="=" * MB),
    )
    yield "uuencoded", a_mail(body="begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n")
    yield "flowed for ever", a_mail("Content-Type: text/plain; format=flowed", body="a \r\n" * MB)
    yield (
        "flowed and quoted",
        a_mail("Content-Type: text/plain; format=flowed", body=("> " * 50 + "a \r\n") * 500),
    )


def _html() -> Iterator[tuple[str, bytes]]:
    for name, content in {
        "200 kB of div": "<div>" * 40_000,
        "15,000 div": "<div>" * 15_000,
        "15,000 open font": "<font>" * 15_000 + "x",
        "5 MB of div": "<div>" * MB,
        "open brackets": "<" * 500 * KB,
        "a tag of 900 kB": "<a " + "x=y " * 225_000 + ">x",
        "comments without end": "<!--" * 10_000,
        "styles without end": "<style>" * 5_000,
        "tables in tables": "<table><tr><td>" * 3_000,
        "a span of a billion": '<table><tr><td colspan="999999999" rowspan="999999999">x</td></tr></table>',
        "a wide and a long table": "<table>"
        + f"<tr><td>{'w' * 50_000}</td><td>x</td></tr>"
        + "<tr><td>y</td></tr>" * 1_500,
        "an XML declaration": '<?xml version="1.0" encoding="utf-16"?><html><body>x</body></html>',
        "a frameset": "<html><frameset><frame src=x></frameset></html>",
        "nothing but a head": "<html><head><title>x</title></head></html>",
        "entities": "&#0;&#x110000;&#xD83D;&#xDE00;&nbsp;&amp;" * 5_000,
        "a data picture of 2 MB": f'<img src="data:image/png;base64,{"A" * 2 * MB}">text',
        "zeros": "<p>a\x00b</p>",
        "lists in lists": "<ul><li>" * 5_000 + "x",
        "only a comment": "<!-- x -->",
        "text of 2 MB": "<p>" + "word " * 400_000,
        "pre of a million lines": "<pre>" + "\n" * MB + "</pre>",
        "style with an import": "<style>@import 'http://evil.example/x';</style><p>x",
    }.items():
        yield f"html: {name}", in_parts("multipart/mixed", html(content))
    yield "html that is called plain", a_mail("Content-Type: text/plain", body="<b>x</b>")
    yield (
        "html beside a stub",
        in_parts("multipart/alternative", plain("Please enable HTML."), html("<p>Hello</p>")),
    )


def _files() -> Iterator[tuple[str, bytes]]:
    for name in (
        *(
            "../../etc/passwd",
            "C:\\Windows\\x.exe",
            "a\x00.png",
            "\u202egnp.exe",
            "x" * 10 * KB + ".pdf",
            ".",
        ),
        *("..", "CON", "a\nb.txt", ".htaccess", "=?utf-8?b?w6E=?=.pdf", 'a".pdf', "a;b.pdf", "", " "),
    ):
        yield f"file called {name[:20]!r}", in_parts("multipart/mixed", plain("x"), a_file(name))
    yield "files of 20 MB", in_parts("multipart/mixed", a_file("a.bin", b"\x00" * 20 * MB))
    yield (
        "150 files",
        in_parts("multipart/mixed", *[a_file(f"{n}.txt", b"x", "text/plain") for n in range(150)]),
    )
    yield (
        "an invitation",
        in_parts("multipart/mixed", a_part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR\r\n" * 9_000)),
    )
    yield (
        "an invitation without end",
        a_mail("Content-Type: text/calendar", body="BEGIN:VEVENT\r\nSUMMARY:" + "x" * MB),
    )
    text = tnef_chunk(1, 0x800C, 2, b"Hello\x00")
    yield "winmail: a text", winmail(tnef(text))
    yield "winmail: empty", winmail(b"")
    yield "winmail: not one", winmail(b"PK\x03\x04" * 100)
    yield "winmail: only its sign", winmail(tnef())
    yield "winmail: a length that lies", winmail(tnef(tnef_chunk(1, 0x800C, 2, b"x", 0xFFFFFFF0)))
    yield "winmail: a length of nothing", winmail(tnef(tnef_chunk(1, 0x800C, 2, b"", 0) * 1_000))
    yield "winmail: a file without its beginning", winmail(tnef(tnef_chunk(2, 0x800F, 6, b"x")))
    yield "winmail: 50,000 chunks", winmail(tnef(text * 50_000))
    yield "winmail: properties that lie", winmail(tnef(tnef_chunk(1, 0x9003, 6, b"\xff\xff\xff\x7f" * 100)))
    yield "winmail: noise", winmail(tnef(random.Random(3).randbytes(50 * KB)))


def _reports() -> Iterator[tuple[str, bytes]]:
    report = "multipart/report; report-type=delivery-status"
    yield "a report of nothing", in_parts(report, plain("x"))
    yield "a report without recipients", in_parts(report, plain("x"), a_part("message/delivery-status", ""))
    yield (
        "a report of groups",
        in_parts(report, a_part("message/delivery-status", "Action: failed\r\n\r\n" * 9_000)),
    )
    yield (
        "a report of nonsense",
        in_parts(report, a_part("message/delivery-status", "Action: \xe9\r\nStatus: 9.9.9\r\n\r\n;;")),
    )
    yield "a report with a deep mail", in_parts(report, a_part("message/rfc822", nested(1_000)))
    yield "a report of 900 kB", a_mail("X-Failed-Recipients: x@example.com", body="550 5.1.1 " * 90_000)
    yield "a receipt of nothing", in_parts("multipart/report", a_part("message/disposition-notification", ""))


def _texts() -> Iterator[tuple[str, bytes]]:
    for name, text in {
        "colons": ":" * 100_000,
        "lines that end with colons": "On 3.10.2026 10:12 he wrote:\n" * 20_000,
        "quote signs": ">" * 500_000,
        "quoted lines": "> x\n" * 100_000,
        "quotes within quotes": "\n".join("> " * depth + "x" for depth in range(1_000)),
        "From lines": "From: x\n" * 50_000,
        "dashes": "-" * 500_000,
        "signatures": "-- \n" * 50_000,
        "almost attributions": ("wrote " * 60 + "10:12 2026\n") * 3_000,
        "spaces": " " * 500_000,
        "spaces and a sign": (" " * 2_000 + ">\n") * 300,
        "sent from": "Sent from " * 30_000,
        "forwarded": "----------" * 20_000 + "Forwarded message",
        "our own line": "##-" + "x" * 200_000,
        "message ids": "Message-ID: <" * 20_000,
        "many dots": "1.1." * 50_000,
    }.items():
        yield f"text: {name}", a_mail(body=text)
        yield f"bounced text: {name}", a_mail("Return-Path: <>", "Subject: failure notice", body=text)
