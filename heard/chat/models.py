"""The windows on web sites, and the browsers in which somebody has opened one."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.workspaces.models import OfWorkspace, Workspace

COLOUR = "#1d6f78"


class Widget(models.Model):
    """How the window of one inbox looks, what it says and who may show it. Its key is the inbox's."""

    class Position(models.TextChoices):
        END = "end", _("At the end of the line: right, in Arabic left")
        START = "start", _("At its start: left, in Arabic right")

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, primary_key=True, related_name="widget")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    domains = ArrayField(models.CharField(max_length=260), default=list)  # origins, exactly
    colour = models.CharField(max_length=7, default=COLOUR)
    position = models.CharField(max_length=5, choices=Position.choices, default=Position.END)
    texts = models.JSONField(default=dict)  # language → name of the text → words that replace ours
    hours = models.JSONField(default=dict)  # weekday, 0 is Monday → [from, until]; empty: always
    names_shown = models.BooleanField(default=True)  # do visitors read the agents' first names?
    sealed_secrets = models.TextField(blank=True)  # of the site's signature, the newest first
    changed_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Widget"].as_manager()


class Visitor(models.Model):
    """One browser in which somebody has opened the window. The token itself is only there."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="visitors")
    token_hash = models.BinaryField(max_length=32, unique=True)
    # What the person is called; then what they were called in this browser before they were known.
    addresses = ArrayField(models.CharField(max_length=200))
    subject = models.CharField(max_length=120, blank=True)  # the site vouches for this number of theirs
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10, blank=True)
    page_url = models.CharField(max_length=2000, blank=True)
    page_title = models.CharField(max_length=300, blank=True)
    page_at = models.DateTimeField(null=True)
    online_until = models.DateTimeField(null=True)
    typing_until = models.DateTimeField(null=True)
    answering_until = models.DateTimeField(null=True)  # an agent types an answer
    answering_by = models.CharField(max_length=120, blank=True)
    spoke_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)  # somebody else uses this browser now

    objects = OfWorkspace["Visitor"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("inbox", "seen_at"), name="visitor_seen"),
            models.Index("inbox", models.F("addresses__0"), name="visitor_called"),
        )


class UsedIdentity(models.Model):
    """A signed identity is good for one browser: whoever copies it off a page gets nowhere."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE)
    jti = models.CharField(max_length=120)
    expires_at = models.DateTimeField()

    objects = OfWorkspace["UsedIdentity"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "jti", name="used_identity_once"),)


class VisitorFile(models.Model):
    """A file that a visitor handed over, before the line that it comes with."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)  # by a line

    objects = OfWorkspace["VisitorFile"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("at",), name="visitor_file_left", condition=Q(taken_at__isnull=True)),
        )
