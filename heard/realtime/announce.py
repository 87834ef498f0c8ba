"""Tell the open pages which tickets changed: one NOTIFY a transaction, and only after its commit."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

CHANNEL = "heard_changes"
# PostgreSQL takes 8,000 bytes a NOTIFY. Of more tickets than this a page is told to look at all of them.
MOST_TICKETS = 200


def announce(changes: Iterable[tuple[int, int | None]]) -> None:
    """`changes` are pairs of workspace id and ticket id; None stands for the workspace as a whole."""
    announcement = _of_this_transaction()
    for workspace_id, ticket_id in changes:
        announcement.tickets[workspace_id].add(ticket_id)


class Announcement:
    """All that one transaction changed.

    The NOTIFY is a statement of its own after the commit: inside the transaction it would make all
    commits of the database queue up behind one lock. Should we die in between, a page hears
    of it with the next change, or when its stream begins anew.
    """

    def __init__(self) -> None:
        self.tickets: dict[int, set[int | None]] = defaultdict(set)

    def __call__(self) -> None:
        with connection.cursor() as cursor:
            for workspace_id, tickets in self.tickets.items():
                known = sorted(ticket for ticket in tickets if ticket is not None)
                change: dict[str, object] = {"workspace": workspace_id, "tickets": known}
                if len(known) > MOST_TICKETS:
                    change |= {"tickets": [], "all": True}
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(change)])


def _of_this_transaction() -> Announcement:
    for entry in connection.run_on_commit:
        if isinstance(entry[1], Announcement):
            return entry[1]
    announcement = Announcement()
    # Robust: what was committed stands, whether the pages hear of it or not.
    transaction.on_commit(announcement, robust=True)
    return announcement
