"""Direct messages, read the same whether a hook brought them or we asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import UNKNOWN_TIME, Incoming, Kind, Media, MessageIn, Receipt
from heard.channels.fields import as_list, as_mapping, what_is_wrong
from heard.channels.words import N_
from heard.channels.x.about import About
from heard.channels.x.payloads import Direct, id_in, ids_in
from heard.channels.x.texts import media, media_of, timed, written

ENCRYPTED: Final = N_("This message is encrypted. Open X to read and answer it.")
_PRIVATE_FILES: Final = "ton.twitter.com"


def facts_of_direct(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
    """One message. Never raises."""
    try:
        direct = Direct.model_validate(raw)
    except ValidationError as error:
        yield about.ignored(f"The direct message is not as documented: {what_is_wrong(error)}.")
        return
    if direct.event_type in ("ParticipantsJoin", "ParticipantsLeave"):
        yield about.happening("participants_changed", direct.created_at)
    elif not direct.id or not sender_of(direct):
        yield about.ignored("The direct message has no id or no sender.")
    elif not (other := _other(direct, about)):
        yield about.ignored("The direct message belongs to a group, and groups are not taken in.")
    else:
        yield _message(direct, other, about)


def sender_of(direct: Direct) -> str:
    return direct.message_create.sender_id if direct.message_create else direct.sender_id


def _message(direct: Direct, other: str, about: About) -> MessageIn:
    sender, inner = sender_of(direct), direct.message_create
    ours = about.is_ours(sender)
    text = written(inner.message_data.text, inner.message_data.entities) if inner else ""
    return MessageIn(
        at=direct.created_timestamp or direct.created_at or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        kind=Kind.DIRECT,
        external_id=direct.id,
        thread=other,
        text=text or written(direct.text, direct.entities),
        author=about.includes.person(sender),
        ours=ours,
        public=False,
        media=_media(direct, about),
        to=other if ours else "",
    )


def _other(direct: Direct, about: About) -> str:
    """Who of the two is not us; "" in a group. Without knowing who we are, whoever wrote."""
    sender = sender_of(direct)
    if "-" not in direct.dm_conversation_id and len(direct.participant_ids) > 2:
        return ""
    if not about.is_ours(sender):
        return sender
    target = id_in(direct.message_create.target, "recipient_id") if direct.message_create else ""
    named = [*ids_in(direct.participant_ids), *direct.dm_conversation_id.split("-")]
    others = [id for id in named if id and id != about.account]
    return target or direct.recipient_id or (others[0] if others else "")


def _media(direct: Direct, about: About) -> tuple[Media, ...]:
    if direct.message_create is None:
        return media_of(direct.attachments, about.includes)
    inner = as_mapping(direct.message_create.message_data.attachment.get("media"))
    return (media(inner),) if inner else ()


def facts_of_reading(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
    """Somebody has read everything up to a message."""
    reader = id_in(raw, "sender_id", "user_id")
    at = timed(raw, "created_timestamp", "created_at", "timestamp_ms")
    if not reader:
        yield about.ignored("Somebody has read a message, and X does not say who.")
    elif about.is_ours(reader):
        yield about.happening(
            "read_elsewhere", at, address=id_in(as_mapping(raw.get("target")), "recipient_id")
        )
    else:
        yield Receipt(
            at=at or UNKNOWN_TIME,
            raw=about.raw,
            account=about.account,
            status="read",
            address=reader,
            until=at or UNKNOWN_TIME,
        )


def fact_of_encrypted(raw: Mapping[str, Any], about: About) -> Incoming:
    """X's encrypted chat: nobody but the two devices can read it, so the agent is sent to X."""
    inner = next(map(as_mapping, as_list(raw.get("direct_message_events"))), raw)
    sender = id_in(inner, "sender_id") or id_in(raw, "sender_id")
    external_id = id_in(inner, "id", "message_id", "sequence_id")
    at = timed(inner, "created_at", "created_timestamp", "created_at_msec", "timestamp_ms")
    if not sender or not external_id or about.is_ours(sender):
        return about.happening("encrypted_chat", at, address=sender)
    return MessageIn(
        at=at or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        kind=Kind.DIRECT,
        external_id=external_id,
        thread=sender,
        author=about.includes.person(sender),
        public=False,
        media=(Media("unsupported", name="encrypted"),),
        note="encrypted chat",
        unanswerable=ENCRYPTED,
    )


def is_private_file(url: str) -> bool:
    """Files of direct messages are shown to the two who talk, and to nobody without their token."""
    return url.startswith(f"https://{_PRIVATE_FILES}/")
