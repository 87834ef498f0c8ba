"""What one message of the bot says: words, or one picture, video or file; and the buttons under it.

Viber fetches files itself. How long words beside a picture may be is told differently in every place, so
they go as a message of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from heard.channels.contract import Button, Buttons, Files, Outgoing, Problem, Rejected, Upload

_MEGABYTE: Final = 1024 * 1024
_PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif"})
FILES: Final = Files(
    sizes=dict.fromkeys(_PICTURES, _MEGABYTE) | {"video/mp4": 26 * _MEGABYTE, "*/*": 50 * _MEGABYTE},
    most=1,
    text_too=False,
)
BUTTONS: Final = Buttons(most=24, label=250, links=True)
_WHOLE_ROW: Final = 6  # columns


def content(message: Outgoing) -> dict[str, Any]:
    said = _file(message.files, message.text) if message.files else {"type": "text", "text": message.text}
    keyboard = {"keyboard": _keyboard(message.buttons)} if message.buttons else {}
    return {"min_api_version": 1, **said, **keyboard}


def _file(files: Sequence[Upload], text: str) -> dict[str, Any]:
    if text.strip() or len(files) > 1:
        raise Rejected("Viber takes words and files as messages of their own.", problem=Problem.INVALID)
    [file] = files
    if not file.url:
        raise Rejected("Viber fetches files itself and needs an address.", problem=Problem.MEDIA_REJECTED)
    if file.content_type in _PICTURES:
        return {"type": "picture", "text": "", "media": file.url}
    told = {"media": file.url, "size": len(file.content)}
    if file.content_type == "video/mp4":
        return {"type": "video", **told}
    return {"type": "file", **told, "file_name": file.name}


def _keyboard(buttons: Sequence[Button]) -> dict[str, Any]:
    """A pressed button says `ActionBody` in the person's name. The keyboard stays until the next message."""
    width = _WHOLE_ROW if len(buttons) > 2 else _WHOLE_ROW // max(1, len(buttons))
    return {
        "Type": "keyboard",
        "Buttons": [
            {
                "Columns": width,
                "Rows": 1,
                "ActionType": "open-url" if one.url else "reply",
                "ActionBody": one.url or one.says,
                "Text": one.label,
            }
            for one in buttons
        ],
    }
