"""What a reply says and where it goes, apart from who says it and when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from heard.channels.contract import Button
from heard.tickets.models import Message, PendingReply, Thread, Ticket
from heard.tickets.reply import Chosen, reply
from heard.workspaces.models import Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """As `reply` takes it."""

    text: str = ""
    to: Message | None = None
    private: bool = False
    overrides: Collection[str] = ()
    template: Chosen | None = None
    files: Sequence[int] = ()
    buttons: Sequence[Button] = ()
    via: Thread | None = None
    copies: Collection[str] = ()
    adds: Collection[str] = ()
    language: str = ""
    signs: bool = True
    warned: bool = False

    def send(self, ticket: Ticket, *, by: Agent, now: datetime, approved_by: Agent | None = None) -> Message:
        """The one way out. Raises what `reply` raises."""
        return reply(
            ticket,
            text=self.text,
            by=by,
            now=now,
            to=self.to,
            private=self.private,
            overrides=self.overrides,
            template=self.template,
            files=self.files,
            buttons=self.buttons,
            via=self.via,
            copies=self.copies,
            adds=self.adds,
            language=self.language,
            signs=self.signs,
            approved_by=approved_by,
            warned=self.warned,
        )

    def rehearse(self, ticket: Ticket, *, by: Agent, at: datetime) -> bool:
        """Would it leave at that time? Sent for real and undone: whatever stops a reply stops it here too.

        Gives whether it would be public. Raises what `reply` raises.
        """
        with transaction.atomic():
            message = self.send(ticket, by=by, now=at, approved_by=by)
            transaction.set_rollback(True)
        return message.public

    def stored(self) -> dict[str, object]:
        """The fields of a pending reply."""
        return {
            "text": self.text,
            "private": self.private,
            "to": self.to,
            "via": self.via,
            "template": asdict(self.template) if self.template else None,
            "files": list(self.files),
            "buttons": [asdict(button) for button in self.buttons],
            "copies": list(self.copies),
            "adds": list(self.adds),
            "warned": self.warned,
            "language": self.language,
            "overrides": sorted(self.overrides),
            "signs": self.signs,
        }

    def without_overrides(self) -> Composed:
        return replace(self, overrides=())


def composed(pending: PendingReply) -> Composed:
    return Composed(
        text=pending.text,
        to=pending.to,
        private=pending.private,
        overrides=pending.overrides,
        template=Chosen(**pending.template) if pending.template else None,
        files=pending.files,
        buttons=[Button(**button) for button in pending.buttons],
        via=pending.via,
        copies=pending.copies,
        adds=pending.adds,
        warned=pending.warned,
        language=pending.language,
        signs=pending.signs,
    )
