"""Signing a call by OAuth 1.0a. JSON and multipart bodies are not part of what is signed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit

from pydantic import SecretStr

_METHOD: Final = "HMAC-SHA1"
NO_TOKEN: Final = SecretStr("")


@dataclass(frozen=True, slots=True)
class Keys:
    key: SecretStr
    secret: SecretStr
    token: SecretStr = NO_TOKEN  # before anybody has signed in there is none
    token_secret: SecretStr = NO_TOKEN


def authorization(
    keys: Keys,
    method: str,
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    more: Mapping[str, str] | None = None,
    nonce: str = "",
    timestamp: int = 0,
) -> str:
    """The value of the `Authorization` header. `form` is a urlencoded body, `more` goes into the header."""
    said = {
        "oauth_consumer_key": keys.key.get_secret_value(),
        "oauth_nonce": nonce or secrets.token_hex(16),
        "oauth_signature_method": _METHOD,
        "oauth_timestamp": str(timestamp or int(time.time())),
        "oauth_version": "1.0",
        **({"oauth_token": keys.token.get_secret_value()} if keys.token.get_secret_value() else {}),
        **(more or {}),
    }
    parts = urlsplit(url)
    asked = [*parse_qsl(parts.query, keep_blank_values=True), *(params or {}).items(), *(form or {}).items()]
    signed = _sign(keys, method, url.partition("?")[0], [*asked, *said.items()])
    listed = sorted([*said.items(), ("oauth_signature", signed)])
    return "OAuth " + ", ".join(f'{name}="{_escaped(value)}"' for name, value in listed)


def _sign(keys: Keys, method: str, address: str, pairs: list[tuple[str, str]]) -> str:
    escaped = sorted((_escaped(name), _escaped(value)) for name, value in pairs)
    joined = "&".join(f"{name}={value}" for name, value in escaped)
    base = "&".join((method.upper(), _escaped(address), _escaped(joined)))
    key = f"{_escaped(keys.secret.get_secret_value())}&{_escaped(keys.token_secret.get_secret_value())}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()


def _escaped(text: str) -> str:
    return quote(text, safe="~-._")
