"""What was typed into the form of a saved reply, as it was typed, and what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.http import QueryDict

from heard.replies.facts import LANGUAGES, Facts
from heard.replies.models import Folder, SavedReply, Situation
from heard.replies.propose import change_seen_by, facts_for, texts_in
from heard.replies.ways import BadWay, Way, way_named
from heard.web.replies.found import id_asked
from heard.workspaces.models import Agent


@dataclass(frozen=True)
class Added:
    """One more way of saying it, in the language of its panel."""

    text: str = ""
    formality: str = "formal"
    audience: str = "private"
    length: str = "short"


@dataclass(frozen=True)
class Typed:
    """Ids and dates are kept as they were typed, so that the form shows them again."""

    titles: Mapping[str, str] = field(default_factory=dict)
    shortcut: str = ""
    folder: str = ""
    situation: str = Situation.OTHER
    block: str = SavedReply.Block.WHOLE
    tags: str = ""
    source_language: str = "en"
    owner: str = ""
    expires_on: str = ""
    texts: Mapping[Way, str] = field(default_factory=dict)
    added: Mapping[str, Added] = field(default_factory=dict)
    checked: Sequence[Way] = ()
    alts: Mapping[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    uploads: Sequence[int] = ()
    seen: int | None = None
    tab: str = ""

    @classmethod
    def of(cls, reply: SavedReply, agent: Agent) -> Self:
        """With what this agent wants to change in it, where that waits."""
        facts, change = facts_for(reply, agent), None if agent.is_admin else change_seen_by(reply, agent)
        return cls(
            titles=facts.titles,
            shortcut=facts.shortcut,
            folder=str(facts.folder.pk) if facts.folder else "",
            situation=facts.situation,
            block=facts.block,
            tags=", ".join(facts.tags),
            source_language=facts.source_language,
            owner=str(facts.owner.pk) if facts.owner else "",
            expires_on=facts.expires_on.isoformat() if facts.expires_on else "",
            texts=texts_in(change) if change else {},
            alts={int(key): alt for key, alt in change.alts.items()} if change else {},
            left_out=frozenset(change.left_out) if change else frozenset(),
            seen=reply.version,
        )

    @classmethod
    def out_of(cls, sent: QueryDict) -> Self:
        return cls(
            titles={language: _clean(sent.get(f"title-{language}", "")) for language in LANGUAGES},
            shortcut=_clean(sent.get("shortcut", "")),
            folder=sent.get("folder", ""),
            situation=sent.get("situation", Situation.OTHER),
            block=sent.get("block", SavedReply.Block.WHOLE),
            tags=_clean(sent.get("tags", "")),
            source_language=sent.get("source_language", ""),
            owner=sent.get("owner", ""),
            expires_on=sent.get("expires_on", ""),
            texts=dict(_ways(sent)),
            added={language: _added(sent, language) for language in LANGUAGES},
            checked=[way for name in sent.getlist("checked") if (way := _way(name))],
            alts={
                key: _clean(sent.get(f"alt-{key}", ""))
                for key in _ids(name.removeprefix("alt-") for name in sent if name.startswith("alt-"))
            },
            left_out=frozenset(_ids(sent.getlist("left_out"))),
            uploads=_ids(sent.getlist("upload")),
            seen=id_asked(sent.get("seen", "")),
            tab=sent.get("tab", ""),
        )

    def facts(self, agent: Agent) -> Facts:
        """Raises ValueError for a date that is none."""
        return Facts(
            titles=self.titles,
            shortcut=self.shortcut,
            folder=_chosen_folder(agent, self.folder),
            situation=self.situation,
            block=self.block,
            tags=self.tags.split(","),
            source_language=self.source_language,
            owner=_chosen_owner(agent, self.owner),
            expires_on=date.fromisoformat(self.expires_on) if self.expires_on else None,
        )

    def more(self) -> Mapping[Way, str]:
        """What was added below the others."""
        return {
            way: one.text
            for language, one in self.added.items()
            if one.text.strip()
            and (way := _way("-".join((language, one.formality, one.audience, one.length)))) is not None
        }


def _chosen_folder(agent: Agent, asked: str) -> Folder | None:
    return Folder.objects.visible_to(agent).filter(pk=id_asked(asked) or 0).first()


def _chosen_owner(agent: Agent, asked: str) -> Agent | None:
    return Agent.objects.visible_to(agent).filter(pk=id_asked(asked) or 0).first()


def _added(sent: QueryDict, language: str) -> Added:
    said = Added()
    return Added(
        _clean(sent.get(f"add-{language}", "")),
        sent.get(f"add-{language}-formality", said.formality),
        sent.get(f"add-{language}-audience", said.audience),
        sent.get(f"add-{language}-length", said.length),
    )


def _ways(sent: QueryDict) -> Iterator[tuple[Way, str]]:
    for name in sent:
        if name.startswith("text-") and (way := _way(name.removeprefix("text-"))):
            yield way, _clean(sent.get(name, ""))


def _way(name: str) -> Way | None:
    try:
        return way_named(name, LANGUAGES)
    except BadWay:
        return None


def _ids(asked: Iterable[str]) -> list[int]:
    return [key for one in asked if (key := id_asked(one)) is not None]


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "")
