"""How Meta writes, signs and refuses: the twin's side of what `signature` and `graph` read."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any


def encode(payload: Any) -> bytes:
    """The bytes Meta signs: ASCII, lower-case escapes, and slashes escaped as PHP does.

    A receiver that signs re-encoded JSON instead of these bytes works for English and fails for "ä".
    """
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def signed(body: bytes, secret: str) -> dict[str, str]:
    """The headers of a hook call: today's signature and the legacy one that nobody should check."""
    key = secret.encode()
    return {
        "X-Hub-Signature": "sha1=" + hmac.new(key, body, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": "sha256=" + hmac.new(key, body, hashlib.sha256).hexdigest(),
    }


def envelope(entries: Sequence[Mapping[str, Any]], *, about: str = "page") -> dict[str, Any]:
    return {"object": about, "entry": list(entries)}


def refusal(
    message: str,
    *,
    code: int,
    subcode: int = 0,
    kind: str = "OAuthException",
    transient: bool = False,
    trace: str = "",
) -> dict[str, Any]:
    """The error body that every Graph call shares."""
    error: dict[str, Any] = {"message": message, "type": kind, "code": code}
    if subcode:
        error["error_subcode"] = subcode
    error["is_transient"] = transient
    error["fbtrace_id"] = trace
    return {"error": error}
