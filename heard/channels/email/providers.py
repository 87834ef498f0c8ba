"""Where the mailboxes of well-known providers are, by the domain of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Provider:
    """`trusted` names the servers whose word on who wrote a mail counts. `plus`: it takes `me+more@…`."""

    imap: str
    smtp: str
    smtp_port: int = 465
    trusted: tuple[str, ...] = ()
    plus: bool = False


_GOOGLE: Final = Provider("imap.gmail.com", "smtp.gmail.com", trusted=("mx.google.com",), plus=True)
_MICROSOFT: Final = Provider("outlook.office365.com", "smtp.office365.com", 587, plus=True)
_APPLE: Final = Provider("imap.mail.me.com", "smtp.mail.me.com", 587, plus=True)
_YAHOO: Final = Provider("imap.mail.yahoo.com", "smtp.mail.yahoo.com")
_GMX: Final = Provider("imap.gmx.net", "mail.gmx.net", 587)
_FASTMAIL: Final = Provider("imap.fastmail.com", "smtp.fastmail.com", plus=True)
_ZOHO: Final = Provider("imap.zoho.eu", "smtp.zoho.eu")

PROVIDERS: Final[Mapping[str, Provider]] = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), _GOOGLE),
    **dict.fromkeys(("outlook.com", "hotmail.com", "live.com", "msn.com", "office365.com"), _MICROSOFT),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), _APPLE),
    **dict.fromkeys(("yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.gr", "yahoo.co.uk", "ymail.com"), _YAHOO),
    **dict.fromkeys(("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com"), _GMX),
    **dict.fromkeys(("fastmail.com", "fastmail.fm"), _FASTMAIL),
    **dict.fromkeys(("zoho.com", "zoho.eu"), _ZOHO),
    "web.de": Provider("imap.web.de", "smtp.web.de", 587),
    "seznam.cz": Provider("imap.seznam.cz", "smtp.seznam.cz"),
    "email.cz": Provider("imap.seznam.cz", "smtp.seznam.cz"),
    "centrum.cz": Provider("imap.centrum.cz", "smtp.centrum.cz"),
    "freemail.hu": Provider("imap.freemail.hu", "smtp.freemail.hu", 587),
    "siol.net": Provider("imap.siol.net", "smtp.siol.net", 587),
    "wp.pl": Provider("imap.wp.pl", "smtp.wp.pl"),
    "libero.it": Provider("imapmail.libero.it", "smtp.libero.it"),
    "orange.fr": Provider("imap.orange.fr", "smtp.orange.fr"),
}


def provider_of(address: str) -> Provider | None:
    """None where the domain tells nothing: companies' own domains can be anywhere."""
    return PROVIDERS.get(address.rpartition("@")[2].lower())
