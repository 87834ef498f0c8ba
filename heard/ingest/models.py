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
    live_until = models.DateTimeField(null=True)  # a stream tells us of matches: no need to look

    objects = OfWorkspace["Look"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("inbox",), condition=Q(query=None), name="look_once_an_inbox"),
        )
        indexes = (models.Index(fields=("due_at",), name="look_due"),)


class Heartbeat(models.Model):
    """The last sign of life of one half of Heard. One row each.

    `back_at` is when it came back after being away so long that networks may have called in vain.
    """

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)


class Reconciliation(models.Model):
    """One look at what a network holds: from when to when, how far it came, what it brought.

    Everything before `reached` has been asked for and stored; a worker that dies goes on from there.
    """

    class Reason(models.TextChoices):
        CONNECTED = "connected"
        HISTORY = "history"  # the first look, back over the days before the inbox was connected
        HOURLY = "hourly"
        OUTAGE = "outage"  # we were away
        SUBSCRIPTION = "subscription"  # the network had stopped calling us
        SILENCE = "silence"
        ASKED = "asked"  # by an admin

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    since = models.DateTimeField()
    until = models.DateTimeField()
    reached = models.DateTimeField()
    listed = models.PositiveIntegerField(default=0)  # messages that the network named
    found = models.PositiveIntegerField(default=0)  # of these, new to us
    changed = models.PositiveIntegerField(default=0)  # known ones that differ: edited, hidden
    removed = models.PositiveIntegerField(default=0)  # ours and no longer theirs
    problem = models.TextField(blank=True)
    not_before = models.DateTimeField(null=True)  # the network's own wish
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OfWorkspace["Reconciliation"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("inbox",), condition=Q(state="running"), name="reconciliation_one_at_a_time"
            ),
        )
        indexes = (models.Index(fields=("inbox", "-id"), name="reconciliation_newest"),)


class HeldMessage(models.Model):
    """One message that the network named when it was asked last."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    external_id = models.CharField(max_length=200)
    key = models.CharField(max_length=64)  # of its line in the ledger
    at = models.DateTimeField()
    seen_at = models.DateTimeField()
    listed = models.BooleanField(default=True)  # False: in no list, it had to be asked for by itself
    gone_at = models.DateTimeField(null=True)

    objects = OfWorkspace["HeldMessage"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "external_id", name="held_message_once"),)
        indexes = (models.Index(fields=("inbox", "at"), name="held_message_by_time"),)


class Silence(models.Model):
    """A quiet that is improbable for an inbox, from its beginning to the next message."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    since = models.DateTimeField()  # the last message before it
    expected = models.FloatField()  # how many conversations usually stir in such a time
    noticed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = OfWorkspace["Silence"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("inbox",), condition=Q(ended_at=None), name="silence_once"),
        )
