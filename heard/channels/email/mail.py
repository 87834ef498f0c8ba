"""What a mail says, read once: plain values without a parser's objects, fit for a pipe and for a database.

Message-IDs stand here bare, without their angle brackets; one that is too long to be kept is called by its digest,
the same wherever it is named. Addresses stand in lower case, so that both can be compared with `==`. Every text is
free of NUL and of halves of surrogate pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

# In characters. Longer ones would not fit where they are kept.
MAX_ID: Final = 180  # 200 are kept, and an author who is hidden is called by more than the id
MAX_ADDRESS: Final = 200
MAX_TYPE: Final = 100
MAX_SUBJECT: Final = 500
MAX_NAME: Final = 150
MAX_TEXT: Final = 200_000
MAX_HTML: Final = 1_000_000
MAX_TAGS: Final = 20_000  # of `<`: beyond it, sanitising takes seconds
MAX_ADDRESSES: Final = 200
MAX_REFERS: Final = 50


@dataclass(frozen=True, slots=True)
class Address:
    """`address` is in lower case; `name` may be empty and is whatever the sender likes."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the mail. `child.part_apart(raw, number)` gives its bytes.

    `inline`: the HTML shows it by `cid:` and its content id, so nobody needs to see it again as a file.
    """

    number: str  # as IMAP counts: "1.2"; what is inside of a winmail.dat counts on below it
    name: str
    content_type: str  # as the sender calls it; judge by the bytes before you trust it
    size: int
    content_id: str = ""
    inline: bool = False


class Report(StrEnum):
    """What a machine reports about a mail."""

    DELIVERY = "delivery"  # it was or was not delivered (RFC 3464, or whatever the server writes instead)
    DISPOSITION = "disposition"  # somebody opened it (RFC 8098)
    COMPLAINT = "complaint"  # somebody called it spam (RFC 5965)


@dataclass(frozen=True, slots=True)
class Failed:
    """One recipient who did not get it."""

    recipient: str
    status: str = ""
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about a mail that went out. Of several recipients, the one that fared worst; `failed` has all of those."""

    report: Report = Report.DELIVERY
    message_id: str = ""  # of the mail reported on; empty where the report does not say
    recipient: str = ""
    action: str = ""  # failed · delayed · delivered · relayed · expanded; `delivery` only
    status: str = ""  # 5.1.1
    diagnostic: str = ""  # in the words of the other server
    failed: tuple[Failed, ...] = ()
    ours: bool = False  # the mail reported on bears signs that only Heard puts on a mail


@dataclass(frozen=True, slots=True)
class Authentication:
    """What a mail server that we trust found out: pass, fail, softfail, none …; empty: it did not say.

    `dmarc` is given only where it was found for the very domain of the sender.
    """

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`problem` is empty, or an English sentence (marked with `N_`) that says why not all could be read.

    The rest then is what could be read safely, and may be nothing at all.
    """

    message_id: str = ""
    alike: str = ""  # the same for every copy of a mail that has no id and says when it was written
    refers: tuple[str, ...] = ()  # In-Reply-To, then References from right to left: the likeliest first
    sender: Address | None = None  # None: nobody, or more than one; then `problem` says so
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()  # addresses that our own servers noted: Delivered-To, X-Original-To …
    return_path: str | None = None  # "" is the null sender of machines; None: nobody noted it
    loop: str = ""  # X-Heard-Loop: which Heard sent it
    subject: str = ""
    at: datetime | None = None  # Date, held within a week before our own server's stamp
    text: str = ""  # the whole of it, quotes and signature too: `quotes.fold` tells them apart
    said: str = ""  # what is new in the text; all of it where nothing is
    quoted: str = ""  # what the writer only repeats, and the signature
    html: str = ""  # as it came, never shown before `clean.clean_html`; empty where it is beyond the caps
    shortened: bool = False  # there was more text, or an HTML version too large to show
    parts: tuple[Part, ...] = ()
    calendar: str = ""  # what an invitation says, in lines
    seal: str = ""  # signed · signed and wrapped · encrypted
    automatic: bool = False
    why_automatic: str = ""  # the header or address that shows it
    bounce: Bounce | None = None
    authentication: Authentication = Authentication()
    problem: str = ""
