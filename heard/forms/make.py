"""Make a form and change it: what it is called, where it may stand, by what its answers leave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from heard.channels.contract import Kind
from heard.channels.registry import channel
from heard.events.publishing import publish
from heard.forms.events import FormChanged, FormMade, about_form
from heard.forms.models import Form, new_key
from heard.inboxes.connect import connect
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, Workspace

CHANNEL = "form"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Nothing that could end one source and begin another in a content security policy.
DOMAIN = re.compile(r"(https?://)?(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class AddressTaken(Exception):
    """Another form on this installation has that address."""


class BadAddress(Exception):
    """Small letters, digits and hyphens."""


class BadDomain(Exception):
    """`domain` names no site on which a form may stand."""

    def __init__(self, domain: str) -> None:
        super().__init__(domain)
        self.domain = domain


class NotAMailbox(Exception):
    """Nothing can be mailed by that inbox, or it is not ours."""


class NoLanguage(Exception):
    """A form is in one language at least, and in none that Heard does not have."""


@dataclass(frozen=True, slots=True)
class Wanted:
    name: str
    slug: str
    is_on: bool
    language: str
    languages: Sequence[str]
    allowed_domains: Sequence[str]
    mailbox: Inbox | None


def make_form(
    workspace: Workspace, *, name: str, language: str, by: Agent | None, now: datetime, public_url: str
) -> Form:
    """Empty, off, and with an inbox of its own."""
    key = new_key()
    credentials = channel(CHANNEL).credentials.model_validate({"account": key})
    inbox = connect(workspace, slug=CHANNEL, credentials=credentials, by=by, now=now, public_url=public_url)
    with transaction.atomic():
        Inbox.objects.filter(pk=inbox.pk).update(name=name)
        inbox.name = name
        form = Form.objects.create(
            workspace=workspace,
            inbox=inbox,
            name=name,
            key=key,
            language=language,
            languages=[language],
            created_at=now,
        )
        publish(FormMade(**about_form(form, now=now, by=by)))
    return form


@transaction.atomic
def change_form(form: Form, wanted: Wanted, *, by: Agent | None, now: datetime) -> None:
    """Raises AddressTaken, BadAddress, BadDomain, NotAMailbox or NoLanguage."""
    form = locked(form)
    _check_address(form, wanted.slug)
    if wanted.language not in wanted.languages or set(wanted.languages) - set(LANGUAGES):
        raise NoLanguage
    if wanted.mailbox is not None and wanted.mailbox not in mailboxes(form.workspace):
        raise NotAMailbox
    fields: dict[str, Any] = {
        "name": wanted.name,
        "slug": wanted.slug,
        "is_on": wanted.is_on,
        "language": wanted.language,
        "languages": [code for code in LANGUAGES if code in wanted.languages],
        "allowed_domains": [clean_domain(domain) for domain in dict.fromkeys(wanted.allowed_domains)],
        "mailbox": wanted.mailbox,
    }
    changed = [name for name, value in fields.items() if getattr(form, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(form, name, fields[name])
    form.save(update_fields=changed)
    if "name" in changed:
        Inbox.objects.filter(pk=form.inbox_id).update(name=form.name)
    publish(FormChanged(**about_form(form, now=now, by=by), changed=changed))


def mailboxes(workspace: Workspace) -> list[Inbox]:
    """Connected accounts by which a mail can be written."""
    known = Inbox.objects.filter(workspace=workspace).exclude(state=Inbox.State.DISCONNECTED)
    return [inbox for inbox in known.order_by("name", "pk") if Kind.EMAIL in inbox.abilities.replies]


def clean_domain(domain: str) -> str:
    """Raises BadDomain."""
    clean = domain.strip().lower().rstrip("/")
    if not DOMAIN.fullmatch(clean):
        raise BadDomain(domain)
    return clean


def locked(form: Form) -> Form:
    return (
        Form.objects.select_for_update(no_key=True, of=("self",))
        .select_related("workspace", "inbox", "mailbox")
        .get(pk=form.pk)
    )


def form_at(address: str) -> Form | None:
    """By its key, or by the nicer address that somebody gave it."""
    found = Form.objects.filter(Q(key=address) | Q(slug=address)).exclude(slug="", key="")
    return found.select_related("workspace", "inbox__workspace", "mailbox").order_by("pk").first()


def _check_address(form: Form, slug: str) -> None:
    if slug and not SLUG.fullmatch(slug):
        raise BadAddress
    if slug and Form.objects.filter(Q(slug=slug) | Q(key=slug)).exclude(pk=form.pk).exists():
        raise AddressTaken
