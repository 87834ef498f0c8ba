"""How Viber words its events. For the sandbox and for tests; nothing here is used with the real network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from heard.channels.viber.signature import sign

HOST = "SN-CHAT-05_"


def user(
    id: str, *, name: str, avatar: str = "", language: str = "en", country: str = "CZ"
) -> dict[str, Any]:
    shown = {"avatar": avatar} if avatar else {}
    return {"id": id, "name": name, **shown, "country": country, "language": language, "api_version": 10}


def event(name: str, *, at_ms: int, token: int, **rest: Any) -> dict[str, Any]:
    return {"event": name, "timestamp": at_ms, "message_token": token, **rest}


def message(sender: Mapping[str, Any], said: Mapping[str, Any], *, at_ms: int, token: int) -> dict[str, Any]:
    return event(
        "message", at_ms=at_ms, token=token, chat_hostname=HOST, sender=sender, message=said, silent=False
    )


def encode(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body).encode("ascii")


def signed(body: bytes, token: str) -> dict[str, str]:
    return {"X-Viber-Content-Signature": sign(body, SecretStr(token))}
