"""Does this inbox confirm?"""

from __future__ import annotations

from collections.abc import Collection

from heard.channels import contract
from heard.confirming.models import ConfirmingInbox
from heard.inboxes.models import Inbox

# Here people wait without seeing anything of us. In a messenger they see that it was delivered.
UNASKED = frozenset({contract.Kind.EMAIL, contract.Kind.FORM})
CONFIRMABLE = UNASKED | {contract.Kind.DIRECT, contract.Kind.CHAT}


def confirmable(inboxes: Collection[Inbox]) -> list[Inbox]:
    """Those in which somebody writes to us alone."""
    return [inbox for inbox in inboxes if inbox.abilities.receives & CONFIRMABLE]


def switched_on(inboxes: Collection[Inbox]) -> set[int]:
    """Ids of those that confirm: by an admin's word, else by what the inbox is."""
    said = dict(ConfirmingInbox.objects.filter(inbox__in=inboxes).values_list("inbox", "on"))
    return {
        inbox.pk
        for inbox in confirmable(inboxes)
        if said.get(inbox.pk, bool(inbox.abilities.receives & UNASKED))
    }
