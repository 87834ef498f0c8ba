"""What is asked: the workspace's own words, else ours, in a language that the customer reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from heard.events.publishing import publish
from heard.following_up.events import FollowUpTextChanged
from heard.following_up.models import FollowUpText, Kind
from heard.following_up.saved import saved_words
from heard.tickets.models import Message, Ticket
from heard.tickets.numbers import public_number
from heard.workspaces.models import Agent, Workspace

LONGEST_TEXT: Final = 2_000
NUMBER: Final = "{{number}}"
_BRACES: Final = re.compile(r"\{\{.*?\}\}", re.DOTALL)


class BadText(Exception):
    """Too long, or with a placeholder that does not exist."""


def words_for(ticket: Ticket, kind: str, to: Message, *, now: datetime) -> tuple[str, str]:
    """The text and, for letters, its subject. `to` is what it is about."""
    saved = saved_words(ticket, kind, to, now=now)
    language, text = saved or _text(ticket.workspace, _languages(ticket), kind)
    number = public_number(ticket.workspace, ticket.number)
    with translation.override(language):
        subject = _("About your message {number}").format(number=number)
    return text.replace(NUMBER, number), subject


def shipped(language: str) -> dict[str, str]:
    """By kind. No name in them: nobody could say whether it is bent rightly."""
    with translation.override(language):
        return {
            Kind.ASK.value: _(
                "Hello,\n\nsome days ago we dealt with your message {{number}}. Is everything solved? "
                "If something is still open, just answer here and we take it up again."
            ),
            Kind.REMIND.value: _(
                "Hello,\n\nwe have answered your message {{number}} and have not heard from you since. "
                "Do you still need something from us? Just answer here."
            ),
            Kind.CLOSE.value: _(
                "Hello,\n\nwe have not heard from you, so we take your message {{number}} as settled. "
                "If something is still open, just answer here at any time and we take it up again."
            ),
        }


@transaction.atomic
def change_texts(
    workspace: Workspace, *, language: str, texts: dict[str, str], by: Agent, now: datetime
) -> None:
    """By kind; an empty one is ours again. Raises BadText."""
    texts = {kind.value: texts.get(kind.value, "").strip() for kind in Kind}
    if any(unknown(text) or len(text) > LONGEST_TEXT for text in texts.values()):
        raise BadText
    FollowUpText.objects.update_or_create(workspace=workspace, language=language, defaults=texts)
    publish(FollowUpTextChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, language=language))


def unknown(text: str) -> list[str]:
    """Placeholders that do not exist, as they were written."""
    return [found for found in _BRACES.findall(text) if found != NUMBER]


def _text(workspace: Workspace, languages: Sequence[str], kind: str) -> tuple[str, str]:
    """In the first language that anybody has written it in."""
    own = {row.language: getattr(row, kind) for row in FollowUpText.objects.filter(workspace=workspace)}
    ours = dict(settings.LANGUAGES)
    language = next((one for one in languages if own.get(one) or one in ours), "en")
    return language, own.get(language) or shipped(language)[kind]


def _languages(ticket: Ticket) -> list[str]:
    """The likeliest first."""
    known = (ticket.language, ticket.inbox.language, ticket.workspace.language, settings.LANGUAGE_CODE)
    return list(dict.fromkeys(language for language in known if language))
