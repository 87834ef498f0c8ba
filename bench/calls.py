"""Calls as Meta makes them: made from the fixtures of the channels, signed as Meta signs."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr

import heard.channels
from heard.channels.meta.signature import HEADER, sign
from heard.inboxes.models import Inbox
from tests.cast import SECRETS

CHANNELS = Path(heard.channels.__file__).parent


@cache
def _fixture(name: str) -> Any:
    return json.loads((CHANNELS / name).read_text())


def _body(page: str, name: str, change: Callable[[dict[str, Any]], None]) -> bytes:
    document = copy.deepcopy(_fixture(name))
    entry = document["entry"][0]
    entry["id"] = page
    change(entry)
    return json.dumps(document, separators=(",", ":")).encode()


def comment(page: str, serial: int, *, by: int, text: str, at: datetime, edited: bool = False) -> bytes:
    """A comment on one of twenty posts, or a change of its text."""
    post = f"{page}_{555000 + serial % 20}"

    def change(entry: dict[str, Any]) -> None:
        value = entry["changes"][0]["value"]
        value["comment_id"] = f"{post.split('_')[1]}_{900000 + serial}"
        value["post_id"] = value["parent_id"] = post
        if "post" in value:
            value["post"]["id"] = post
        value["from"] = {"id": str(7700000 + by), "name": f"Customer {by}"}
        value["message"] = text
        entry["time"] = value["created_time"] = int(at.timestamp())

    return _body(page, f"facebook/fixtures/comment{'_edited' if edited else ''}.json", change)


def direct(page: str, serial: int, *, by: int, text: str, at: datetime) -> bytes:
    def change(entry: dict[str, Any]) -> None:
        _of_messaging(entry, page, by, at)["message"] = {"mid": f"m_{serial}", "text": text}

    return _body(page, "messenger/fixtures/message.json", change)


def direct_edited(page: str, serial: int, *, by: int, text: str, at: datetime) -> bytes:
    def change(entry: dict[str, Any]) -> None:
        event = _of_messaging(entry, page, by, at)
        event["message_edit"] = {"mid": f"m_{serial}", "text": text, "num_edit": 1}

    return _body(page, "messenger/fixtures/message_edit.json", change)


def read_receipt(page: str, *, by: int, at: datetime) -> bytes:
    def change(entry: dict[str, Any]) -> None:
        _of_messaging(entry, page, by, at)["read"] = {"watermark": _milliseconds(at)}

    return _body(page, "messenger/fixtures/read.json", change)


def _of_messaging(entry: dict[str, Any], page: str, by: int, at: datetime) -> dict[str, Any]:
    event: dict[str, Any] = entry["messaging"][0]
    event["sender"], event["recipient"] = {"id": str(99000000 + by)}, {"id": page}
    entry["time"] = event["timestamp"] = _milliseconds(at)
    return event


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def request(inbox: Inbox, body: bytes) -> bytes:
    """The whole HTTP request with its signature, ready to be written to a socket."""
    head = (
        f"POST /hooks/{inbox.channel}/{inbox.key} HTTP/1.1\r\n"
        "host: 127.0.0.1\r\n"
        "content-type: application/json\r\n"
        "user-agent: facebookexternalua\r\n"
        f"{HEADER}: {sign(body, SecretStr(SECRETS['app_secret']))}\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
