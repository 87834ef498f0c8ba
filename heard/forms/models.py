"""Forms that customers fill in: what is asked, in which words, and what was answered."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.products.models import Product
from heard.tickets.models import Message, Priority, Ticket
from heard.workspaces.models import OfWorkspace, Team, Workspace


def new_key() -> str:
    return secrets.token_hex(8)


class Form(models.Model):
    """One form, with an inbox of its own in which its submissions arrive."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    inbox = models.OneToOneField(Inbox, on_delete=models.PROTECT, related_name="form")
    name = models.CharField(max_length=120)  # among us; what customers read is in `FormText`
    key = models.CharField(max_length=32, unique=True, default=new_key)
    slug = models.SlugField(max_length=60, blank=True)  # a nicer address, where somebody gave one
    is_on = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en")  # where a text is missing in the reader's
    languages = ArrayField(models.CharField(max_length=10), default=list)
    allowed_domains = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    # Answers to what this form brings leave by this inbox, where the form gave an address.
    mailbox = models.ForeignKey(Inbox, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Form"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("slug",), condition=~Q(slug=""), name="form_slug_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """What stands in its address: `/f/<this>`."""
        return self.slug or self.key


class Field(models.Model):
    """One question of a form."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text in one line")
        LONG = "long", _("Longer text")
        ISSUE = "issue", _("What is wrong: your list of issues")
        PRODUCT = "product", _("Which product: your list of products")
        CHOICE = "choice", _("One of several")
        CHOICES = "choices", _("Several of several")
        DATE = "date", _("Date")
        NUMBER = "number", _("Number")
        EMAIL = "email", _("E-mail address")
        PHONE = "phone", _("Phone number")
        FILE = "file", _("Pictures and files")
        CONSENT = "consent", _("Consent")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="fields")
    key = models.CharField(max_length=40)  # names it in links and programs
    kind = models.CharField(max_length=10, choices=Kind.choices)
    required = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    options = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Asked only when another question was answered like this.
    shown_when = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="leads_to")
    shown_values = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    objects = OfWorkspace["Field"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("form", "key", name="field_key_once"),)
        indexes = (models.Index(fields=("form", "position", "id"), name="field_of_form"),)

    def __str__(self) -> str:
        return self.key


class IssueKind(models.Model):
    """What can be wrong, as customers would say it, and who looks after it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    key = models.CharField(max_length=60)
    asks_text = models.BooleanField(default=False)  # "something else": in the customer's own words
    pinned = models.BooleanField(default=False)  # stands first, however rare it is
    position = models.PositiveIntegerField(default=0)  # among those of the same frequency
    is_on = models.BooleanField(default=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    objects = OfWorkspace["IssueKind"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "key", name="issue_kind_once"),)

    def __str__(self) -> str:
        return self.key


class FormText(models.Model):
    """One text that customers read, in one language: of a form, of one of its questions, or of an issue."""

    class Part(models.TextChoices):
        TITLE = "title", _("Title")
        INTRO = "intro", _("Words before the questions")
        NEXT = "next", _("What happens next")
        LABEL = "label", _("Question")
        HINT = "hint", _("Hint")
        OPTION = "option", _("Answer to choose")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    form = models.ForeignKey(Form, on_delete=models.CASCADE, null=True, related_name="texts")
    field = models.ForeignKey(Field, on_delete=models.CASCADE, null=True, related_name="texts")
    issue = models.ForeignKey(IssueKind, on_delete=models.CASCADE, null=True, related_name="texts")
    part = models.CharField(max_length=10, choices=Part.choices)
    option = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    text = models.TextField()

    objects = OfWorkspace["FormText"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("form", "field", "issue", "part", "option", "language"),
                nulls_distinct=False,
                name="form_text_once",
            ),
        )


class Submission(models.Model):
    """One form that somebody filled in, as programs read it. Its message is made by the intake."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="submissions")
    key = models.UUIDField(unique=True, default=uuid.uuid4)  # the message's id at its "network"
    language = models.CharField(max_length=10)
    answers = models.JSONField(default=list)  # field, label, kind, answers, values of each
    address = models.CharField(max_length=200, blank=True)  # e-mail or phone: claimed, not proved
    by_mail = models.BooleanField(default=False)  # `address` is an e-mail address
    issue = models.ForeignKey(IssueKind, on_delete=models.SET_NULL, null=True, related_name="submissions")
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, related_name="submissions")
    invited = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, related_name="submissions")
    message = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, related_name="submission")
    at = models.DateTimeField()

    objects = OfWorkspace["Submission"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("issue", "at"), name="submission_by_issue"),)


class KeptUpload(models.Model):
    """A file that came with a form, before the form was complete. Nobody reads it from outside."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    form = models.ForeignKey(Form, on_delete=models.CASCADE)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, null=True, related_name="uploads")
    key = models.UUIDField(unique=True, default=uuid.uuid4)  # names our copy
    field_key = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    objects = OfWorkspace["KeptUpload"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("at",), name="upload_waiting", condition=Q(submission=None)),)
