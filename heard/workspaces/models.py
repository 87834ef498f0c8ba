"""One company or brand on this installation, and the people who work in it."""

from __future__ import annotations

import secrets
from collections.abc import Hashable
from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import User


def new_check_key() -> str:
    return secrets.token_hex(16)


class Workspace(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    number_prefix = models.CharField(max_length=6, default="HRD")
    check_key = models.CharField(max_length=32, default=new_check_key)
    reopen_within_hours = models.PositiveIntegerField(default=72)
    undo_seconds = models.PositiveIntegerField(default=5)
    posts_need_approval = models.BooleanField(default=False, db_default=False)  # by a second person
    replies_need_approval = models.BooleanField(
        default=False, db_default=False
    )  # agents' saved ones, by an admin
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


M = TypeVar("M", bound=models.Model)


class OfWorkspace(models.QuerySet[M]):
    """Every read starts from who asks. Rows of another workspace do not exist for them.

    What is asked here of an agent stands in `Agent.sight` too.
    """

    def visible_to(self, agent: Agent) -> Self:
        return self.filter(workspace_id=agent.workspace_id)


class Agent(models.Model):
    """A user at work in one workspace."""

    class Role(models.TextChoices):
        ADMIN = "admin"
        AGENT = "agent"

    class Gender(models.TextChoices):
        """For languages whose verbs say it."""

        UNSAID = "", _("Not said")
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")

    class Mailed(models.TextChoices):
        """What somebody may wish to be told by mail, too."""

        CALLS = "calls", _("Calls that I promised")
        ISSUES = "issues", _("Once a week: what customers often wrote under “something else”")

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AGENT)
    is_active = models.BooleanField(default=True)
    may_override = models.BooleanField(default=False, db_default=False)  # where only some may: see Wording
    sends = models.BooleanField(default=True, db_default=True)  # without it: writes, and a colleague approves
    alias = models.CharField(max_length=120, blank=True, default="", db_default="")  # for customers to see
    initials = models.CharField(max_length=6, blank=True, default="", db_default="")
    gender = models.CharField(max_length=6, choices=Gender.choices, blank=True, default="", db_default="")
    mailed = ArrayField(
        models.CharField(max_length=10, choices=Mailed.choices), default=list, blank=True, db_default=[]
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Agent"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "user", name="agent_once_a_workspace"),)

    def __str__(self) -> str:
        return self.name

    @property
    def shown_as(self) -> str:
        """What customers call them."""
        return self.alias or self.name

    @property
    def is_admin(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def sight(self) -> Hashable:
        """Agents of the same sight see the same rows, so one reading may serve them all."""
        return self.workspace_id


class Team(models.Model):
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    members = models.ManyToManyField(Agent)

    objects = OfWorkspace["Team"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "name", name="team_name_once"),)

    def __str__(self) -> str:
        return self.name


class OpeningSpan(models.Model):
    """A stretch of a weekday in which somebody is there, in minutes of the workspace's clock."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="opening_spans")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()  # 1440: the midnight after it

    objects = OfWorkspace["OpeningSpan"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="opening_span_within_a_day",
                condition=Q(weekday__lte=6, closes__lte=1440, closes__gt=F("opens")),
            ),
        )


class ClosedDay(models.Model):
    """A date on which nobody is there, whatever weekday it is."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="closed_days")
    year = models.PositiveSmallIntegerField(null=True)  # empty: every year
    month = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80, blank=True)
    # Of which country it is a public holiday: those are written anew by `holidays`. Empty: our own date.
    country = models.CharField(max_length=2, blank=True, default="", db_default="")

    objects = OfWorkspace["ClosedDay"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "workspace", "year", "month", "day", name="closed_day_once", nulls_distinct=False
            ),
        )


class HolidayCountry(models.Model):
    """A country whose public holidays are days off here, but for some."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="holiday_countries")
    country = models.CharField(max_length=2)  # as ISO 3166 has it
    region = models.CharField(max_length=20, blank=True, default="", db_default="")  # and its parts
    off = ArrayField(models.CharField(max_length=200), default=list, blank=True)  # on which we work

    objects = OfWorkspace["HolidayCountry"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "country", name="holiday_country_once"),)


class Wording(models.Model):
    """What answers are checked for here. Without a row: as Heard brings it."""

    class Overriding(models.TextChoices):
        """Who may send what a check stops."""

        EVERYBODY = "everybody", _("Everybody")
        CHOSEN = "chosen", _("Admins, and agents who were given the right")
        ADMINS = "admins", _("Only admins")

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True)
    # As they were typed: examples with wildcards, or expressions between slashes.
    order_numbers = ArrayField(models.CharField(max_length=80), default=list)
    vouchers = ArrayField(models.CharField(max_length=80), default=list)
    phrases = models.JSONField(default=list)  # text, instead, reason, language and forbidden of each
    ours = ArrayField(models.CharField(max_length=300), default=list)  # shown to everybody on purpose
    words = ArrayField(models.CharField(max_length=60), default=list)  # no dictionary has them
    complaint_tags = ArrayField(models.CharField(max_length=40), default=list)
    levels = models.JSONField(default=dict)  # check → how much it weighs here
    overriding = models.CharField(max_length=10, choices=Overriding.choices, default=Overriding.EVERYBODY)

    objects = OfWorkspace["Wording"].as_manager()


class ApiToken(models.Model):
    """What a program shows to act as an agent. Only its hash is stored."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = OfWorkspace["ApiToken"].as_manager()
