"""One entry of the timeline as the screen shows it: a message, a note or a line of what happened."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from heard.channels import contract
from heard.channels.registry import channel
from heard.letters.models import Letter
from heard.tickets.models import Attachment, Call, Message, Note
from heard.tickets.timeline import Entry
from heard.web.faces import Face, face
from heard.web.tickets.delivered import Delivered, delivered
from heard.web.tickets.telling import Line, told

DEEPEST = 2
EMOJI = {"like": "👍", "love": "❤️", "haha": "😆", "wow": "😮", "sad": "😢", "angry": "😠", "care": "🤗"}


@dataclass(frozen=True, slots=True)
class Felt:
    emoji: str
    count: int


@dataclass(frozen=True, slots=True)
class Said:
    at: datetime
    key: str
    message: Message | None = None
    note: Note | None = None
    line: Line | None = None
    name: str = ""
    face: Face | None = None
    depth: int = 0
    quoted: Message | None = None
    can_like: bool = False
    can_hide: bool = False
    can_repost: bool = False
    can_reply: bool = False
    can_reply_privately: bool = False
    barred: str = ""  # why the network gives us no right to answer
    delivered: Delivered | None = None
    call: Call | None = None
    attachments: Sequence[Attachment] = field(default=())
    is_letter: bool = False
    has_raw: bool = False  # it can be had as it came
    letter: Letter | None = None  # how it looks, where it is more than its text
    felt: Sequence[Felt] = field(default=())
    version: int = 0


def said(entries: Sequence[Entry]) -> list[Said]:
    messages = {entry.message.pk: entry.message for entry in entries if entry.message}
    newest = max(messages, key=lambda pk: (messages[pk].at, pk), default=None)
    letters = letters_of(messages.values())
    shown: list[Said] = []
    previous: Message | None = None
    for entry in entries:
        if entry.message:
            one = _message(entry.message, messages, previous, is_newest=entry.message.pk == newest)
            shown.append(_as_letter(one, entry.message, letters) if one.is_letter else one)
            previous = entry.message
        elif entry.note:
            shown.append(_note(entry.note))
        elif entry.event:
            shown.append(Said(entry.at, f"e{entry.event.pk}", line=told(entry.event)))
    return list(_joined(shown))


def _message(
    message: Message, messages: Mapping[int, Message], previous: Message | None, *, is_newest: bool
) -> Said:
    abilities, kind = message.inbox.abilities, contract.Kind(message.kind)
    parent = messages.get(message.parent_id or 0)
    attachments, felt = list(message.attachments.all()), _felt(message)
    open_to_us = message.is_in and message.removed_at is None
    barred = bool(message.unanswerable) and not abilities.answers_all
    name, call = _name(message), getattr(message, "call", None)
    return Said(
        at=message.at,
        key=f"m{message.pk}",
        message=message,
        name=name,
        face=face(name, message.author.picture if message.is_in and message.author else ""),
        depth=_depth(message, messages),
        quoted=parent if parent is not None and previous is not None and parent.pk != previous.pk else None,
        can_like=open_to_us and kind in abilities.likes,
        can_hide=open_to_us and kind in abilities.hides,
        can_repost=open_to_us and message.public and kind in abilities.reposts,
        can_reply=open_to_us and message.public and kind in abilities.replies and not barred,
        barred=_(message.unanswerable) if barred else "",
        can_reply_privately=open_to_us and message.public and kind in abilities.private_replies,
        delivered=None if message.is_in or call else delivered(message),
        call=call,
        attachments=_beside_the_text(message, attachments),
        is_letter=kind in abilities.letters,
        felt=felt,
        version=_version(message, attachments, felt),
    )


def _as_letter(one: Said, message: Message, letters: Mapping[int, Letter]) -> Said:
    letter = letters.get(message.pk)
    return replace(
        one,
        letter=letter,
        has_raw=message.is_in and isinstance(channel(message.inbox.channel), contract.CarriesParts),
        version=zlib.crc32(repr((one.version, letter is not None)).encode()),
    )


def letters_of(messages: Iterable[Message]) -> dict[int, Letter]:
    """Of those that are letters and more than their text. One query, and none where there are no letters."""
    asked = [
        one.pk for one in messages if one.is_in and contract.Kind(one.kind) in one.inbox.abilities.letters
    ]
    if not asked:
        return {}
    rows = Letter.objects.filter(message__in=asked).exclude(html="").only("message_id", "blocked")
    return {row.message_id: row for row in rows}


def _beside_the_text(message: Message, attachments: Sequence[Attachment]) -> Sequence[Attachment]:
    """Without the pictures that a letter shows within itself."""
    return [row for row in attachments if not row.detail.get("inline")]


def _note(note: Note) -> Said:
    name = note.agent.name
    return Said(note.at, f"n{note.pk}", note=note, name=name, face=face(name))


def _name(message: Message) -> str:
    if message.is_in:
        return str(message.author) if message.author else ""
    if message.is_by_heard:
        return "Heard"
    return message.agent.name if message.agent else message.inbox.name


def _depth(message: Message, messages: Mapping[int, Message]) -> int:
    """How far a public reply stands in. Networks show two steps, and so do we."""
    depth, parent = 0, messages.get(message.parent_id or 0)
    while message.public and parent is not None and parent.public and depth < DEEPEST:
        depth, parent = depth + 1, messages.get(parent.parent_id or 0)
    return depth


def _felt(message: Message) -> list[Felt]:
    shown = sorted(row.emoji or EMOJI.get(row.name, "👍") for row in message.reactions.all())
    return [Felt(emoji, len(list(rows))) for emoji, rows in groupby(shown)]


def _version(message: Message, attachments: Sequence[Attachment], felt: Sequence[Felt]) -> int:
    shown = (
        *(message.text, message.edited_at, message.removed_at, message.hidden_at, message.liked_at),
        message.reposted_at,
        message.copies,
        *(message.outcome, message.outcome_by_id, message.delivery, message.delivery_reason),
        *(message.parent_id, message.permalink, [row.state for row in attachments], felt),
    )
    return zlib.crc32(repr(shown).encode())


def _joined(shown: Sequence[Said]) -> Iterator[Said]:
    """One act on several messages is told once."""
    previous: Said | None = None
    for one in shown:
        same = previous is not None and one.line is not None and one.line == previous.line
        if not (same and previous is not None and one.at == previous.at):
            yield one
        previous = one
