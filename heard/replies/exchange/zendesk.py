"""Zendesk's macros, as its API lists them: the comment becomes a variant, what we know too becomes a macro of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from inscriptis import get_text

from heard.channels.words import N_
from heard.replies.exchange.chatwoot import unknown_placeholders
from heard.replies.exchange.files_json import parsed
from heard.replies.exchange.record import MOST_REPLIES, Actions, Reading, Record, Remark, Unreadable
from heard.replies.exchange.theirs import as_ours
from heard.replies.stale import Said
from heard.replies.ways import Way

MOST_HTML = 50_000  # what somebody says by hand is a hundredth of it
TITLES_BETWEEN = "::"
SILENT = ("comment_mode_is_public",)


@dataclass
class _Read:
    """What the actions of one macro come to."""

    comment: str = ""
    tags: list[str] = field(default_factory=list)
    assigns_me: bool = False
    solves: bool = False
    left: list[str] = field(default_factory=list)


def read_zendesk(content: str, *, way: Way) -> Reading:
    """Raises Unreadable."""
    told: Any = parsed(content.removeprefix("\ufeff"))
    macros = told.get("macros") if isinstance(told, dict) else None
    if not isinstance(macros, list):
        raise Unreadable(N_("This is no list of macros."))
    if len(macros) > MOST_REPLIES:
        raise Unreadable(N_("A file may hold %(most)s saved replies at most."), most=MOST_REPLIES)
    reading = Reading()
    for number, macro in enumerate(macros, 1):
        if not isinstance(macro, dict) or not str(macro.get("title") or "").strip():
            reading.wrong.append(Remark(number, "", N_("It has no title.")))
        elif macro.get("active") is False:
            reading.notes.append(
                Remark(number, str(macro["title"])[:120], N_("It is switched off, so it is left out."))
            )
        else:
            _take(number, macro, way, reading)
    return reading


def _take(number: int, macro: dict[str, Any], way: Way, reading: Reading) -> None:
    *folder, title = [part.strip() for part in str(macro["title"]).split(TITLES_BETWEEN) if part.strip()]
    read = _Read()
    for field_name, value in _actions(macro):
        _read_action(field_name, value, read)
    text, unknown = as_ours(read.comment)
    reading.notes += unknown_placeholders(number, title, unknown)
    for one in read.left:
        reason = N_("The action “%(action)s” is none that Heard has. It was left out.")
        reading.notes.append(Remark(number, title[:120], reason, {"action": one[:80]}))
    actions = Actions(title[:80], tuple(dict.fromkeys(read.tags)), read.assigns_me, read.solves)
    if not text.strip() and not actions.are_any:
        reading.notes.append(Remark(number, title[:120], N_("Nothing in it could be taken along.")))
        return
    reading.records.append(
        Record(
            line=number,
            titles={way.language: title[:120]},
            texts={way: Said(text)} if text.strip() else {},
            lines={way: number},
            folder=folder[:4],
            source_language=way.language,
            actions=actions if actions.are_any else None,
        )
    )


def _actions(macro: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    actions = macro.get("actions")
    for action in actions if isinstance(actions, list) else []:
        if isinstance(action, dict):
            yield str(action.get("field") or ""), action.get("value")


def _read_action(field_name: str, value: Any, read: _Read) -> None:
    match field_name, value:
        case "comment_value", _:
            read.comment = read.comment or _comment(value)
        case "comment_value_html", _:
            read.comment = _plain(_comment(value)) or read.comment
        case (("set_tags" | "current_tags"), _):
            read.tags += str(value or "").split()
        case "status", "solved":
            read.solves = True
        case "assignee_id", "current_user":
            read.assigns_me = True
        case _ if field_name not in SILENT:
            read.left.append(f"{field_name}: {value}")


def _comment(value: Any) -> str:
    """Either the words, or a list of the channel and the words."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return str(value[-1]) if value else ""
    return str(value or "")


def _plain(html: str) -> str:
    try:
        return str(get_text(html[:MOST_HTML])).strip() if html.strip() else ""
    except (RecursionError, ValueError):  # thousands of elements in each other, or nothing at all
        return ""
