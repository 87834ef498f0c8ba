"""Lines as a window shows them: a page of the newest, and earlier ones page by page.

A page is known by the line that comes after it, never by a number: whatever is said meanwhile shifts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from heard.chat.files import signed_path
from heard.chat.http import Asked, Refused, Said, said
from heard.chat.rows import PAGE, Rows, VisitorRow, WidgetRow

LONGEST_CURSOR = 80


async def go_back(asked: Asked, widget: WidgetRow, visitor: VisitorRow, rows: Rows) -> Said:
    """Raises Refused."""
    stamp, line = _read((await asked.json()).get("before"))
    found = await rows.earlier(visitor, stamp, line)
    page = found[-PAGE:]
    return said({"lines": [shown(one, widget) for one in page], "more": before(found)})


def before(found: Sequence[dict[str, Any]]) -> str | None:
    """Where the page before begins. `found` is a page and, where there is more, one line of the next."""
    if len(found) <= PAGE:
        return None
    oldest = found[-PAGE]
    return f"{oldest['stamp'].isoformat()} {oldest['id']}"


def _read(cursor: Any) -> tuple[datetime, int]:
    """Made up by somebody, it shows lines of their own conversation and nothing else."""
    if not isinstance(cursor, str) or len(cursor) > LONGEST_CURSOR:
        raise Refused(422, "bad_cursor")
    stamp, _, line = cursor.partition(" ")
    try:
        return datetime.fromisoformat(stamp), int(line)
    except ValueError as error:
        raise Refused(422, "bad_cursor") from error


def shown(line: dict[str, Any], widget: WidgetRow) -> dict[str, Any]:
    ours = line["direction"] == "out"
    return {
        "id": str(line["token"] or line["id"]) if ours else line["external_id"],
        "ours": ours,
        "name": name_shown(line["agent"], widget) if ours else "",
        "text": line["text"],
        "at": line["at"].isoformat(),
        "files": [_file(file, widget) for file in line["files"]],
    }


def name_shown(agent: str | None, widget: WidgetRow) -> str:
    """The first name is enough, and none where the company does not want it told."""
    return agent.split()[0] if agent and widget.names_shown else widget.name


def _file(file: dict[str, Any], widget: WidgetRow) -> dict[str, Any]:
    url = signed_path(widget.key, file["key"])
    return {"url": url, "name": file["name"], "kind": file["kind"], "size": file["size"]}
