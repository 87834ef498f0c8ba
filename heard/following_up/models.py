"""When Heard asks again by itself, in which words, and for which tickets it has."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.replies.models import SavedReply
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent, OfWorkspace, Workspace


class Kind(models.TextChoices):
    ASK = "ask", _("Is it solved?")
    REMIND = "remind", _("Reminder")
    CLOSE = "close", _("Closing")


class FollowUpRule(models.Model):
    """Days until each; empty: never. A row without an inbox is for all that have none of their own."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, null=True)
    ask_after = models.PositiveSmallIntegerField(null=True)  # after resolving
    remind_after = models.PositiveSmallIntegerField(null=True)  # of silence after our answer
    close_after = models.PositiveSmallIntegerField(null=True)  # of silence after the reminder

    objects = OfWorkspace["FollowUpRule"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", "inbox", name="follow_up_rule_once", nulls_distinct=False),
        )


class FollowUpText(models.Model):
    """A workspace's own words in one language. An empty one is ours."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    language = models.CharField(max_length=10)
    ask = models.TextField(blank=True)
    remind = models.TextField(blank=True)
    close = models.TextField(blank=True)

    objects = OfWorkspace["FollowUpText"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "language", name="follow_up_text_once"),)


class FollowUpReply(models.Model):
    """A saved reply that says it instead of the words above."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="+")

    objects = OfWorkspace["FollowUpReply"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "kind", name="follow_up_reply_once"),)


class FollowUp(models.Model):
    """One alarm of a ticket, and what came of it when it rang."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        DROPPED = "dropped"  # somebody wrote, or nothing automatic may be said

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="follow_ups")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # The last word of the customer. While it is the last, they are asked each question once.
    after = models.BigIntegerField()
    due_at = models.DateTimeField()
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OfWorkspace["FollowUp"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "kind"), condition=Q(state="waiting"), name="follow_up_waits_once"
            ),
            models.UniqueConstraint(
                fields=("ticket", "kind", "after"), condition=Q(state="done"), name="follow_up_said_once"
            ),
        )
        indexes = (models.Index(fields=("due_at", "id"), name="follow_up_due", condition=Q(state="waiting")),)


class LeftAlone(models.Model):
    """A ticket in which Heard asks nothing by itself: an agent's word."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="left_alone"
    )
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    by = models.ForeignKey(Agent, on_delete=models.PROTECT)
    at = models.DateTimeField()

    objects = OfWorkspace["LeftAlone"].as_manager()
