"""The sprite of all icons: Lucide's outlines and each channel's own mark, in one cached file.

`python -m heard.web.icons` writes it anew after `NAMES` or a channel's icon changed; a test says when.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import lucide
from django.templatetags.static import static
from markupsafe import Markup

SPRITE = Path(__file__).parent / "static" / "icons.svg"
CHANNELS = Path(__file__).parent.parent / "channels"
NAMES = (
    "archive",
    "arrow-down",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "at-sign",
    "badge-check",
    "bell",
    "book-open",
    "bot",
    "calendar-clock",
    "calendar-days",
    "check",
    "check-check",
    "chevron-down",
    "chevron-right",
    "circle-alert",
    "circle-check",
    "circle-dot",
    "circle-question-mark",
    "clipboard-list",
    "clock",
    "cloud-off",
    "coins",
    "command",
    "copy",
    "corner-down-right",
    "download",
    "ellipsis",
    "external-link",
    "eye",
    "eye-off",
    "file",
    "flag",
    "folder",
    "globe",
    "hash",
    "heart",
    "history",
    "hourglass",
    "image",
    "inbox",
    "info",
    "key-round",
    "keyboard",
    "languages",
    "lightbulb",
    "link",
    "list-filter",
    "lock",
    "log-out",
    "mail",
    "mail-plus",
    "mailbox",
    "map-pin",
    "megaphone",
    "menu",
    "merge",
    "message-circle",
    "message-square-text",
    "message-square-warning",
    "mic",
    "monitor",
    "moon",
    "music",
    "octagon-alert",
    "panel-right",
    "paperclip",
    "pencil",
    "phone",
    "phone-incoming",
    "phone-outgoing",
    "play",
    "plug",
    "plus",
    "radio",
    "repeat-2",
    "reply",
    "rotate-ccw",
    "rotate-cw",
    "scale",
    "search",
    "send",
    "settings",
    "shield-alert",
    "shield-check",
    "smartphone",
    "sparkles",
    "star",
    "sticky-note",
    "sun",
    "tag",
    "thumbs-down",
    "thumbs-up",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "unplug",
    "user",
    "user-check",
    "user-plus",
    "user-x",
    "users",
    "wifi-off",
    "x",
)


@cache
def icon(name: str, classes: str = "") -> Markup:
    """An icon beside words, or in a button that has a name of its own: silent for screen readers."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        f"icon {classes}".strip(), static("icons.svg"), name
    )


def network(slug: str) -> Markup:
    return icon(f"network-{slug}", "network")


def sprite() -> str:
    symbols = [_symbol(name, str(lucide._render_icon(name, None))) for name in NAMES]
    marks = sorted(CHANNELS.glob("*/icon.svg"))
    symbols += [_symbol(f"network-{mark.parent.name}", mark.read_text()) for mark in marks]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n{}\n</svg>\n'.format("\n".join(symbols))


def _symbol(name: str, svg: str) -> str:
    inside = re.sub(r"\s*\n\s*", "", re.sub(r"(?s)^.*?<svg[^>]*>|</svg>.*$", "", svg))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside.replace(" />", "/>")}</symbol>'


if __name__ == "__main__":
    SPRITE.write_text(sprite())
