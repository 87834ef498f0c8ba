"""Words that stand in several places of the screen."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "comment": "message-square-text",
    "direct": "mail",
    "mention": "at-sign",
    "review": "star",
    "post": "megaphone",
    "email": "mailbox",
    "form": "clipboard-list",
    "chat": "message-circle",
    "call": "phone",
}
DISMISSALS = (
    _("Nothing was asked"),
    _("Talk among themselves"),
    _("Spam"),
    _("Somebody else answered well"),
)
