"""How far our own message got, in words, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from heard.tickets.models import Delivery, Message


@dataclass(frozen=True, slots=True)
class Delivered:
    icon: str
    text: str
    at: datetime | None = None
    reason: str = ""
    is_bad: bool = False
    can_cancel: bool = False
    can_retry: bool = False
    can_confirm: bool = False


def delivered(message: Message) -> Delivered:
    match message.delivery:
        case Delivery.QUEUED:
            return Delivered("hourglass", _("Goes out in a moment"), can_cancel=True)
        case Delivery.SENDING:
            return Delivered("send", _("On its way"))
        case Delivery.SENT:
            return Delivered("check", _("Sent"), message.sent_at or message.at)
        case Delivery.DELIVERED:
            return Delivered("check-check", _("Delivered"), message.delivered_at)
        case Delivery.READ:
            return Delivered("eye", _("Read"), message.read_at)
        case Delivery.CANCELLED:
            return Delivered("undo-2", _("Taken back, never sent"))
        case Delivery.UNCONFIRMED:
            return Delivered(
                "circle-question-mark",
                _("May have been sent"),
                reason=_reason(message),
                is_bad=True,
                can_retry=True,
                can_confirm=True,
            )
        case _:
            return Delivered(
                "circle-alert",
                _("Not sent"),
                reason=_reason(message),
                is_bad=True,
                can_retry=True,
            )


def _reason(message: Message) -> str:
    """What the network said, in its words, or what Heard said, in the reader's."""
    return _(message.delivery_reason) if message.delivery_reason else ""
