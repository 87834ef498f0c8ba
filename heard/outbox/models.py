"""What is on its way to a network."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from heard.inboxes.models import Inbox
from heard.tickets.models import Message
from heard.workspaces.models import OfWorkspace, Workspace


class Dispatch(models.Model):
    """One call to make at a network, and what became of it."""

    class Action(models.TextChoices):
        SEND = "send"
        LIKE = "like"
        UNLIKE = "unlike"
        HIDE = "hide"
        UNHIDE = "unhide"
        REPOST = "repost"
        UNREPOST = "unrepost"
        DELETE = "delete"
        COPY = "copy"  # of a letter that the others have

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        DONE = "done"
        FAILED = "failed"
        UNCONFIRMED = "unconfirmed"
        CANCELLED = "cancelled"

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="dispatches")
    action = models.CharField(max_length=10, choices=Action.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=30, blank=True)
    reason = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Dispatch"].as_manager()

    class Meta:
        constraints = (
            # Two sends of one message can never be under way together.
            models.UniqueConstraint(
                fields=("message",),
                condition=Q(action="send", state__in=("queued", "sending")),
                name="dispatch_one_send",
            ),
        )
        indexes = (
            models.Index(fields=("inbox", "due_at", "id"), name="dispatch_due", condition=Q(state="queued")),
            models.Index(
                fields=("inbox", "claimed_at"), name="dispatch_claimed", condition=Q(state="sending")
            ),
            models.Index(
                fields=("inbox", "id"), name="dispatch_unconfirmed", condition=Q(state="unconfirmed")
            ),
        )
