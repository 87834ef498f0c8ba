"""Notes as the API shows them."""

from __future__ import annotations

from datetime import datetime

from typing_extensions import TypedDict

from heard.api.people import AgentName
from heard.tickets import models


class Note(TypedDict):
    id: int
    text: str
    agent: AgentName
    at: datetime


class Notes(TypedDict):
    items: list[Note]
    next: str | None


def note_shape(note: models.Note) -> Note:
    return {
        "id": note.pk,
        "text": note.text,
        "agent": {"id": note.agent_id, "name": note.agent.name},
        "at": note.at,
    }
