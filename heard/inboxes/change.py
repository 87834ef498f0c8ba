"""How an inbox is shown here, and who looks after it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.inboxes.events import InboxChanged
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, Team

COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Signs:
    """What answers end with; the names in braces are of `tickets.sign`."""

    sign_public: str
    sign_private: str
    sign_mail: str


class BadColour(Exception):
    """A colour is # and six hexadecimal digits."""


class NotOurTeam(Exception):
    """The team belongs to another workspace."""


@transaction.atomic
def change(
    inbox: Inbox,
    *,
    name: str,
    colour: str,
    language: str,
    team: Team | None,
    extended_window: bool,
    by: Agent,
    now: datetime,
    signs: Signs | None = None,
) -> None:
    """`language` is that of its customers; empty when they write in several. Without `signs` it signs as before.

    Raises BadColour, NotOurTeam.
    """
    if not COLOUR.fullmatch(colour):
        raise BadColour(colour)
    if team is not None and team.workspace_id != inbox.workspace_id:
        raise NotOurTeam
    wanted = {
        "name": name,
        "colour": colour,
        "language": language,
        "team": team,
        "extended_window": extended_window,
        **(asdict(signs) if signs else {}),
    }
    inbox = Inbox.objects.select_for_update(no_key=True, of=("self",)).select_related("team").get(pk=inbox.pk)
    changed = [field for field, value in wanted.items() if getattr(inbox, field) != value]
    for field in changed:
        setattr(inbox, field, wanted[field])
    if not changed:
        return
    inbox.save(update_fields=changed)
    publish(
        InboxChanged(
            workspace_id=inbox.workspace_id,
            at=now,
            by_id=by.pk,
            inbox_id=inbox.pk,
            name=inbox.name,
            changed=changed,
        )
    )
