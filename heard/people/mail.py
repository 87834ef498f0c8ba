"""Mails to colleagues who wish to have them. Nothing in them is a secret: they name what waits, and link to it."""

from __future__ import annotations

from django.core.mail import EmailMessage

from heard.env import env
from heard.workspaces.models import Agent


def wishes(agent: Agent, what: Agent.Mailed) -> bool:
    """Whoever left, or has no mail server, gets none."""
    return bool(env().mail_url and agent.is_active and agent.user.is_active and what in agent.mailed)


def mail(agent: Agent, *, subject: str, text: str) -> None:
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    EmailMessage(subject, text, to=[agent.user.email], headers=headers).send()
