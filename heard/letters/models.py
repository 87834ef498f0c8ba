"""How a letter looks: HTML that a stranger wrote, cleaned, for a frame of its own."""

from __future__ import annotations

from django.db import models

from heard.tickets.models import Message
from heard.workspaces.models import OfWorkspace, Workspace


class Letter(models.Model):
    """A row for every letter, also for one without HTML: then there is nothing more to clean.

    `policy` says by which rules it was cleaned; a row that is older than the rules is made anew.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="letter")
    html = models.TextField(blank=True)  # without pictures from elsewhere
    with_pictures = models.TextField(blank=True)  # empty where there are none
    blocked = models.PositiveIntegerField(default=0)
    policy = models.PositiveSmallIntegerField()

    objects = OfWorkspace["Letter"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("policy",), name="letter_of_old_policy"),)
