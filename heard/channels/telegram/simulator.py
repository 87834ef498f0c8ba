"""How Telegram words its updates. For the sandbox and for tests; nothing here is used with the real network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def user(id: int, *, first_name: str, last_name: str = "", language: str = "en") -> dict[str, Any]:
    last = {"last_name": last_name} if last_name else {}
    return {"id": id, "is_bot": False, "first_name": first_name, **last, "language_code": language}


def chat(who: Mapping[str, Any]) -> dict[str, Any]:
    """A private one bears the name of the person."""
    names = {key: who[key] for key in ("first_name", "last_name") if key in who}
    return {"id": who["id"], "type": "private", **names}


def message(
    number: int, *, author: Mapping[str, Any], chat: Mapping[str, Any], at: float, **content: Any
) -> dict[str, Any]:
    return {"message_id": number, "from": author, "chat": chat, "date": int(at), **content}


def reaction(number: int, *, author: Mapping[str, Any], before: str, now: str, at: float) -> dict[str, Any]:
    return {
        "chat": chat(author),
        "message_id": number,
        "user": author,
        "date": int(at),
        "old_reaction": _emoji(before),
        "new_reaction": _emoji(now),
    }


def _emoji(emoji: str) -> Sequence[Mapping[str, str]]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


def member(
    author: Mapping[str, Any], bot: Mapping[str, Any], *, before: str, now: str, at: float
) -> dict[str, Any]:
    return {
        "chat": chat(author),
        "from": author,
        "date": int(at),
        "old_chat_member": _membership(before, bot),
        "new_chat_member": _membership(now, bot),
    }


def _membership(status: str, bot: Mapping[str, Any]) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"status": status, "user": bot, **until}
