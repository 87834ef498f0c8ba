"""Calls that must have one effect, however often they are made."""

from __future__ import annotations

from django.db import models

from heard.workspaces.models import ApiToken, OfWorkspace, Workspace


class IdempotentCall(models.Model):
    """A call that carried an Idempotency-Key, and what it was answered. Kept for a day."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)  # of method, address and body
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=bytes)
    at = models.DateTimeField()

    objects = OfWorkspace.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("token", "key", name="idempotent_call_once"),)
        indexes = (models.Index(fields=("at",), name="idempotent_call_by_age"),)
