"""`python -m setup.chat_script` writes chat.min.js: the window's script and its looks, as small as they get.

Run it after a change to chat.js or chat.css. A test asks whether somebody forgot.
"""

from __future__ import annotations

import json
from pathlib import Path

import minify

STATIC = Path(__file__).parent.parent / "heard" / "chat" / "static"
SMALL = STATIC / "chat.min.js"
PLACE = '"chat.css"'


def small() -> str:
    looks = minify.string("text/css", (STATIC / "chat.css").read_text())
    script = (STATIC / "chat.js").read_text()
    if script.count(PLACE) != 1:
        raise ValueError(f"chat.js does not say {PLACE} once")
    made: str = minify.string("application/javascript", script.replace(PLACE, json.dumps(looks)))
    return made


if __name__ == "__main__":
    SMALL.write_text(small())
    print(f"{SMALL.name}: {SMALL.stat().st_size:,} bytes")
