"""Everything a network ever handed over, and where it went."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from heard.inboxes.models import Inbox
from heard.workspaces.models import OfWorkspace, Workspace


def new_tag() -> str:
    return f"heard-{secrets.token_hex(8)}"


class RawCall(models.Model):
    """One hook call, byte for byte, stored before we said 200."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    headers = models.JSONField(default=dict)
    # bytea, not jsonb: jsonb refuses \u0000 and would fail a whole batch of calls.
    body = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)
    taken_in_at = models.DateTimeField(null=True)
    duplicates = models.PositiveIntegerField(default=0)  # facts in it that we had before

    objects = OfWorkspace["RawCall"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("inbox", "id"), name="rawcall_pending", condition=Q(taken_in_at=None)),
            models.Index(fields=("received_at",), name="rawcall_by_time"),
        )


class LedgerLine(models.Model):
    """One fact of one call and the one place where it ended."""

    class Place(models.TextChoices):
        MESSAGE = "message"  # from a customer: goes on to have an outcome
        OURS = "ours"  # an echo of what we wrote
        UPDATE = "update"  # changed something we know: edit, deletion, receipt, reaction, post …
        PARKED = "parked"  # about a message that has not come yet
        IGNORED = "ignored"
        QUARANTINED = "quarantined"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    raw_call = models.ForeignKey(RawCall, on_delete=models.SET_NULL, null=True)
    position = models.PositiveIntegerField()  # of the fact within its call
    fact = models.CharField(max_length=30)
    key = models.CharField(max_length=64)  # the same fact has the same key, however often it is delivered
    about = models.CharField(max_length=200, blank=True)  # external id of the message concerned
    place = models.CharField(max_length=12, choices=Place.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["LedgerLine"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "key", name="ledger_line_once"),)
        indexes = (
            models.Index(fields=("inbox", "place", "created_at"), name="ledger_by_place"),
            models.Index(fields=("inbox", "about"), name="ledger_parked", condition=Q(place="parked")),
        )


class ListenQuery(models.Model):
    """Words that an inbox listens for in all that is said in public at its network."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="queries")
    name = models.CharField(max_length=80)
    text = models.CharField(max_length=2000)  # in the network's own language of queries
    # Goes to the network and comes back with every match. Chance, so that nobody can write it into a post.
    tag = models.CharField(max_length=40, unique=True, default=new_tag)
    refused = models.TextField(blank=True)  # what the network said against it
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["ListenQuery"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "text", name="listen_query_once"),)


class Look(models.Model):
    """Where the looks at a network stand: at what is written to an inbox or, with a query, at what matches."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="looks")
    query = models.OneToOneField(ListenQuery, on_delete=models.CASCADE, null=True, related_name="look")
    cursor = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)  # the last time that the network answered
    failures = models.PositiveIntegerField(default=0)  # in a row
    problem = models.TextField(blank=True)

    objects = OfWorkspace["Look"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("inbox",), condition=Q(query=None), name="look_once_an_inbox"),
        )
        indexes = (models.Index(fields=("due_at",), name="look_due"),)


class Heartbeat(models.Model):
    """The last sign of life of the worker's intake. One row."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
