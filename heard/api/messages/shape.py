"""A message as the API shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.people import AgentName, agent_name
from heard.tickets import models
from heard.tickets.models import Delivery, Kind, Outcome
from heard.translating.models import Translation


class Person(TypedDict):
    name: str
    address: str
    handle: str
    contact: int | None


class Attachment(TypedDict):
    kind: str
    name: str
    content_type: str
    size: int | None
    alt: Annotated[str, Field(description="What we said of a picture for those who cannot see it.")]
    state: str
    url: Annotated[str, Field(description="The network's own address of it. It may have expired.")]


class MessageButton(TypedDict):
    label: str
    reply: str
    url: str


class Reaction(TypedDict):
    name: str
    emoji: str
    address: str
    at: datetime


class Version(TypedDict):
    """What the message said before it was changed."""

    text: str
    until: datetime


class Copy(TypedDict):
    address: str
    name: str
    failed: Annotated[str, Field(description="Why it did not arrive there; empty where it did.")]


class InOtherWords(TypedDict):
    """The message in another language, by a translation service."""

    language: str
    provider: str
    text: str
    at: datetime


class WrittenAs(TypedDict):
    language: str
    text: str


class Message(TypedDict):
    id: int
    ticket: Annotated[int, Field(description="Its number.")]
    inbox: int
    direction: models.Message.Direction
    kind: Kind
    text: str
    language: Annotated[str, Field(description="As it was recognised or chosen. Empty: nobody can tell.")]
    language_certain: Annotated[bool, Field(description="Of what came in. Act only on what is certain.")]
    translations: list[InOtherWords]
    original: Annotated[
        WrittenAs | None, Field(description="What our agent wrote, where the text is a translation of it.")
    ]
    subject: Annotated[str, Field(description="Empty where there is none: only letters have one.")]
    copies: Annotated[list[Copy], Field(description="Who else got it.")]
    verified: Annotated[
        bool | None, Field(description="Is the author of a letter proved? Null where the network vouches.")
    ]
    author: Annotated[Person | None, Field(description="Null where the network hides who wrote.")]
    to: Annotated[Person | None, Field(description="Whom we wrote to.")]
    agent: Annotated[AgentName | None, Field(description="Null on what came in, or was written elsewhere.")]
    public: bool
    private_reply: bool
    part_of: Annotated[int | None, Field(description="The first message of a reply that went as several.")]
    automatic: Annotated[bool, Field(description="A machine wrote it, theirs or ours.")]
    parent: Annotated[int | None, Field(description="The message that this one answers.")]
    outcome: Annotated[Outcome | None, Field(description="How it ended. Null on what went out.")]
    outcome_reason: str
    outcome_by: AgentName | None
    outcome_at: datetime | None
    answered_by: Annotated[int | None, Field(description="The message that answered it.")]
    delivery: Annotated[Delivery | None, Field(description="How far it got. Null on what came in.")]
    delivery_problem: str
    delivery_reason: str
    at: Annotated[datetime, Field(description="The network's time.")]
    received_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    edited_at: datetime | None
    removed_at: datetime | None
    hidden: bool
    liked: Annotated[bool, Field(description="By us.")]
    reposted: Annotated[bool, Field(description="By us.")]
    permalink: str
    stars: int | None
    recommends: bool | None
    remark: str
    unanswerable: Annotated[str, Field(description="Why the network gives us no right to answer it.")]
    attachments: list[Attachment]
    buttons: list[MessageButton]
    reactions: list[Reaction]
    versions: list[Version]


class Messages(TypedDict):
    items: list[Message]
    next: str | None


def shown(messages: QuerySet[models.Message]) -> QuerySet[models.Message]:
    """With all that the shape needs, in a constant number of queries."""
    return (
        messages.select_related("ticket", "author", "agent", "outcome_by", "inbox", "original")
        .defer("search")
        .prefetch_related("attachments", "reactions", "versions", "translations")
        .order_by("at", "id")
    )


def message_shape(message: models.Message) -> Message:
    person = _identity(message)
    return {
        "id": message.pk,
        "ticket": message.ticket.number,
        "inbox": message.inbox_id,
        "direction": models.Message.Direction(message.direction),
        "kind": Kind(message.kind),
        "text": message.text,
        "language": message.language,
        "language_certain": message.language_certain,
        "translations": [_translation(one) for one in message.translations.all()],
        "original": _original(message),
        "subject": message.subject,
        "copies": [
            {"address": one["address"], "name": one["name"], "failed": one.get("failed", "")}
            for one in message.copies
        ],
        "verified": message.verified,
        "author": person if message.is_in else _ours(message),
        "to": None if message.is_in else person,
        "agent": agent_name(message.agent),
        "public": message.public,
        "private_reply": message.private_reply,
        "part_of": message.part_of_id,
        "automatic": message.automatic,
        "parent": message.parent_id,
        "outcome": Outcome(message.outcome) if message.outcome else None,
        "outcome_reason": message.outcome_reason,
        "outcome_by": agent_name(message.outcome_by),
        "outcome_at": message.outcome_at,
        "answered_by": message.answered_by_id,
        "delivery": Delivery(message.delivery) if message.delivery else None,
        "delivery_problem": message.delivery_problem,
        "delivery_reason": message.delivery_reason,
        "at": message.at,
        "received_at": message.received_at,
        "sent_at": message.sent_at,
        "delivered_at": message.delivered_at,
        "read_at": message.read_at,
        "edited_at": message.edited_at,
        "removed_at": message.removed_at,
        "hidden": message.hidden_at is not None,
        "liked": message.liked_at is not None,
        "reposted": message.reposted_at is not None,
        "permalink": message.permalink,
        "stars": message.stars,
        "recommends": message.recommends,
        "remark": message.remark,
        "unanswerable": _(message.unanswerable) if _is_unanswerable(message) else "",
        "attachments": [_attachment(one) for one in message.attachments.all()],
        "buttons": [_button(one) for one in message.buttons],
        "reactions": [_reaction(one) for one in message.reactions.all()],
        "versions": _versions(message),
    }


def _translation(row: Translation) -> InOtherWords:
    return {"language": row.language, "provider": row.provider, "text": row.text, "at": row.at}


def _original(message: models.Message) -> WrittenAs | None:
    kept = getattr(message, "original", None)
    return {"language": kept.language, "text": kept.text} if kept else None


def _is_unanswerable(message: models.Message) -> bool:
    return bool(message.unanswerable) and not message.inbox.abilities.answers_all


def _identity(message: models.Message) -> Person | None:
    who = message.author
    if who is None:
        return None
    return {
        "name": who.name or who.handle,
        "address": who.address,
        "handle": who.handle,
        "contact": who.contact_id,
    }


def _ours(message: models.Message) -> Person:
    inbox = message.inbox
    return {"name": inbox.name, "address": inbox.account, "handle": "", "contact": None}


def _versions(message: models.Message) -> list[Version]:
    older = sorted(message.versions.all(), key=lambda version: version.until)
    return [{"text": version.text, "until": version.until} for version in older]


def _attachment(row: models.Attachment) -> Attachment:
    return {
        "kind": row.kind,
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "alt": str(row.detail.get("alt") or "") if isinstance(row.detail, dict) else "",
        "state": row.state,
        "url": row.url,
    }


def _button(row: dict[str, str]) -> MessageButton:
    return {"label": row["label"], "reply": row["reply"] or row["label"], "url": row["url"]}


def _reaction(row: models.Reaction) -> Reaction:
    return {"name": row.name, "emoji": row.emoji, "address": row.address, "at": row.at}
