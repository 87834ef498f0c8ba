"""What we are going to say to everybody, and what became of it at each network."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.tickets.models import Post
from heard.workspaces.models import Agent, OfWorkspace, Workspace


class PlannedPost(models.Model):
    """One thing to say, at one time, by some of our accounts."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AWAITING = "awaiting", _("Waits for approval")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHING = "publishing", _("Going out")
        PUBLISHED = "published", _("Published")
        FAILED = "failed", _("Not published")
        UNCONFIRMED = "unconfirmed", _("May have been published")
        CANCELLED = "cancelled", _("Cancelled")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    due_at = models.DateTimeField(null=True)  # empty: as soon as may be
    writer = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_back = models.CharField(max_length=500, blank=True)  # why it was not approved
    overridden = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["PlannedPost"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="plan_approval_is_whole",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            # The second pair of eyes is the database's to guard, too.
            models.CheckConstraint(
                name="plan_approved_by_another",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("changed_by")),
            ),
            models.CheckConstraint(
                name="plan_scheduled_has_time", condition=~Q(state="scheduled") | Q(due_at__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=("workspace", "due_at", "id"), name="plan_by_time"),
            models.Index(fields=("workspace", "state", "id"), name="plan_by_state"),
        )

    @property
    def is_open(self) -> bool:
        """May still be changed: nothing of it is on its way."""
        return self.state in OPEN


OPEN = (PlannedPost.State.DRAFT, PlannedPost.State.AWAITING, PlannedPost.State.SCHEDULED)


class Publication(models.Model):
    """A planned post at one of our accounts: one call to make, and what came of it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        QUEUED = "queued", _("Scheduled")
        SENDING = "sending", _("Going out")
        DONE = "done", _("Published")
        FAILED = "failed", _("Not published")
        UNCONFIRMED = "unconfirmed", _("May have been published")
        CANCELLED = "cancelled", _("Cancelled")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    plan = models.ForeignKey(PlannedPost, on_delete=models.CASCADE, related_name="publications")
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    own_text = models.TextField(blank=True)  # said here instead of the plan's text
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    token = models.UUIDField(default=uuid.uuid4, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # when the network was last asked whether it has it
    problem = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)
    published_at = models.DateTimeField(null=True)
    permalink = models.URLField(max_length=2000, blank=True)
    # The tickets' own row: comments on it arrive as tickets under it.
    post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="publications")

    objects = OfWorkspace["Publication"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("plan", "inbox", name="publication_once_an_inbox"),
            models.CheckConstraint(
                name="publication_queued_has_time", condition=~Q(state="queued") | Q(due_at__isnull=False)
            ),
        )
        indexes = (
            models.Index(
                fields=("inbox", "due_at", "id"), name="publication_due", condition=Q(state="queued")
            ),
            models.Index(fields=("claimed_at",), name="publication_claimed", condition=Q(state="sending")),
            models.Index(
                fields=("claimed_at",), name="publication_in_doubt", condition=Q(state="unconfirmed")
            ),
        )

    @property
    def text(self) -> str:
        return self.own_text or self.plan.text


class PlannedPicture(models.Model):
    """A picture that goes with a planned post, in the order of `position`."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    plan = models.ForeignKey(PlannedPost, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField()
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # names our copy
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=1000, blank=True)

    objects = OfWorkspace["PlannedPicture"].as_manager()

    class Meta:
        ordering = ("position", "id")
