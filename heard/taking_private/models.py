"""Forms for what must not stand in a comment."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from heard.contacts.models import Identity
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent, OfWorkspace, Workspace


class SafeQuestion(models.TextChoices):
    """What a safe form may ask for."""

    ORDER_NUMBER = "order_number", _("Order number")
    NAME = "name", _("Name")
    ADDRESS = "address", _("Address")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Telephone number")
    DETAILS = "details", _("What happened, in more detail")


class SafeForm(models.Model):
    """A page that one account got the link of. It takes one answer."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="safe_forms")
    identity = models.ForeignKey(
        Identity, on_delete=models.CASCADE, related_name="+"
    )  # whom the link was for
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, related_name="+"
    )  # that brought it
    answer = models.OneToOneField(Message, on_delete=models.SET_NULL, null=True, related_name="safe_form")
    key_hash = models.CharField(max_length=64, unique=True)  # the key itself is in the link alone
    wants = ArrayField(models.CharField(max_length=20, choices=SafeQuestion.choices))
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = OfWorkspace["SafeForm"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("ticket", "at"), name="safe_form_of_ticket"),)
