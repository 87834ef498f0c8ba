"""Files on their way into something that we say."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from heard.workspaces.models import Agent, OfWorkspace, Workspace

# A place that begins so belongs to something that is written and waits.
HELD = "held "


class UploadedFile(models.Model):
    """A file that an agent has handed over and nobody has sent yet."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    place = models.CharField(max_length=60, blank=True)  # what it is meant for; empty: nothing yet
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # names our copy
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["UploadedFile"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("agent", "place", "id"), name="upload_of_agent"),
            models.Index(fields=("at",), name="upload_by_age"),
        )

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")
