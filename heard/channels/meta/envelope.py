"""The envelope that all of Meta's calls come in, opened one event at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict

from heard.channels.contract import UNKNOWN_TIME, Ignored
from heard.channels.fields import as_id, as_time
from heard.channels.reading import read_json

CHANGES, MESSAGING, STANDBY = "changes", "messaging", "standby"
_LISTS: Final = (CHANGES, MESSAGING, STANDBY)
PUBLIC, PRIVATE, PICTURES = "facebook", "messenger", "instagram"
PAGE, INSTAGRAM = "page", "instagram"  # what a call may be about


class Stamp(TypedDict):
    """What every fact of one event has in common."""

    at: datetime
    raw: Mapping[str, Any]
    account: str
    channel: str


@dataclass(frozen=True, slots=True)
class Element:
    """One event, still as Meta wrote it.

    `page` is the page or Instagram account it belongs to, `channel` who should take it.
    """

    kind: str  # changes · messaging · standby
    page: str
    entry_time: datetime | None
    raw: Mapping[str, Any]
    about: str = PAGE

    @property
    def channel(self) -> str:
        if self.about == INSTAGRAM:
            return PICTURES
        return PUBLIC if self.kind == CHANGES else PRIVATE

    def stamp(self, at: datetime | None) -> Stamp:
        when = at or self.entry_time or UNKNOWN_TIME
        return Stamp(at=when, raw=self.raw, account=self.page, channel=self.channel)

    def ignored(self, reason: str) -> Ignored:
        return Ignored(**self.stamp(None), reason=reason)


def walk(body: bytes) -> Iterator[Element | Ignored]:
    """Every event of a call. Raises Unreadable when the body is not JSON."""
    document = read_json(body)
    if not isinstance(document, dict):
        yield _nowhere(document, "The call is not an object.")
        return
    about = document.get("object")
    if about not in (PAGE, INSTAGRAM):
        yield _nowhere(
            document, f"The call is about {shown(about)}, neither a page nor an Instagram account."
        )
        return
    entries = document.get("entry")
    if not isinstance(entries, list) or not entries:
        yield _nowhere(document, "The call has no entries.")
        return
    for entry in entries:
        yield from _opened(entry, about)


def _opened(entry: Any, about: str) -> Iterator[Element | Ignored]:
    if not isinstance(entry, dict):
        yield _nowhere(entry, "The entry is not an object.")
        return
    try:
        page = as_id(entry.get("id"))
    except ValueError:
        page = ""
    if not page:
        yield _nowhere(entry, "The entry does not say which page it is about.")
        return
    yield from _events(entry, page, as_time(entry.get("time")), about)


def _events(
    entry: dict[str, Any], page: str, time: datetime | None, about: str
) -> Iterator[Element | Ignored]:
    # Newer documents, and the developer console's test button, write the change into the entry itself.
    lists = [(kind, entry[kind]) for kind in _LISTS if entry.get(kind) is not None]
    if "field" in entry and CHANGES not in entry:
        lists.append((CHANGES, [{"field": entry["field"], "value": entry.get("value")}]))
    if not lists:
        yield Element(CHANGES, page, time, entry, about).ignored("The entry holds nothing that Heard reads.")
    for kind, items in lists:
        for item in items if isinstance(items, list) else [items]:
            if isinstance(item, dict):
                yield Element(kind, page, time, item, about)
            else:
                yield Element(kind, page, time, {"value": item}, about).ignored("The event is not an object.")


def _nowhere(thing: Any, reason: str) -> Ignored:
    raw = thing if isinstance(thing, dict) else {"value": thing}
    return Ignored(at=UNKNOWN_TIME, raw=raw, reason=reason)


def shown(value: Any) -> str:
    """A stranger's word, short enough for a sentence."""
    return f'"{value[:60]}"' if isinstance(value, str) else f"a {type(value).__name__}"
