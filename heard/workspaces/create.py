"""A new workspace, and who works in it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from heard.accounts.models import User
from heard.workspaces.models import Agent, Workspace


def create_workspace(
    name: str, *, slug: str, now: datetime, language: str = "en", time_zone: str = "UTC"
) -> Workspace:
    with transaction.atomic(), connection.cursor() as cursor:
        workspace = Workspace.objects.create(
            name=name, slug=slug, language=language, time_zone=time_zone, created_at=now
        )
        # A sequence takes no lock that is held until commit: inboxes are taken in side by side.
        cursor.execute(f"CREATE SEQUENCE {number_sequence(workspace.pk)} START 1001")
    return workspace


def add_agent(workspace: Workspace, user: User, *, name: str, role: Agent.Role = Agent.Role.AGENT) -> Agent:
    return Agent.objects.create(workspace=workspace, user=user, name=name, role=role)


def number_sequence(workspace_id: int) -> str:
    return f"ticket_number_{workspace_id:d}"


def take_numbers(workspace_id: int, *, count: int) -> list[int]:
    """Rising ticket numbers. A number taken and not used is a gap, never a repeat."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)", [number_sequence(workspace_id), count]
        )
        return sorted(row[0] for row in cursor.fetchall())
