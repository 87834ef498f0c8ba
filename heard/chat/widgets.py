"""The window of an inbox: made when the inbox is connected, changed by admins."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypedDict
from urllib.parse import urlsplit

from django.db import transaction

from heard.channels.contract import Kind
from heard.chat.colours import COLOUR
from heard.chat.events import WidgetChanged, WidgetSecretMade, WidgetSecretsDropped
from heard.chat.hours import Week
from heard.chat.models import Widget
from heard.chat.origins import as_origin
from heard.checks.finding import Finding
from heard.events.publishing import publish
from heard.inboxes.credentials import CannotOpen, credentials_of, open_text, seal_text
from heard.inboxes.events import InboxConnected, InboxReconnected
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent
from heard.workspaces.wording import unfit

SECRET_BYTES = 32
# One that signs, and the one before it for as long as pages that it signed are open.
MOST_SECRETS = 2


class BadColour(Exception):
    """A colour is # and six hexadecimal digits."""


class BadHours(Exception):
    """A day ends before it begins."""


class UnfitWords(Exception):
    """Visitors would read blanks, or words that the workspace does not want. `findings` says which."""

    def __init__(self, name: str, language: str, findings: Sequence[Finding]) -> None:
        super().__init__(name, language)
        self.name, self.language, self.findings = name, language, findings


def has_window(inbox: Inbox) -> bool:
    return Kind.CHAT in inbox.abilities.receives


def open_windows(events: Sequence[InboxConnected | InboxReconnected]) -> None:
    """An inbox that receives chat lines has a window. The practice site may show it from the first moment."""
    for inbox in Inbox.objects.filter(pk__in=[event.inbox_id for event in events]):
        if has_window(inbox):
            _open_window(inbox)


def _open_window(inbox: Inbox) -> None:
    Widget.objects.get_or_create(
        inbox=inbox, defaults={"workspace_id": inbox.workspace_id, "changed_at": inbox.created_at}
    )
    widget = Widget.objects.select_for_update(no_key=True).get(inbox=inbox)
    practice = _practice_origin(inbox)
    if practice and practice not in widget.domains:
        widget.domains = [*widget.domains, practice]
        widget.save(update_fields=["domains"])


def _practice_origin(inbox: Inbox) -> str:
    url = urlsplit(str(getattr(credentials_of(inbox), "base_url", "")))
    return as_origin(f"{url.scheme}://{url.netloc}") if url.netloc else ""


@transaction.atomic
def change_widget(
    widget: Widget,
    *,
    domains: Sequence[str],
    colour: str,
    position: str,
    texts: Mapping[str, Mapping[str, str]],
    hours: Week,
    names_shown: bool,
    by: Agent,
    now: datetime,
) -> None:
    """Raises BadColour, BadHours, UnfitWords or origins.BadOrigin."""
    if not COLOUR.fullmatch(colour):
        raise BadColour(colour)
    if any(opens >= closes for opens, closes in hours.values()):
        raise BadHours
    _require_fit(texts, widget.workspace_id)
    wanted = {
        "domains": list(dict.fromkeys(as_origin(domain) for domain in domains)),
        "colour": colour,
        "position": position,
        "texts": {language: dict(words) for language, words in texts.items()},
        "hours": {day: list(span) for day, span in hours.items()},
        "names_shown": names_shown,
    }
    widget = Widget.objects.select_for_update(no_key=True).get(pk=widget.pk)
    changed = [field for field, value in wanted.items() if getattr(widget, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(widget, field, wanted[field])
    widget.changed_at = now
    widget.save(update_fields=[*changed, "changed_at"])
    publish(WidgetChanged(**_about(widget, by, now), changed=changed))


@transaction.atomic
def make_secret(widget: Widget, *, by: Agent, now: datetime) -> str:
    """A new secret, to be shown once. The one before counts beside it, until the next is made or it is dropped."""
    widget = Widget.objects.select_for_update(no_key=True).get(pk=widget.pk)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    _keep(widget, [secret, *secrets_of(widget.pk, widget.sealed_secrets)][:MOST_SECRETS])
    publish(WidgetSecretMade(**_about(widget, by, now)))
    return secret


@transaction.atomic
def drop_secrets(widget: Widget, *, all: bool, by: Agent, now: datetime) -> None:
    """The old one, or with `all` every one: then nobody can prove who they are."""
    widget = Widget.objects.select_for_update(no_key=True).get(pk=widget.pk)
    _keep(widget, [] if all else secrets_of(widget.pk, widget.sealed_secrets)[:1])
    publish(WidgetSecretsDropped(**_about(widget, by, now), all=all))


def _require_fit(texts: Mapping[str, Mapping[str, str]], workspace_id: int) -> None:
    for language, words in texts.items():
        for name, text in words.items():
            if findings := unfit(text, workspace_id=workspace_id, language=language):
                raise UnfitWords(name, language, findings)


def secrets_of(inbox_id: int, sealed: str) -> list[str]:
    """The newest first. Raises inboxes.credentials.CannotOpen."""
    if not sealed:
        return []
    kept = json.loads(open_text(sealed))
    if kept["inbox"] != inbox_id:
        raise CannotOpen("these secrets belong to another inbox")
    return list(kept["secrets"])


def _keep(widget: Widget, kept: list[str]) -> None:
    widget.sealed_secrets = seal_text(json.dumps({"inbox": widget.pk, "secrets": kept})) if kept else ""
    widget.save(update_fields=["sealed_secrets"])


class _About(TypedDict):
    workspace_id: int
    at: datetime
    by_id: int
    inbox_id: int


def _about(widget: Widget, by: Agent, now: datetime) -> _About:
    return {"workspace_id": widget.workspace_id, "at": now, "by_id": by.pk, "inbox_id": widget.pk}
