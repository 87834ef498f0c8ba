"""What our own mail server found out about a sender. Anybody may write such a header; only one counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from heard.channels.email.headers import Headers
from heard.channels.email.mail import Authentication

_COMMENT: Final = re.compile(r"\([^()]*\)")
_QUOTED: Final = re.compile(r'"[^"]*;[^"]*"')
_METHOD: Final = re.compile(r"\s*(spf|dkim|dmarc)(?:/\d)?\s*=\s*([a-z]+)(.*)", re.IGNORECASE | re.DOTALL)
_FROM_DOMAIN: Final = re.compile(r"header\.from\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_BY: Final = re.compile(r"\bby\s+([a-z0-9.\-]+)", re.IGNORECASE)


def authentication(headers: Headers, *, trusted_hosts: Sequence[str], sender_domain: str) -> Authentication:
    """Of the trusted server's own block of results: each server puts its headers above those it received.

    So whatever stands below the next `Received` was already there when the mail came, and is not believed.
    """
    trusted = tuple(host.lower().strip(".") for host in trusted_hosts if host.strip("."))
    if not trusted:
        return Authentication()
    found: dict[str, str] = {}
    for said in _own_block(headers, trusted):
        for clause in said.split(";"):
            if method := _METHOD.match(clause):
                name, result = method[1].lower(), method[2].lower()
                if name == "dmarc" and not _about(method[3], sender_domain):
                    result = "none"
                if name == "dkim" and result == "pass":
                    found["dkim"] = "pass"  # one good signature of several is enough
                found.setdefault(name, result)
    return Authentication(**found)


def _own_block(headers: Headers, trusted: tuple[str, ...]) -> list[str]:
    block: list[str] = []
    for place, (name, value) in enumerate(headers.fields):
        if name == "received" and block:
            return block
        if name != "authentication-results":
            continue
        said = _without_asides(value.decode("latin-1"))
        server, _, results = said.partition(";")
        if "=" in server:
            # Microsoft does not say which server speaks. The one that received the mail does.
            return block or ([said] if _received_next(headers, place, trusted) else [])
        if _is_trusted(server.split()[0] if server.split() else "", trusted):
            block.append(results)
    return block


def _without_asides(said: str) -> str:
    """Without comments, in each other too, and quoted words: there servers repeat what the sender wrote."""
    said = _QUOTED.sub(" ", said)
    for _ in range(20):
        shorter = _COMMENT.sub(" ", said)
        if shorter == said:
            break
        said = shorter
    return said.partition("(")[0]


def _received_next(headers: Headers, place: int, trusted: tuple[str, ...]) -> bool:
    below = (value for name, value in headers.fields[place:] if name == "received")
    by = _BY.search(next(below, b"").decode("latin-1"))
    return by is not None and _is_trusted(by[1], trusted)


def _is_trusted(host: str, trusted: tuple[str, ...]) -> bool:
    host = host.lower().strip(".")
    return any(host == one or host.endswith(f".{one}") for one in trusted)


def _about(told: str, sender_domain: str) -> bool:
    named = _FROM_DOMAIN.search(told)
    return named is not None and named[1].lower().strip(".") == sender_domain
