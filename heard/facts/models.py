"""What is true of the company today, written down once: a return period, a price, opening hours, a link."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from heard.workspaces.models import Agent, OfWorkspace, Workspace


class Fact(models.Model):
    """Saved replies name it by its key, as in {fact:return_period}, and say its value in their language."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=120)  # for colleagues
    values = models.JSONField(default=dict)  # by language; the one under "" is for all others
    owner = models.ForeignKey(Agent, on_delete=models.SET_NULL, null=True, related_name="+")
    review_on = models.DateField(null=True)  # the last day on which nobody has to look whether it is right
    note = models.CharField(max_length=500, blank=True)  # where it can be looked up
    former = models.JSONField(default=list)  # what it said before, the newest first
    changed_at = models.DateTimeField(default=timezone.now)  # its values

    objects = OfWorkspace["Fact"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint("workspace", "key", name="fact_key_once"),)

    def __str__(self) -> str:
        return self.name

    def value(self, language: str) -> str:
        """Empty where it says nothing in this language."""
        return str(self.values.get(language) or self.values.get("", ""))
