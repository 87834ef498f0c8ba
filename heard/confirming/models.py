"""Which tickets are confirmed, with which words, and who may see how theirs stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from heard.inboxes.models import Inbox
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import OfWorkspace, Workspace


class ConfirmingGoal(models.Model):
    """What a workspace promises where too little is known to measure it."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True)
    minutes = models.PositiveIntegerField(null=True)  # of opening hours; empty: no promise

    objects = OfWorkspace["ConfirmingGoal"].as_manager()


class ConfirmingInbox(models.Model):
    """An admin's word whether an inbox confirms. Without one its abilities decide."""

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, primary_key=True)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    on = models.BooleanField()

    objects = OfWorkspace["ConfirmingInbox"].as_manager()


class ConfirmingText(models.Model):
    """A workspace's own words in one language. An empty one is ours."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    language = models.CharField(max_length=10)
    within = models.TextField(blank=True)  # while somebody is there
    outside = models.TextField(blank=True)

    objects = OfWorkspace["ConfirmingText"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "language", name="confirming_text_once"),)


class Confirmation(models.Model):
    """One a ticket, whatever happens: the row is made with the ticket, the message follows or does not."""

    class State(models.TextChoices):
        DUE = "due"
        SENT = "sent"
        SKIPPED = "skipped"  # somebody answered before, or nothing automatic may be said

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="confirmation")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    expected_at = models.DateTimeField(null=True)  # what the customer was told
    made_at = models.DateTimeField()

    objects = OfWorkspace["Confirmation"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("id",), name="confirmation_due", condition=Q(state="due")),)


class StatusPass(models.Model):
    """Opens one ticket's page once. Sent to an address of its contact; only its hash is kept."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = OfWorkspace["StatusPass"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("ticket", "made_at"), name="status_pass_of_ticket"),)


class Attempt(models.Model):
    """Somebody without a name asked for something on a public page. Counted for a minute, then forgotten.

    No workspace: whether the number that they named exists in one is what they may not learn.
    """

    about = models.CharField(max_length=64)  # hash of who asks, or of what for
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("about", "at"), name="attempt_about"),)
