"""One saved reply as a file tells of it, whatever the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from heard.replies.models import SavedReply, Situation
from heard.replies.stale import Said
from heard.replies.ways import Way

MOST_BYTES: Final = 5 * 1024 * 1024
MOST_REPLIES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a person should know: `reason` is an English source text, and `params` go into its %(name)s."""

    line: int  # 0 where the file has no lines to count
    title: str
    reason: str
    params: Mapping[str, str | int] = field(default_factory=dict)


class Unreadable(Exception):
    """The file as a whole cannot be read."""

    def __init__(self, reason: str, line: int = 0, **params: str | int) -> None:
        super().__init__(reason % params)
        self.remark = Remark(line, "", reason, params)


@dataclass(frozen=True, slots=True)
class Actions:
    """What a macro of theirs does besides saying something."""

    name: str
    tags: Sequence[str] = ()
    assigns_me: bool = False
    solves: bool = False

    @property
    def are_any(self) -> bool:
        return bool(self.tags) or self.assigns_me or self.solves


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`texts` with their source texts where the file knows those; `lines` says where each stands."""

    line: int
    titles: Mapping[str, str]
    texts: Mapping[Way, Said]
    lines: Mapping[Way, int] = field(default_factory=dict)
    key: UUID | None = None
    version: int = 1
    shortcut: str = ""
    folder: Sequence[str] = ()
    situation: str = Situation.OTHER
    block: str = SavedReply.Block.WHOLE
    tags: Sequence[str] = ()
    source_language: str = "en"
    expires_on: date | None = None
    draft: bool = False
    knows_sources: bool = False
    actions: Actions | None = None

    @property
    def title(self) -> str:
        return self.titles.get(self.source_language) or next(iter(self.titles.values()), "")


@dataclass(slots=True)
class Reading:
    """`wrong` keeps the file from being brought in; `notes` tell what could not be taken along."""

    records: list[Record] = field(default_factory=list)
    wrong: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
