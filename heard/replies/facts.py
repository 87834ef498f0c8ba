"""What a saved reply is apart from its words, as somebody wants it to be; checked and made plain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.conf import settings

from heard.replies.models import Folder, SavedReply, Situation
from heard.workspaces.models import Agent, Workspace

LONGEST_TITLE: Final = 120
LONGEST_TAG: Final = 40
MOST_TAGS: Final = 20
SHORTCUT: Final = re.compile(r"[\w][\w-]{0,39}")
LANGUAGES: Final[tuple[str, ...]] = tuple(code for code, _name in settings.LANGUAGES)


class BadFact(Exception):
    """`field` names what cannot be, `code` says why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`owner` is for admins to say; others own what they add."""

    titles: Mapping[str, str] = field(default_factory=dict)
    shortcut: str = ""
    folder: Folder | None = None
    situation: str = Situation.OTHER
    block: str = SavedReply.Block.WHOLE
    tags: Sequence[str] = ()
    source_language: str = "en"
    owner: Agent | None = None
    expires_on: date | None = None


def facts_of(reply: SavedReply) -> Facts:
    return Facts(
        titles=reply.titles,
        shortcut=reply.shortcut,
        folder=reply.folder,
        situation=reply.situation,
        block=reply.block,
        tags=reply.tags,
        source_language=reply.source_language,
        owner=reply.owner,
        expires_on=reply.expires_on,
    )


def checked(facts: Facts, workspace: Workspace) -> dict[str, Any]:
    """The fields of the row. Raises BadFact."""
    if facts.source_language not in LANGUAGES:
        raise BadFact("source_language", "unknown")
    if facts.situation not in Situation.values:
        raise BadFact("situation", "unknown")
    if facts.block not in SavedReply.Block.values:
        raise BadFact("block", "unknown")
    for name, row in (("folder", facts.folder), ("owner", facts.owner)):
        if row is not None and row.workspace_id != workspace.pk:
            raise BadFact(name, "unknown")
    return {
        "titles": _titles(facts.titles),
        "shortcut": _shortcut(facts.shortcut),
        "folder": facts.folder,
        "situation": facts.situation,
        "block": facts.block,
        "tags": _tags(facts.tags),
        "source_language": facts.source_language,
        "owner": facts.owner,
        "expires_on": facts.expires_on,
    }


def _titles(titles: Mapping[str, str]) -> dict[str, str]:
    plain = {language: " ".join(title.replace("\x00", "").split()) for language, title in titles.items()}
    if any(language not in LANGUAGES for language in plain):
        raise BadFact("titles", "unknown")
    if any(len(title) > LONGEST_TITLE for title in plain.values()):
        raise BadFact("titles", "long")
    kept = {language: plain[language] for language in LANGUAGES if plain.get(language)}
    if not kept:
        raise BadFact("titles", "missing")
    return kept


def _shortcut(typed: str) -> str:
    """With or without the stroke that it is called by."""
    plain = typed.strip().lstrip("/").lower()
    if plain and not SHORTCUT.fullmatch(plain):
        raise BadFact("shortcut", "form")
    return plain


def _tags(tags: Sequence[str]) -> list[str]:
    plain = [" ".join(tag.replace("\x00", "").replace(",", " ").split()).lower() for tag in tags]
    kept = list(dict.fromkeys(tag for tag in plain if tag))
    if len(kept) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in kept):
        raise BadFact("tags", "many")
    return kept
