"""Make a macro, change it, take it away. Admins do; everybody may use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import models, transaction

from heard.events.publishing import publish
from heard.replies.macro_events import MacroChanged, MacroMade, MacroRemoved, about_macro
from heard.replies.models import Macro, SavedReply
from heard.replies.rights import stop_unless_admin
from heard.tickets.models import Resolution
from heard.workspaces.models import Agent, Team, Workspace

LONGEST_SNOOZE: Final = 24 * 365  # hours
LONGEST_NAME: Final = 80
LONGEST_TAG: Final = 40
MOST_TAGS: Final = 20
FIELDS: Final = (
    *("name", "key", "reply", "sends", "assignee", "assigns_me", "team", "tags", "snooze_hours"),
    *("resolution", "resolution_note"),
)


class BadMacro(Exception):
    """`field` names what cannot be, `code` says why: missing, taken, long, unknown, form, nothing, waits, why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What a macro does, in this order: reply, assign, tag, snooze, resolve."""

    name: str
    key: str = ""
    reply: SavedReply | None = None
    sends: bool = False
    assignee: Agent | None = None
    assigns_me: bool = False
    team: Team | None = None
    tags: Sequence[str] = ()
    snooze_hours: int | None = None
    resolution: str = ""
    resolution_note: str = ""


@transaction.atomic
def make_macro(workspace: Workspace, deeds: Deeds, *, by: Agent, now: datetime) -> Macro:
    """Raises ForAdmins or BadMacro."""
    stop_unless_admin(by)
    macro = Macro(workspace=workspace)
    _put(macro, deeds)
    macro.save(force_insert=True)
    publish(MacroMade(**about_macro(macro, by=by, now=now)))
    return macro


@transaction.atomic
def change_macro(macro: Macro, deeds: Deeds, *, by: Agent, now: datetime) -> None:
    """Raises ForAdmins or BadMacro."""
    stop_unless_admin(by)
    _put(macro, deeds)
    macro.save(update_fields=FIELDS)
    publish(MacroChanged(**about_macro(macro, by=by, now=now)))


@transaction.atomic
def remove_macro(macro: Macro, *, by: Agent, now: datetime) -> None:
    """Raises ForAdmins."""
    stop_unless_admin(by)
    event = MacroRemoved(**about_macro(macro, by=by, now=now))
    macro.delete()
    publish(event)


def _put(macro: Macro, deeds: Deeds) -> None:
    # Two admins at the same moment must not both find the name or the key free.
    Workspace.objects.select_for_update(no_key=True).get(pk=macro.workspace_id)
    macro.name, macro.key = _name(macro, deeds.name), _key(macro, deeds.key)
    for field in ("reply", "assignee", "team"):
        row = getattr(deeds, field)
        if row is not None and row.workspace_id != macro.workspace_id:
            raise BadMacro(field, "unknown")
        setattr(macro, field, row)
    macro.sends, macro.assigns_me = deeds.sends and deeds.reply is not None, deeds.assigns_me
    macro.tags = _tags(deeds.tags)
    macro.snooze_hours, macro.resolution = _snooze(deeds), _resolution(deeds)
    macro.resolution_note = deeds.resolution_note.strip()[:1000] if deeds.resolution else ""
    does = (macro.reply, macro.assignee, macro.assigns_me, macro.team, macro.tags, macro.snooze_hours)
    if not any(does) and not macro.resolution:
        raise BadMacro("name", "nothing")


def _name(macro: Macro, typed: str) -> str:
    name = " ".join(typed.replace("\x00", "").split())
    if not name:
        raise BadMacro("name", "missing")
    if len(name) > LONGEST_NAME:
        raise BadMacro("name", "long")
    if _others(macro).filter(name__iexact=name).exists():
        raise BadMacro("name", "taken")
    return name


def _key(macro: Macro, typed: str) -> str:
    key = typed.strip().lower()
    if key and (len(key) > 1 or not key.isalnum()):
        raise BadMacro("key", "form")
    if key and _others(macro).filter(key=key).exists():
        raise BadMacro("key", "taken")
    return key


def _others(macro: Macro) -> models.QuerySet[Macro]:
    return Macro.objects.filter(workspace=macro.workspace_id).exclude(pk=macro.pk)


def _tags(typed: Sequence[str]) -> list[str]:
    plain = [" ".join(tag.replace("\x00", "").split()).lower() for tag in typed]
    tags = list(dict.fromkeys(tag for tag in plain if tag))
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise BadMacro("tags", "long")
    return tags


def _snooze(deeds: Deeds) -> int | None:
    """Only what waits can be put off, and after a reply or a resolution nothing waits any more."""
    if not deeds.snooze_hours:
        return None
    if not 0 < deeds.snooze_hours <= LONGEST_SNOOZE:
        raise BadMacro("snooze_hours", "long")
    if deeds.reply is not None or deeds.resolution:
        raise BadMacro("snooze_hours", "waits")
    return deeds.snooze_hours


def _resolution(deeds: Deeds) -> str:
    if deeds.resolution and deeds.resolution not in Resolution.values:
        raise BadMacro("resolution", "unknown")
    if deeds.resolution not in ("", Resolution.SOLVED) and not deeds.resolution_note.strip():
        raise BadMacro("resolution_note", "why")
    return deeds.resolution
