"""Connected accounts of the networks, their credentials and how they fare."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone

from heard.channels.contract import Abilities
from heard.channels.registry import channel
from heard.workspaces.models import OfWorkspace, Team, Workspace


def new_key() -> str:
    return secrets.token_urlsafe(12)


class Inbox(models.Model):
    """One connected account of a channel: a page, an account, a mailbox."""

    class State(models.TextChoices):
        CONNECTED = "connected"
        RECONNECT = "reconnect"  # the network refuses our credentials: takes in, sends nothing
        DISCONNECTED = "disconnected"  # by an admin: credentials destroyed, tickets kept

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=40, unique=True, default=new_key)  # in the hook's address
    colour = models.CharField(max_length=7, default="#2a7f86")
    language = models.CharField(max_length=10, blank=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    picture_url = models.URLField(max_length=2000, blank=True)
    extended_window = models.BooleanField(default=False)  # the network approved the longer window for people
    plan = models.CharField(max_length=40, blank=True, default="", db_default="")  # as `Account.plan` says
    sign_public = models.CharField(max_length=200, blank=True, default="", db_default="")
    sign_private = models.CharField(max_length=500, blank=True, default="", db_default="")
    sign_mail = models.TextField(blank=True, default="", db_default="")
    monthly_cap = models.DecimalField(max_digits=10, decimal_places=2, null=True)  # US dollars; empty: none
    state = models.CharField(max_length=20, choices=State.choices, default=State.CONNECTED)
    state_reason = models.TextField(blank=True)
    state_since = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Inbox"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "channel", "account", name="inbox_account_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def abilities(self) -> Abilities:
        """What can be done through this very account. Ask here, never the channel."""
        return channel(self.channel).abilities_for(self.plan)


class InboxSecret(models.Model):
    """The credentials, encrypted. A table of its own, so that no list of inboxes ever carries them."""

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, primary_key=True, related_name="secret")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    def __repr__(self) -> str:
        return "InboxSecret(***)"


class InboxTemplate(models.Model):
    """A text that the network approved for this account, as it was when we last asked."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(max_length=512)
    language = models.CharField(max_length=20)
    text = models.TextField()  # with {{1}}, {{2}} … where the blanks are
    category = models.CharField(max_length=40, blank=True)
    blanks = models.JSONField(default=list)  # name, example, place of each
    seen_at = models.DateTimeField()

    objects = OfWorkspace["InboxTemplate"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "name", "language", name="inbox_template_once"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class InboxHealth(models.Model):
    """What the health page shows. Apart from the inbox, because it is written all the time."""

    inbox = models.OneToOneField(Inbox, on_delete=models.CASCADE, primary_key=True, related_name="health")
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    last_call_at = models.DateTimeField(null=True)
    last_sent_at = models.DateTimeField(null=True)
    bad_signatures = models.BigIntegerField(default=0)
    last_bad_signature_at = models.DateTimeField(null=True)
    refused_calls = models.BigIntegerField(default=0)  # too large, not readable as a call
    last_refused_at = models.DateTimeField(null=True)
    last_refused_reason = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True)
    check_problem = models.TextField(blank=True)
    expires_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)
    renew_after = models.DateTimeField(null=True)  # not before: the network asked for patience
    renew_problem = models.TextField(blank=True, default="", db_default="")
    subscribed = models.BooleanField(null=True)
    mended_at = models.DateTimeField(null=True)  # when it had stopped calling us and was asked to again
    scopes = models.JSONField(null=True)


class Spending(models.Model):
    """What one inbox cost at its network in one month, by what was done. US dollars, UTC months."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="spendings")
    month = models.DateField()  # its first day
    what = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)
    amount = models.DecimalField(max_digits=12, decimal_places=4, default=0)

    objects = OfWorkspace["Spending"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "month", "what", name="spending_once"),)
