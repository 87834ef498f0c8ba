"""docs/channels.md, made from what the adapters say of themselves.

python -m setup.channels_table            write it
python -m setup.channels_table check      fail when it is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from heard.channels.contract import Channel
from heard.channels.registry import CHANNELS
from heard.channels.told import Line, Told, abilities_told

PAGE = Path(__file__).resolve().parent.parent / "docs" / "channels.md"
HEAD = """# What each network allows

Made from the adapters by `python -m setup.channels_table`; `make check` fails when it is not current. The same stands
in Heard under Settings, Networks. Each account may allow less: its page under Inboxes says which rights are missing.
How an account is connected stands in `setup.md` of the channel's folder.
"""


def main() -> None:
    page = "\n".join(_page()) + "\n"
    if sys.argv[1:] != ["check"]:
        PAGE.write_text(page)
    elif not PAGE.is_file() or PAGE.read_text() != page:
        sys.exit("docs/channels.md is not what the adapters say.")


def _page() -> Iterator[str]:
    yield HEAD
    channels = list(CHANNELS.values())
    yield "| | " + " | ".join(channel.name for channel in channels) + " |"
    yield "|---" * (len(channels) + 1) + "|"
    told = [abilities_told(channel) for channel in channels]
    for position, line in enumerate(told[0]):
        marks = ("✓" if lines[position].told else "–" for lines in told)
        yield f"| {line.label} | " + " | ".join(marks) + " |"
    for channel, lines in zip(channels, told, strict=True):
        yield from _section(channel, lines)


def _section(channel: Channel[Any], lines: list[Line]) -> Iterator[str]:
    yield f"\n## {channel.name}\n"
    yield "| What | How |"
    yield "|---|---|"
    for line in lines:
        yield f"| {line.label} | {', '.join(map(_words, line.told)) or '–'} |"
    if channel.scopes:
        yield "\n| Right | What for | Without it |"
        yield "|---|---|---|"
        for scope in channel.scopes:
            yield f"| `{scope.name}` | {scope.allows} | {scope.without} |"


def _words(told: Told) -> str:
    params = {name: f"{value:,}" if isinstance(value, int) else value for name, value in told.params.items()}
    return told.text % params


if __name__ == "__main__":
    main()
