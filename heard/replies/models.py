"""Ready answers: one object for one thing to say, with a variant for each way of saying it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.contacts.models import Formality
from heard.replies.visible import OfReply, Replies
from heard.tickets.models import Message, Resolution, Ticket
from heard.workspaces.models import Agent, OfWorkspace, Team, Workspace


class Situation(models.TextChoices):
    """What a reply is for. The groups of the library, in its order."""

    INFORMATION = "information", _("Information request")
    SERVICE = "service", _("Service request")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    PRAISE = "praise", _("Praise")
    GOOD_REVIEW = "good_review", _("Good review")
    COMPLAINT = "complaint", _("Complaint")
    BAD_REVIEW = "bad_review", _("Bad review")
    CLOSING = "closing", _("Closing")
    OUTAGE = "outage", _("Outage")
    PRIVACY = "privacy", _("Privacy")
    MODERATION = "moderation", _("Moderation")
    BOT = "bot", _("Bot")
    PROACTIVE = "proactive", _("Unasked help")
    PRE_SALE = "pre_sale", _("Before a sale")
    BOOKING = "booking", _("Booking")
    INCIDENT = "incident", _("Incident report")
    OTHER = "other", _("Other")


class Audience(models.TextChoices):
    """Who will read it, and where."""

    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Private message")
    EMAIL = "email", _("E-mail")


class Length(models.TextChoices):
    SHORT = "short", _("Short")
    NORMAL = "normal", _("Normal")
    LONG = "long", _("Long")


class Folder(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="folders")
    is_public = models.BooleanField(default=False, db_default=False)  # with all in it, on the public page

    objects = OfWorkspace["Folder"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "workspace", "parent", "name", name="reply_folder_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return self.name


class SavedReply(models.Model):
    """One thing to say. What it says stands in its variants; its own words are its titles, one a language."""

    class Block(models.TextChoices):
        """Which part of an answer it is; parts are put together at the cursor."""

        WHOLE = "whole", _("Whole answer")
        GREETING = "greeting", _("Greeting")
        ANSWER = "answer", _("Answer")
        CLOSING = "closing", _("Closing")

    class Approval(models.TextChoices):
        # Until it is approved, only its owner and admins see it.
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits for approval")
        APPROVED = "approved", _("Approved")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    # What files that are exported name it by, also in another workspace.
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    titles = models.JSONField(default=dict)  # language → title
    shortcut = models.CharField(max_length=40, blank=True)
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, related_name="replies")
    situation = models.CharField(max_length=20, choices=Situation.choices, default=Situation.OTHER)
    block = models.CharField(max_length=10, choices=Block.choices, default=Block.WHOLE)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    source_language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    owner = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="saved_replies")
    approval = models.CharField(max_length=10, choices=Approval.choices, default=Approval.APPROVED)
    approved_by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_back = models.CharField(max_length=500, blank=True, default="", db_default="")  # why not approved
    expires_on = models.DateField(null=True)  # the last day on which it is right
    starter = models.CharField(max_length=20, blank=True)  # its name in the library that Heard brings
    archived_at = models.DateTimeField(null=True)
    is_public = models.BooleanField(default=False, db_default=False)  # by itself, on the public page
    version = models.PositiveIntegerField(default=1)  # rises with every change of titles, variants or files
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = Replies["SavedReply"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace", "key"), name="saved_reply_key_once"),
            models.UniqueConstraint(
                fields=("workspace", "shortcut"),
                condition=~Q(shortcut="") & Q(archived_at=None),
                name="saved_reply_shortcut_once",
            ),
            models.UniqueConstraint(
                fields=("workspace", "starter"), condition=~Q(starter=""), name="saved_reply_starter_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("workspace", "id"), name="saved_reply_in_use", condition=Q(archived_at=None)
            ),
            GinIndex(fields=("tags",), name="saved_reply_tagged"),
        )

    def __str__(self) -> str:
        return self.title()

    def title(self, language: str = "") -> str:
        """In `language`, else in the language it was first written in, else in any."""
        return title_in(language, self.titles, self.source_language)


def title_in(language: str, titles: Mapping[str, str], source_language: str) -> str:
    """What `SavedReply.title` says, for who has read no more of the row than this."""
    first = next(iter(titles.values()), "")
    return titles.get(language) or titles.get(source_language) or first


class Variant(models.Model):
    """The same thing said in one language, to one kind of reader.

    `source_text` is what the source's variant of the same kind said when this one was last brought into
    step with it: where it says something else by now, this one is stale, and the difference is what changed.
    Empty on the source's own.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="variants")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    formality = models.CharField(max_length=10, choices=Formality.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    length = models.CharField(max_length=10, choices=Length.choices, default=Length.NORMAL)
    text = models.TextField()  # with placeholders, as `heard.placeholders` reads them
    source_text = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = OfReply["Variant"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "reply", "language", "formality", "audience", "length", name="variant_once"
            ),
        )


class ReplyChange(models.Model):
    """What an agent wants an approved reply to say. The reply goes on saying what was approved until an admin agrees."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITING = "waiting", _("Waits for approval")
        RETURNED = "returned", _("Sent back")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    reply = models.OneToOneField(SavedReply, on_delete=models.CASCADE, related_name="change")
    by = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    number = models.PositiveIntegerField(default=1)  # rises each time that it is written anew
    titles = models.JSONField()
    source_language = models.CharField(max_length=10)
    texts = models.JSONField()  # way → what is said anew; an empty one takes its variant away
    checked = ArrayField(models.CharField(max_length=60), default=list)  # ways found right as they stand
    uploads = ArrayField(models.BigIntegerField(), default=list)
    alts = models.JSONField(default=dict)  # file → what is to be seen on it
    left_out = ArrayField(models.BigIntegerField(), default=list)
    comment = models.CharField(max_length=500, blank=True)  # why it was sent back
    made_at = models.DateTimeField()

    objects = OfReply["ReplyChange"].as_manager()


class ReplyVersion(models.Model):
    """All words of a saved reply as they were from `at` on, so that any two versions can be compared."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    words = models.JSONField()  # titles, source language, every variant with its text, names of the files
    by = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = OfReply["ReplyVersion"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("reply", "number", name="reply_version_once"),)


class ReplyFile(models.Model):
    """A picture or file that goes with a saved reply. Each use gets an upload of its own from it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="files")
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # names our copy
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    alt = models.CharField(max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfReply["ReplyFile"].as_manager()


class ReplyUse(models.Model):
    """A saved reply was inserted into an answer, and how much of it was changed before it left."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    reply = models.ForeignKey(SavedReply, on_delete=models.CASCADE, related_name="uses")
    language = models.CharField(max_length=10)
    formality = models.CharField(max_length=10)
    audience = models.CharField(max_length=10)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()  # as it was inserted
    inserted_at = models.DateTimeField()
    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, related_name="+"
    )  # that it left in
    kept = models.FloatField(null=True)  # how much of the inserted text the message still says, 0 to 1

    objects = OfReply["ReplyUse"].as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("reply", "inserted_at"), name="reply_use_of_reply"),
            models.Index(fields=("ticket", "agent"), name="reply_use_open", condition=Q(message=None)),
        )


class Standing(models.Model):
    """What a workspace's replies say of it every time. Links by language; the one under "" is for all others."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE)
    languages = ArrayField(models.CharField(max_length=10), default=list)  # that it answers in
    contact_pages = models.JSONField(default=dict)
    faq_links = models.JSONField(default=dict)

    objects = OfWorkspace["Standing"].as_manager()


class Gallery(models.Model):
    """The public page of a workspace's saved replies."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, related_name="gallery")
    is_on = models.BooleanField(default=False)

    objects = OfWorkspace["Gallery"].as_manager()


class Macro(models.Model):
    """One key: a saved reply, and what is done with the ticket beside it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=1, blank=True)  # pressed after "m"
    reply = models.ForeignKey(SavedReply, on_delete=models.PROTECT, null=True, related_name="macros")
    sends = models.BooleanField(
        default=False
    )  # at once, if nothing is left to fill in and the gate is silent
    assignee = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    assigns_me = models.BooleanField(default=False)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, related_name="+")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    snooze_hours = models.PositiveIntegerField(null=True)
    resolution = models.CharField(max_length=20, choices=Resolution.choices, blank=True)
    resolution_note = models.TextField(blank=True)

    objects = OfWorkspace["Macro"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", "name", name="macro_name_once"),
            models.UniqueConstraint(fields=("workspace", "key"), condition=~Q(key=""), name="macro_key_once"),
        )

    def __str__(self) -> str:
        return self.name
