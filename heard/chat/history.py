"""Lines as a window shows them."""

from __future__ import annotations

from typing import Any

from heard.chat.files import signed_path
from heard.chat.rows import WidgetRow


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
