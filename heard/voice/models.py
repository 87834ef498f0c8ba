"""How a workspace wants to sound, and what it knows of the people whom it writes to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent, OfWorkspace, Workspace


class VoiceProfile(models.Model):
    """Empty fields say nothing: then a profile that is less exact is asked, field by field."""

    class Address(models.TextChoices):
        UNSAID = "", _("Nothing is said of it")
        CUSTOMER = "free", _("As the customer is addressed")
        FORMAL = "formal", _("Formal")
        INFORMAL = "informal", _("Informal")

    class Humour(models.TextChoices):
        UNSAID = "", _("Nothing is said of it")
        NEVER = "never", _("Never")
        COMPLAINTS = "complaints", _("Not in complaints")

    class Emoji(models.TextChoices):
        UNSAID = "", _("Nothing is said of it")
        NONE = "none", _("No emoji")
        FEW = "few", _("A few")
        FREE = "free", _("As many as you like")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    is_on = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True)  # empty: all
    channel = models.CharField(max_length=20, blank=True)  # empty: all
    inboxes = models.ManyToManyField(Inbox, blank=True)  # a brand's accounts; none: all
    address = models.CharField(max_length=10, choices=Address.choices, blank=True)
    humour = models.CharField(max_length=10, choices=Humour.choices, blank=True)
    emoji = models.CharField(max_length=10, choices=Emoji.choices, blank=True)
    most_emoji = models.PositiveSmallIntegerField(default=2)  # where they are few
    sentences = models.PositiveSmallIntegerField(null=True)
    characters = models.PositiveIntegerField(null=True)
    words = models.JSONField(default=list)  # text, instead and reason of each
    examples = models.JSONField(default=list)  # text and reason of each
    levels = models.JSONField(default=dict)  # rule → how much it weighs; without: a hint

    objects = OfWorkspace["VoiceProfile"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "name", name="voice_name_once"),)

    def __str__(self) -> str:
        return self.name


class MarketCard(models.Model):
    """What helps to write to people in one country, in the words of colleagues who know it."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    country = models.CharField(max_length=2)  # as ISO 3166 has it
    language = models.CharField(max_length=10, blank=True)  # whoever writes it is taken to be from there
    greeting = models.CharField(max_length=300, blank=True)
    directness = models.CharField(max_length=300, blank=True)
    formality = models.CharField(max_length=300, blank=True)
    taboos = models.CharField(max_length=300, blank=True)
    notes = models.CharField(max_length=1000, blank=True)
    holidays = models.JSONField(default=list)  # date and name of each, as known when it was written
    hidden_from = ArrayField(models.BigIntegerField(), default=list, blank=True)  # agents who need it no more

    objects = OfWorkspace["MarketCard"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint("workspace", "country", name="market_country_once"),
            models.UniqueConstraint(
                fields=("workspace", "language"), condition=~Q(language=""), name="market_language_once"
            ),
        )

    def __str__(self) -> str:
        return self.country

    def is_hidden_from(self, agent: Agent) -> bool:
        return agent.pk in self.hidden_from
