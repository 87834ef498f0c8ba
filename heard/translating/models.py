"""Who translates for a workspace, which words stay as they are, and what was translated."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.tickets.models import Draft, Message, Ticket
from heard.workspaces.models import Agent, OfWorkspace, Workspace


class Translator(models.Model):
    """What an admin set up. Without this row, or with it switched off, nothing leaves the server."""

    class Provider(models.TextChoices):
        LIBRETRANSLATE = "libretranslate", _("LibreTranslate, or a server that speaks like it")
        DEEPL = "deepl", _("DeepL")

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True)
    provider = models.CharField(max_length=20, choices=Provider.choices)
    base_url = models.URLField(max_length=500, blank=True)  # empty: DeepL's own
    sealed_key = models.TextField(blank=True)
    monthly_cap = models.PositiveIntegerField(null=True)  # characters; empty: none of ours
    problem = models.CharField(max_length=40, blank=True)  # of the last call, as `TROUBLES` has it
    problem_detail = models.CharField(max_length=300, blank=True)
    problem_at = models.DateTimeField(null=True)
    worked_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = OfWorkspace["Translator"].as_manager()

    def __repr__(self) -> str:
        return "Translator(***)"


class TranslatedCharacters(models.Model):
    """How much was translated in one month, as providers count: characters of the source. UTC months."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    month = models.DateField()  # its first day
    provider = models.CharField(max_length=20)
    characters = models.PositiveBigIntegerField(default=0)

    objects = OfWorkspace["TranslatedCharacters"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", "month", "provider", name="translated_characters_once"),
        )


class Term(models.Model):
    """A word that stays as it is, or that is always translated in the same way."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    text = models.CharField(max_length=100)
    source = models.CharField(max_length=10, blank=True)  # empty: in every language
    target = models.CharField(max_length=10, blank=True)  # empty: into every language
    translation = models.CharField(max_length=100, blank=True)  # empty: it stays

    objects = OfWorkspace["Term"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "text", "source", "target", name="term_once"),)

    def __str__(self) -> str:
        return self.text


class Translation(models.Model):
    """What a message says in another language. Made anew after the message was edited."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    provider = models.CharField(max_length=20)
    source = models.CharField(max_length=10, blank=True)  # as the provider recognised it
    text = models.TextField()
    at = models.DateTimeField()

    objects = OfWorkspace["Translation"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("message", "language", "provider", name="translation_once"),)


class Reader(models.Model):
    """An agent who reads this ticket in a language of theirs: whatever comes is translated into it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="readers")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    problem = models.CharField(max_length=40, blank=True)  # why the last attempt came to nothing
    since = models.DateTimeField()

    objects = OfWorkspace["Reader"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("ticket", "agent", name="reader_once"),)


class Original(models.Model):
    """What an agent wrote before it was translated. Kept with the message that the translation became."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="originals")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Draft.Mode.choices)
    language = models.CharField(max_length=10)
    text = models.TextField()
    into = models.CharField(max_length=10)
    translated = models.TextField()  # as the provider gave it; the agent may have changed it since
    provider = models.CharField(max_length=20)
    at = models.DateTimeField()
    message = models.OneToOneField(Message, on_delete=models.CASCADE, null=True, related_name="original")

    objects = OfWorkspace["Original"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("ticket", "agent", "mode"), condition=Q(message=None), name="original_of_draft_once"
            ),
        )
