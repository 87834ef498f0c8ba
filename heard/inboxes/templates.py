"""The texts that a network approved for an account: fetched, kept, filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from heard.channels.contract import (
    Blank,
    FilledTemplate,
    HasTemplates,
    ReconnectNeeded,
    Rejected,
    Template,
    TryAgain,
)
from heard.channels.registry import channel
from heard.events.bell import ring
from heard.inboxes.connect import ConnectFailed, require_reconnect
from heard.inboxes.credentials import CannotOpen, NotConnected, credentials_of
from heard.inboxes.events import InboxConnected, InboxReconnected
from heard.inboxes.models import Inbox, InboxTemplate
from heard.inboxes.wire import wire_for

LONGEST_BLANK = 1_000


class NoSuchTemplate(Exception):
    """The network has not approved such a text for this account, or took it back."""


class BlanksMissing(Exception):
    """Every blank of a template wants a word. `missing` are their numbers, from 1."""

    def __init__(self, missing: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, missing)))
        self.missing = missing


def has_templates(inbox: Inbox) -> bool:
    return isinstance(channel(inbox.channel), HasTemplates)


def ring_for_templates(inbox_id: int) -> None:
    lock = f"templates {inbox_id}"
    ring("heard.inboxes.tasks.refresh_templates", lock=lock, once=lock, inbox_id=inbox_id)


def fetch_when_connected(events: Sequence[InboxConnected | InboxReconnected]) -> None:
    for inbox in Inbox.objects.filter(pk__in=[event.inbox_id for event in events]):
        if has_templates(inbox):
            ring_for_templates(inbox.pk)


def refresh(inbox: Inbox, *, now: datetime) -> int:
    """Ask the network which texts it approved. Gives how many. Raises ConnectFailed."""
    network = channel(inbox.channel)
    if not isinstance(network, HasTemplates) or inbox.state != Inbox.State.CONNECTED:
        return 0
    try:
        found = network.templates(wire_for(credentials_of(inbox)))
    except ReconnectNeeded as error:
        require_reconnect(inbox, reason=error.reason, now=now)
        raise ConnectFailed(error.reason) from error
    except (NotConnected, CannotOpen, Rejected, TryAgain) as error:
        raise ConnectFailed(str(error)) from error
    _keep(inbox, found, now=now)
    return len(found)


@transaction.atomic
def _keep(inbox: Inbox, found: Sequence[Template], *, now: datetime) -> None:
    rows = {(one.name, one.language): _row(inbox, one, now=now) for one in found}
    InboxTemplate.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["inbox", "name", "language"],
        update_fields=["text", "category", "blanks", "seen_at"],
    )
    InboxTemplate.objects.filter(inbox=inbox, seen_at__lt=now).delete()


def _row(inbox: Inbox, template: Template, *, now: datetime) -> InboxTemplate:
    return InboxTemplate(
        workspace_id=inbox.workspace_id,
        inbox=inbox,
        name=template.name[:512],
        language=template.language[:20],
        text=template.text,
        category=template.category[:40],
        blanks=[asdict(blank) for blank in template.blanks],
        seen_at=now,
    )


def fill(inbox: Inbox, name: str, language: str, blanks: Sequence[str]) -> FilledTemplate:
    """Raises NoSuchTemplate or BlanksMissing."""
    row = InboxTemplate.objects.filter(inbox=inbox, name=name, language=language).first()
    if row is None:
        raise NoSuchTemplate(name)
    # Networks refuse line breaks and runs of spaces in a blank.
    words = [" ".join(blank.split())[:LONGEST_BLANK] for blank in blanks[: len(row.blanks)]]
    words += [""] * (len(row.blanks) - len(words))
    missing = [number for number, word in enumerate(words, 1) if not word]
    if missing:
        raise BlanksMissing(missing)
    return FilledTemplate(as_template(row), tuple(words))


def as_template(row: InboxTemplate) -> Template:
    return Template(row.name, row.language, row.text, row.category, _blanks(row.blanks))


def as_kept(filled: FilledTemplate) -> dict[str, Any]:
    """What a message keeps of it: the network may take the template back before it is sent."""
    return {**asdict(filled.template), "filled": list(filled.blanks)}


def as_filled(kept: Mapping[str, Any]) -> FilledTemplate:
    template = Template(
        kept["name"], kept["language"], kept["text"], kept["category"], _blanks(kept["blanks"])
    )
    return FilledTemplate(template, tuple(kept["filled"]))


def _blanks(kept: Sequence[Mapping[str, str]]) -> tuple[Blank, ...]:
    return tuple(Blank(one["name"], one["example"], one["place"]) for one in kept)
