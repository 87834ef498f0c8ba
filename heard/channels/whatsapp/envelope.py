"""One call of WhatsApp, opened change by change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from heard.channels.contract import UNKNOWN_TIME, Ignored
from heard.channels.fields import as_aside, as_id, as_list, as_mapping, as_time
from heard.channels.meta.envelope import Stamp, shown
from heard.channels.reading import read_json

OBJECT: Final = "whatsapp_business_account"
SLUG: Final = "whatsapp"


@dataclass(frozen=True, slots=True)
class Change:
    """What one `changes[]` element is about: a field's name and its value."""

    field: str
    value: Mapping[str, Any]
    entry_time: datetime | None

    @property
    def account(self) -> str:
        """The phone number's id; empty for what concerns the whole business account."""
        metadata = as_mapping(self.value.get("metadata"))
        try:
            return as_id(metadata.get("phone_number_id"))
        except ValueError:
            return ""

    def stamp(self, at: datetime | None, **part: Any) -> Stamp:
        """`part` is the one element that the fact is made from: what a repeated delivery has in common."""
        around = {"metadata": self.value["metadata"]} if part and "metadata" in self.value else {}
        raw = {"field": self.field, **around, **(part or {"value": dict(self.value)})}
        when = at or self.entry_time or UNKNOWN_TIME
        return Stamp(at=when, raw=raw, account=self.account, channel=SLUG)

    def ignored(self, reason: str, **part: Any) -> Ignored:
        return Ignored(**self.stamp(None, **part), reason=reason)


def changes_of(body: bytes) -> Iterator[Change | Ignored]:
    """Raises Unreadable when the body is not JSON."""
    document = read_json(body)
    about = as_mapping(document).get("object")
    if about != OBJECT:
        yield _nowhere(document, f"The call is about {shown(about)}, not about WhatsApp.")
        return
    changes = list(_changes(document))
    yield from changes or [_nowhere(document, "The call has no changes.")]


def _changes(document: Mapping[str, Any]) -> Iterator[Change | Ignored]:
    for entry in as_list(document.get("entry")):
        time = as_time(as_mapping(entry).get("time"))
        for change in as_list(as_mapping(entry).get("changes")):
            field, value = as_mapping(change).get("field"), as_mapping(change).get("value")
            if isinstance(field, str) and isinstance(value, dict):
                yield Change(as_aside(field), value, time)
            else:
                yield _nowhere(change, "The change does not say what changed.")


def _nowhere(thing: Any, reason: str) -> Ignored:
    return Ignored(at=UNKNOWN_TIME, raw=thing if isinstance(thing, dict) else {"value": thing}, reason=reason)
