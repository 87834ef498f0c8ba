"""What was said: by a customer (`messages`) or in the network's own app by us (`smb_message_echoes`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from heard.channels.contract import (
    Happening,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Person,
    Reaction,
)
from heard.channels.fields import as_aside, as_flag, as_list, as_mapping
from heard.channels.meta.envelope import Stamp
from heard.channels.whatsapp.content import Said, said_in
from heard.channels.whatsapp.envelope import Change
from heard.channels.whatsapp.moves import system
from heard.channels.whatsapp.payloads import Message, Mutation, Reacted
from heard.channels.whatsapp.persons import person_of
from heard.channels.words import N_

GROUP: Final = N_("Heard does not write into groups.")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message with the change that it came in. `customer` is the one of the two who is not us."""

    change: Change
    raw: Mapping[str, Any]
    message: Message
    ours: bool
    past: bool = False

    @property
    def customer(self) -> Person | None:
        said, contacts = self.message, as_list(self.change.value.get("contacts"))
        if self.ours:
            return person_of(said.to_phone, said.to_user_id, said.to_parent_user_id, contacts=contacts)
        return person_of(said.from_phone, said.from_user_id, said.from_parent_user_id, contacts=contacts)

    @property
    def stamp(self) -> Stamp:
        return self.change.stamp(self.message.timestamp, message=dict(self.raw))


def facts_of_message(
    change: Change, raw: Mapping[str, Any], *, ours: bool, past: bool = False
) -> list[Incoming]:
    """Raises pydantic's ValidationError or ValueError for what is not as documented."""
    spoken = Spoken(change, raw, Message.model_validate(raw), ours, past)
    kind = spoken.message.type
    if kind in MUTATIONS:
        return [MUTATIONS[kind](spoken)]
    if spoken.customer is None:
        return [change.ignored("A message came without the person who wrote it.", message=dict(raw))]
    if kind == "system":
        return system(change, raw, spoken.message, spoken.customer)
    if kind == "request_welcome":
        return [Happening(**spoken.stamp, name="conversation_opened", address=spoken.customer.address)]
    if not spoken.message.id:
        return [change.ignored("A message came without its id.", message=dict(raw))]
    return [_written(spoken, spoken.customer, said_in(raw)), *_referral(spoken, spoken.customer)]


def _written(spoken: Spoken, customer: Person, said: Said) -> MessageIn:
    message, ours = spoken.message, spoken.ours
    return MessageIn(
        **spoken.stamp,
        kind=Kind.DIRECT,
        external_id=message.id,
        thread=message.group_id or customer.address,
        text=said.text,
        author=Person(spoken.change.account) if ours else customer,
        ours=ours,
        public=False,
        parent=as_aside(message.context.get("id")),
        media=said.media,
        to=customer.address if ours else "",
        note=" ".join(filter(None, (said.note, *_way(message)))),
        unanswerable=GROUP if message.group_id else "",
        past=spoken.past,
    )


def _way(message: Message) -> list[str]:
    """How it came: passed on, from a catalogue, from an advert."""
    product = as_mapping(message.context.get("referred_product"))
    return [
        "forwarded" if as_flag(message.context.get("forwarded")) else "",
        "frequently_forwarded" if as_flag(message.context.get("frequently_forwarded")) else "",
        f"product {as_aside(product.get('product_retailer_id'))}" if product else "",
        as_aside(message.referral.get("headline"))[:200],
    ]


def _referral(spoken: Spoken, customer: Person) -> list[Incoming]:
    """The advert or post that brought the person, if one did."""
    detail = spoken.message.referral
    if not detail:
        return []
    return [Happening(**spoken.stamp, name="referral", address=customer.address, detail=detail)]


def _reaction(spoken: Spoken) -> Incoming:
    felt = Reacted.model_validate(as_mapping(spoken.raw.get("reaction")))
    if not felt.message_id:
        return spoken.change.ignored("A reaction came without the message's id.", message=dict(spoken.raw))
    return Reaction(
        **spoken.stamp,
        external_id=felt.message_id,
        author=Person(spoken.change.account) if spoken.ours else spoken.customer,
        ours=spoken.ours,
        emoji=felt.emoji,
        added=bool(felt.emoji),
    )


def _edit(spoken: Spoken) -> Incoming:
    changed = Mutation.model_validate(as_mapping(spoken.raw.get("edit")))
    if not changed.about:
        return spoken.change.ignored("An edit came without the message's id.", message=dict(spoken.raw))
    said = said_in(changed.message)
    return MessageEdited(**spoken.stamp, external_id=changed.about, text=said.text, media=said.media)


def _revoke(spoken: Spoken) -> Incoming:
    gone = Mutation.model_validate(as_mapping(spoken.raw.get("revoke")))
    if not gone.about:
        return spoken.change.ignored("A removal came without the message's id.", message=dict(spoken.raw))
    return MessageDeleted(**spoken.stamp, external_id=gone.about, by_us=spoken.ours)


MUTATIONS: Final[Mapping[str, Callable[[Spoken], Incoming]]] = {
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
}
