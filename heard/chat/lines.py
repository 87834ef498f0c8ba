"""What a visitor says and does. A line is stored as a hook is: 200 comes after the commit, and a repeat is harmless."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from heard.channels.chat import wording
from heard.channels.chat.channel import LARGEST_FILE, LONGEST_LINE, MOST_FILES
from heard.chat.http import Asked, Refused, Said, said
from heard.chat.rows import Rows, VisitorRow, WidgetRow
from heard.chat.sessions import page_of
from heard.chat.texts import nameless
from heard.customer_files import BrokenImage, without_traces
from heard.images import image_type
from heard.ingest.store import Call, RawCallStore
from heard.kept_files import keep_file

# Handed over and not sent with any line yet.
MOST_WAITING = 20
LONGEST_NAME, LONGEST_EMAIL = 200, 254


async def say(asked: Asked, widget: WidgetRow, visitor: VisitorRow, rows: Rows, store: RawCallStore) -> Said:
    """Raises Refused, StoreFull or StoreAway."""
    body = await asked.json()
    key, text = _key(body.get("key")), _text(body.get("text"))
    files = await _files(body.get("files"), visitor, rows)
    if not text and not files:
        raise Refused(422, "empty")
    name = visitor.name or _short(body.get("name"), LONGEST_NAME)
    email = visitor.email or _short(body.get("email"), LONGEST_EMAIL)
    call = wording.line(
        str(key),
        visitor={
            "id": visitor.address,
            "name": name or nameless(visitor.addresses[-1], widget.language),
            "language": visitor.language,
            "email": email,
        },
        text=text,
        at=datetime.now(UTC),
        page={"url": visitor.page_url, "title": visitor.page_title},
        files=files,
        aliases=visitor.addresses[1:],
        proved=bool(visitor.subject),
        left=body.get("left") is True,
    )
    await store.put(Call(widget.workspace_id, widget.inbox_id, {}, call))
    await rows.spoke(visitor, name=name, email=email)
    return said({"key": str(key)})


async def see(asked: Asked, widget: WidgetRow, visitor: VisitorRow, rows: Rows, store: RawCallStore) -> Said:
    """Everything of ours up to this line was on the visitor's screen."""
    found = await rows.sent_at(visitor, _key((await asked.json()).get("id")))
    if found is None:
        raise Refused(404, "no_such_line")
    address, until = found
    call = wording.seen(address, until=until, at=datetime.now(UTC))
    await store.put(Call(widget.workspace_id, widget.inbox_id, {}, call))
    return said({})


async def type_on(asked: Asked, visitor: VisitorRow, rows: Rows) -> Said:
    await rows.types(visitor, typing=(await asked.json()).get("typing") is True)
    return said({})


async def go_to(asked: Asked, visitor: VisitorRow, rows: Rows) -> Said:
    url, title = page_of(await asked.json())
    await rows.went_to(visitor, url=url, title=title)
    return said({})


async def hand_over(asked: Asked, visitor: VisitorRow, rows: Rows) -> Said:
    """A file, as its bytes are. It is nobody's until a line names it."""
    name = _file_name(asked.headers.get("x-file-name", ""))
    content = await asked.body(LARGEST_FILE)
    if not content:
        raise Refused(422, "empty")
    if await rows.files_waiting(visitor) >= MOST_WAITING:
        raise Refused(429, "too_many", after=60)
    try:
        content = await asyncio.to_thread(without_traces, content)
    except BrokenImage as error:
        raise Refused(422, "broken") from error
    key, image = uuid.uuid4(), image_type(content[:16])
    await asyncio.to_thread(keep_file, str(key), content)
    file = {
        "key": key,
        "kind": "image" if image else "file",
        "name": name,
        "content_type": image or "application/octet-stream",
        "size": len(content),
    }
    await rows.new_file(visitor, file)
    return said({"key": str(key), "kind": file["kind"], "name": name, "size": len(content)})


async def _files(named: Any, visitor: VisitorRow, rows: Rows) -> list[dict[str, str]]:
    if not isinstance(named, list) or not named:
        return []
    if len(named) > MOST_FILES:
        raise Refused(422, "too_many_files")
    found = await rows.files_of(visitor, [_key(key) for key in named])
    if len(found) != len(set(named)):
        raise Refused(422, "no_such_file")
    return [{name: str(value) for name, value in file.items()} for file in found]


def _key(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise Refused(422, "bad_key") from error


def _text(value: Any) -> str:
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > LONGEST_LINE:
        raise Refused(422, "too_long")
    return text


def _short(value: Any, most: int) -> str:
    return " ".join(value.split())[:most] if isinstance(value, str) else ""


def _file_name(told: str) -> str:
    name = unquote(told).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in name if letter.isprintable())[:255].strip() or "file"
