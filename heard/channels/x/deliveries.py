"""One call of X, or one answer that we asked for, read into facts. The shape tells which it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from heard.channels.contract import Hook, Incoming
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.reading import read_json
from heard.channels.x.about import About
from heard.channels.x.activity import facts_of_event
from heard.channels.x.directs import facts_of_direct
from heard.channels.x.old_activity import facts_of_call, is_old
from heard.channels.x.payloads import Includes
from heard.channels.x.posts import facts_of_post

# What we write beside an answer that we asked for: X does not say in it whose it is.
ACCOUNT: Final = "x-heard-account"
ASKED: Final = "x-heard-asked"
MENTIONS: Final = "mentions"


def parse(hook: Hook) -> list[Incoming]:
    """Raises Unreadable."""
    document = read_json(hook.body)
    if not isinstance(document, dict):
        return [About({"value": document}).ignored("The call is not an object.")]
    return list(_facts(document, hook))


def _facts(document: Mapping[str, Any], hook: Hook) -> Iterator[Incoming]:
    told = as_list(document.get("data"))
    if is_old(document) and "event_type" not in document:
        yield from facts_of_call(document)
    elif "event_type" in document:
        yield from facts_of_event(document)
    elif not told:
        yield About(document).ignored("The call has no events.")
    for one in told:
        if not isinstance(one, dict):
            yield About({"value": one}).ignored("The event is not an object.")
        elif "." in as_aside(one.get("event_type")):
            yield from facts_of_event(one)
        else:
            yield from _asked_for(one, document, hook)


def _asked_for(one: Mapping[str, Any], document: Mapping[str, Any], hook: Hook) -> Iterator[Incoming]:
    """A post or a direct message of a list."""
    about = About(
        {"data": one, **_beside(document)},
        account=hook.headers.get(ACCOUNT, ""),
        includes=Includes(as_mapping(document.get("includes"))),
        summoned=hook.headers.get(ASKED) == MENTIONS,
        note=_tags(document),
    )
    if "dm_conversation_id" in one or as_aside(one.get("event_type")):
        yield from facts_of_direct(one, about)
    else:
        yield from facts_of_post(one, about)


def _beside(document: Mapping[str, Any]) -> dict[str, Any]:
    rules = document.get("matching_rules")
    return {"matching_rules": rules} if rules else {}


def _tags(document: Mapping[str, Any]) -> str:
    rules = map(as_mapping, as_list(document.get("matching_rules")))
    return ", ".join(filter(None, (as_aside(rule.get("tag")) for rule in rules)))
