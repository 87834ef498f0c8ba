"""What was said: messages, their edits and removals, buttons that were pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from heard.channels.contract import (
    Happening,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Person,
)
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.telegram.addresses import address
from heard.channels.telegram.content import happened, media_of, text_of
from heard.channels.telegram.payloads import CallbackQuery, Deleted, Message, User

if TYPE_CHECKING:
    from heard.channels.telegram.updates import Update

_NOT_HERE: Final = "Groups and channels are not read: only what people write to the bot."
_INCOMPLETE: Final = "A message came without its number, its conversation or its author."


def message(update: Update) -> list[Incoming]:
    said = Message.model_validate(update.part)
    if said.chat.type not in ("private", ""):
        return update.ignored(_NOT_HERE, said.date)
    if not said.message_id or not said.chat.id or not said.author.id:
        return update.ignored(_INCOMPLETE, said.date)
    if name := happened(update.part):
        detail = {name: update.part[name]}
        return [Happening(**update.stamp(said.date), name=name, address=where(said), detail=detail)]
    return [_written(update, said)]


def edited(update: Update) -> list[Incoming]:
    """Comes with the whole message as it reads now."""
    said = Message.model_validate(update.part)
    if said.chat.type not in ("private", ""):
        return update.ignored(_NOT_HERE, said.edit_date or said.date)
    if not said.message_id or not said.chat.id:
        return update.ignored(_INCOMPLETE, said.edit_date or said.date)
    return [
        MessageEdited(
            **update.stamp(said.edit_date or said.date),
            external_id=f"{where(said)}:{said.message_id}",
            text=text_of(said, update.part),
            media=media_of(update.part),
        )
    ]


def deleted(update: Update) -> list[Incoming]:
    """Told of business accounts only; of its own conversations a bot never hears it."""
    told = Deleted.model_validate(update.part)
    numbers = [number for number in told.message_ids if number]
    if not told.chat.id or not numbers:
        return update.ignored("A removal names no messages.")
    place = address(told.chat.id, told.business_connection_id)
    return [MessageDeleted(**update.stamp(None), external_id=f"{place}:{number}") for number in numbers]


def callback(update: Update) -> list[Incoming]:
    """A pressed button is a message whose text is what the button says."""
    pressed = CallbackQuery.model_validate(update.part)
    under = pressed.message
    if not pressed.id or not pressed.author.id:
        return update.ignored("A pressed button came without the person who pressed it.")
    if under is not None and under.chat.type not in ("private", ""):
        return update.ignored(_NOT_HERE)
    connection = under.business_connection_id if under else ""
    place = address(pressed.author.id, connection)
    # Only the message under which it stands has a time, and that is the time it was sent.
    return [
        MessageIn(
            **update.stamp(None),
            kind=Kind.DIRECT,
            external_id=f"callback:{pressed.id}",
            thread=place,
            text=_title(under, pressed.data) or pressed.data or pressed.game_short_name,
            author=_person(pressed.author, place),
            public=False,
            parent=f"{where(under)}:{under.message_id}" if under and under.message_id else "",
            note=f"callback {pressed.data}".strip(),
        )
    ]


def where(said: Message) -> str:
    """The conversation, which is named after the customer."""
    return address(said.chat.id, said.business_connection_id)


def _written(update: Update, said: Message) -> MessageIn:
    place = where(said)
    ours = bool(said.business_connection_id) and said.author.id != said.chat.id
    replied = said.reply_to_message
    return MessageIn(
        **update.stamp(said.date),
        kind=Kind.DIRECT,
        external_id=f"{place}:{said.message_id}",
        thread=place,
        text=text_of(said, update.part),
        author=_person(said.author, said.author.id if ours else place),
        ours=ours,
        public=False,
        parent=f"{place}:{replied.message_id}" if replied and replied.message_id else "",
        media=media_of(update.part),
        to=place if ours else "",
        note=_note(update, said),
    )


def _note(update: Update, said: Message) -> str:
    words = []
    if said.text.startswith("/"):
        words.append(f"command {said.text.split()[0]}")
    if said.media_group_id:
        words.append(f"album {said.media_group_id}")
    if "forward_origin" in update.part or "forward_date" in update.part:
        words.append("forwarded")
    return ", ".join(words)


def _person(user: User, place: str) -> Person:
    return Person(place, name=user.name, handle=user.username, language=user.language_code)


def _title(under: Message | None, data: str) -> str:
    rows = as_list(under.reply_markup.get("inline_keyboard")) if under else ()
    buttons = (as_mapping(button) for row in rows for button in as_list(row))
    return next(
        (as_aside(one.get("text")) for one in buttons if data and one.get("callback_data") == data), ""
    )
