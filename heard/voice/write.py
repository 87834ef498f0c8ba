"""Write down how a brand sounds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from heard.channels.registry import CHANNELS
from heard.checks.levels import Level
from heard.checks.phrase import Phrase
from heard.checks.wanted_voice import RULES
from heard.events.publishing import publish
from heard.inboxes.models import Inbox
from heard.voice.events import VoiceRemoved, VoiceWritten
from heard.voice.models import VoiceProfile
from heard.workspaces.models import Agent, Workspace

MOST: Final = 200
MOST_WORDS: Final = 300
MOST_EXAMPLES: Final = 30
LONGEST: Final = {"name": 60, "words": 200, "examples": 2_000}
LARGEST: Final = {"most_emoji": 50, "sentences": 200, "characters": 100_000}
LEVELS: Final = (Level.HINT, Level.WARN, Level.STOP, Level.NEVER)


class BadVoice(Exception):
    """`field` cannot be like this, and `code` says why: missing, taken, unknown, long, many or number."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


class ForAdmins(Exception):
    """Agents follow a voice and do not set it."""


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedVoice:
    """One profile as somebody wants it to be."""

    name: str
    is_on: bool = True
    language: str = ""
    channel: str = ""
    inboxes: Collection[int] = ()
    address: str = ""
    humour: str = ""
    emoji: str = ""
    most_emoji: int = 2
    sentences: int | None = None
    characters: int | None = None
    words: Sequence[Phrase] = ()
    examples: Sequence[Example] = ()
    levels: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def write_voice(
    profile: VoiceProfile | None, wanted: WantedVoice, *, by: Agent, now: datetime
) -> VoiceProfile:
    """None: a new one. Raises ForAdmins or BadVoice."""
    if not by.is_admin:
        raise ForAdmins
    Workspace.objects.select_for_update(no_key=True).get(pk=by.workspace_id)
    fields = _checked(wanted)
    inboxes = list(Inbox.objects.visible_to(by).filter(pk__in=wanted.inboxes))
    others = VoiceProfile.objects.visible_to(by).exclude(pk=profile.pk if profile else 0)
    if len(inboxes) != len(set(wanted.inboxes)):
        raise BadVoice("inboxes", "unknown")
    if others.filter(name__iexact=fields["name"]).exists():
        raise BadVoice("name", "taken")
    if profile is None and others.count() >= MOST:
        raise BadVoice("name", "many")
    row = profile or VoiceProfile(workspace_id=by.workspace_id)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    row.inboxes.set(inboxes)
    publish(VoiceWritten(**_about(row, by=by, now=now), is_on=row.is_on))
    return row


@transaction.atomic
def remove_voice(profile: VoiceProfile, *, by: Agent, now: datetime) -> None:
    """Raises ForAdmins."""
    if not by.is_admin:
        raise ForAdmins
    publish(VoiceRemoved(**_about(profile, by=by, now=now)))
    profile.delete()


def _about(row: VoiceProfile, *, by: Agent, now: datetime) -> dict[str, Any]:
    return {
        "workspace_id": row.workspace_id,
        "at": now,
        "by_id": by.pk,
        "profile_id": row.pk,
        "name": row.name,
    }


def _checked(wanted: WantedVoice) -> dict[str, Any]:
    """The fields of the row. Raises BadVoice."""
    choices: dict[str, Collection[str]] = {
        "language": ("", *dict(settings.LANGUAGES)),
        "channel": ("", *CHANNELS),
        "address": VoiceProfile.Address.values,
        "humour": VoiceProfile.Humour.values,
        "emoji": VoiceProfile.Emoji.values,
    }
    fields: dict[str, Any] = {name: getattr(wanted, name) for name in (*choices, *LARGEST)}
    for name, known in choices.items():
        if fields[name] not in known:
            raise BadVoice(name, "unknown")
    for name, largest in LARGEST.items():
        if fields[name] is not None and not 1 <= fields[name] <= largest:
            raise BadVoice(name, "number")
    return fields | {
        "name": _name(wanted.name),
        "is_on": wanted.is_on,
        "words": _words(wanted.words),
        "examples": _examples(wanted.examples),
        "levels": _levels(wanted.levels),
    }


def _name(typed: str) -> str:
    name = " ".join(typed.replace("\x00", "").split())
    if not name or len(name) > LONGEST["name"]:
        raise BadVoice("name", "long" if name else "missing")
    return name


def _words(words: Sequence[Phrase]) -> list[dict[str, str]]:
    if len(words) > MOST_WORDS:
        raise BadVoice("words", "many")
    for one in words:
        if max(len(one.text), len(one.instead), len(one.reason)) > LONGEST["words"]:
            raise BadVoice("words", "long")
        if sum(map(str.isalnum, one.text)) < 2:
            raise BadVoice("words", "missing")
    return [asdict(one) for one in dict.fromkeys(words)]


def _examples(examples: Sequence[Example]) -> list[dict[str, str]]:
    if len(examples) > MOST_EXAMPLES:
        raise BadVoice("examples", "many")
    if any(max(len(one.text), len(one.reason)) > LONGEST["examples"] for one in examples):
        raise BadVoice("examples", "long")
    return [asdict(one) for one in examples if one.text]


def _levels(levels: Mapping[str, str]) -> dict[str, str]:
    for rule, level in levels.items():
        if rule not in RULES or level not in ("", *LEVELS):
            raise BadVoice("levels", "unknown")
    return {rule: str(level) for rule, level in levels.items() if level and level != Level.HINT}
