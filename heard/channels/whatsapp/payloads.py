"""What WhatsApp writes into a change. Since 2026 nobody has to have a phone number: every id may be missing."""

from __future__ import annotations

from pydantic import Field

from heard.channels.fields import Aside, Id, Items, Part, Payload, Text, Time


class Message(Payload):
    """`from` and `to` are phone numbers, the others the person's ids at this business (BSUID)."""

    id: Id = ""
    type: Text = ""
    timestamp: Time = None
    from_phone: Id = Field(default="", alias="from")
    from_user_id: Id = ""
    from_parent_user_id: Id = ""
    to_phone: Id = Field(default="", alias="to")
    to_user_id: Id = ""
    to_parent_user_id: Id = ""
    group_id: Id = ""
    context: Part = Field(default_factory=dict)
    referral: Part = Field(default_factory=dict)
    errors: Items = ()


class Contact(Payload):
    profile: Part = Field(default_factory=dict)
    wa_id: Id = ""
    user_id: Id = ""
    parent_user_id: Id = ""


class Status(Payload):
    id: Id = ""
    status: Text = ""
    timestamp: Time = None
    recipient_id: Id = ""
    recipient_user_id: Id = ""
    biz_opaque_callback_data: Aside = ""
    errors: Items = ()


class Mutation(Payload):
    """An edit or a removal. Meta's documents and its deliveries name the message differently."""

    original_message_id: Id = ""
    message_id: Id = ""
    message: Part = Field(default_factory=dict)

    @property
    def about(self) -> str:
        return self.original_message_id or self.message_id


class Reacted(Payload):
    message_id: Id = ""
    emoji: Aside = ""


class System(Payload):
    type: Text = ""
    body: Aside = ""
    wa_id: Id = ""
    new_wa_id: Id = ""
    user_id: Id = ""
    previous_user_id: Id = ""


class Step(Payload):
    previous: Id = ""
    current: Id = ""


class UserIdUpdate(Payload):
    user_id: Step = Field(default_factory=Step)
    timestamp: Time = None
