"""Every workspace has one inbox for telephone calls. It speaks with no network: people write down what was said."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from heard.channels import contract
from heard.channels.registry import WRITTEN_DOWN
from heard.inboxes.credentials import store_credentials
from heard.inboxes.models import Inbox, InboxHealth
from heard.workspaces.models import Workspace

ACCOUNT = "calls"


def phone_inbox(workspace: Workspace, *, now: datetime) -> Inbox:
    """Made with the first call."""
    slug = next(slug for slug, one in WRITTEN_DOWN.items() if contract.Kind.CALL in one.abilities.receives)
    with override(workspace.language):
        name = _("Telephone")
    inbox, made = Inbox.objects.get_or_create(
        workspace=workspace,
        channel=slug,
        account=ACCOUNT,
        defaults={"name": name, "created_at": now, "state_since": now},
    )
    if made:
        InboxHealth.objects.create(inbox=inbox, workspace=workspace)
        store_credentials(inbox, contract.Credentials(account=ACCOUNT), now=now)
    return inbox
