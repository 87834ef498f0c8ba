"""What was said in a conversation: messages, their edits and removals, buttons that were pressed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from heard.channels.contract import Happening, Incoming, Kind, Media, MessageDeleted, MessageEdited, MessageIn
from heard.channels.fields import as_aside, as_mapping
from heard.channels.messenger.attachments import media_of
from heard.channels.messenger.payloads import Message, MessageEdit, Postback
from heard.channels.messenger.talk import Talk


def message(talk: Talk, value: Any) -> list[Incoming]:
    said = Message.model_validate(value)
    if not said.mid:
        return [talk.element.ignored("A message came without its id.")]
    if said.is_deleted:
        return [MessageDeleted(**talk.stamp(), external_id=said.mid, by_us=talk.ours)]
    if not talk.address:
        return [talk.element.ignored("A message came without the person who wrote it.")]
    return [_written(talk, said), *referrals(talk, said.referral)]


def message_edit(talk: Talk, value: Any) -> list[Incoming]:
    said = MessageEdit.model_validate(value)
    if not said.mid:
        return [talk.element.ignored("An edit came without the message's id.")]
    return [MessageEdited(**talk.stamp(), external_id=said.mid, text=said.text)]


def postback(talk: Talk, value: Any) -> list[Incoming]:
    """A pressed button is a message whose text is what the button says."""
    pressed = Postback.model_validate(value)
    if not talk.address:
        return [talk.element.ignored("A pressed button came without the person who pressed it.")]
    said = MessageIn(
        **talk.stamp(),
        kind=Kind.DIRECT,
        external_id=pressed.mid or _made_up_id(talk, pressed),
        thread=talk.address,
        text=pressed.title,
        author=talk.author,
        ours=talk.ours,
        public=False,
        note=_joined(talk.note, "postback", pressed.payload),
    )
    return [said, *referrals(talk, pressed.referral)]


def referral(talk: Talk, value: Any) -> list[Incoming]:
    if not as_mapping(value):
        return [talk.element.ignored("A referral came empty.")]
    return referrals(talk, as_mapping(value))


def referrals(talk: Talk, value: Mapping[str, Any]) -> list[Incoming]:
    """The link or advert that brought the person, if one did."""
    if not value:
        return []
    return [Happening(**talk.stamp(), name="referral", address=talk.address, detail=value)]


def _written(talk: Talk, said: Message) -> MessageIn:
    return MessageIn(
        **talk.stamp(),
        kind=Kind.DIRECT,
        external_id=said.mid,
        thread=talk.address,
        text=said.text,
        author=talk.author,
        ours=talk.ours,
        public=False,
        parent=said.reply_to.mid,
        media=_media(said),
        token=said.metadata if talk.ours else "",
        to=talk.address if talk.ours else "",
        note=_joined(talk.note, _way(said)),
    )


def _media(said: Message) -> tuple[Media, ...]:
    media = media_of(said.attachments, sticker_id=said.sticker_id)
    if story := said.reply_to.story:
        media = (Media("story", story.url, keep=False, detail={"id": story.id}), *media)
    if media or (said.text and not said.is_unsupported):
        return media
    return (Media("unsupported"),)


def _way(said: Message) -> str:
    if said.quick_reply.payload:
        return f"quick_reply {said.quick_reply.payload}"
    if said.reply_to.story:
        return "story_reply"
    if any(as_mapping(one).get("type") == "story_mention" for one in said.attachments):
        return "story_mention"
    return as_aside(as_mapping(said.referral.get("ads_context_data")).get("ad_title"))


def _made_up_id(talk: Talk, pressed: Postback) -> str:
    """Older buttons have no id of their own; pressing the same one twice is two messages."""
    facts = (talk.element.page, talk.address, str(talk.stamp()["at"]), pressed.payload, pressed.title)
    return "postback:" + hashlib.sha256("\x00".join(facts).encode()).hexdigest()[:32]


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
