"""The event log: timeline, audit trail, webhook feed and source of the reports."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from heard.workspaces.models import Agent, OfWorkspace, Workspace


class EventRecord(models.Model):
    """One past fact. Rows are only ever added: a trigger refuses to change or delete them."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True)
    # A plain number, since the ground floor does not know what a ticket is.
    ticket_id = models.BigIntegerField(null=True)
    payload = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = OfWorkspace["EventRecord"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("ticket_id", "id"), name="event_of_ticket"),
            BrinIndex(fields=("at",), name="event_by_time"),
        )
