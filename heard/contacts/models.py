"""The people who write, and their addresses."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils import timezone

from heard.inboxes.models import Inbox
from heard.workspaces.models import OfWorkspace, Workspace


class Contact(models.Model):
    """One person, however many addresses they write from."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Contact"].as_manager()

    class Meta:
        indexes = (GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="contact_name_trigrams"),)

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """One address of a person on one connected account: networks give people a number per page."""

    class Profile(models.TextChoices):
        WANTED = "wanted"
        KNOWN = "known"
        REFUSED = "refused"  # the network will not tell

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE)
    address = models.CharField(max_length=200)
    # Further addresses that the network knows the same person by: a number beside an id.
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True, db_default=[])
    name = models.CharField(max_length=200, blank=True)
    handle = models.CharField(max_length=200, blank=True)
    picture_url = models.URLField(max_length=2000, blank=True)
    picture = models.CharField(max_length=64, blank=True)  # key of our own copy: the network's expires
    profile = models.CharField(max_length=10, choices=Profile.choices, default=Profile.KNOWN)
    profile_tries = models.PositiveSmallIntegerField(default=0)
    last_wrote_at = models.DateTimeField(null=True)  # opens the network's reply window
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfWorkspace["Identity"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("inbox", "address", name="identity_once"),)
        indexes = (
            models.Index(
                fields=("inbox", "id"), name="identity_profile_wanted", condition=models.Q(profile="wanted")
            ),
            # Few networks have them: whoever has none costs nothing here.
            GinIndex(fields=("aliases",), name="identity_aliases", condition=~models.Q(aliases=[])),
        )

    def __str__(self) -> str:
        return self.name or self.handle or self.address
