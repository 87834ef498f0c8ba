"""What a workspace wants of its answers, as the gate takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from heard.checks.draft import Draft, Phrase
from heard.checks.finding import Finding
from heard.checks.gate import examine
from heard.checks.known_facts import KnownFact
from heard.checks.levels import Level, weighed, without_right
from heard.checks.wanted_voice import Profile, Voice, voice_of
from heard.checks.written_as import as_expression
from heard.language.familiar import familiar
from heard.language.hunspell import installed_speller
from heard.workspaces.models import Agent, Wording
from heard.workspaces.prepared import prepared


@dataclass(frozen=True, slots=True)
class WantedPhrase:
    """Words that are not wanted. In every language where `language` is empty."""

    text: str
    instead: str = ""
    reason: str = ""
    language: str = ""
    forbidden: bool = True

    def applies_to(self, language: str) -> bool:
        """Where nobody knows whose language it is, everything is looked for."""
        return not (self.language and language) or self.language == language


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Of one workspace. `order_numbers` and `vouchers` are as they were typed.

    `voices` and `facts` are those for one account and text, so only who asks for these has them: `heard.voice.wanted`.
    """

    order_numbers: Sequence[str] = ()
    vouchers: Sequence[str] = ()
    phrases: Sequence[WantedPhrase] = ()
    ours: Sequence[str] = ()
    words: Sequence[str] = ()
    complaint_tags: Sequence[str] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    overriding: Wording.Overriding = Wording.Overriding.EVERYBODY
    voices: Sequence[Profile] = ()
    facts: Sequence[KnownFact] = ()

    def may_override(self, agent: Agent | None) -> bool:
        """May they send what a check stops? Nobody at all is nobody who could answer for it."""
        if agent is None or agent.is_admin:
            return agent is not None
        if self.overriding == Wording.Overriding.CHOSEN:
            return agent.may_override
        return self.overriding == Wording.Overriding.EVERYBODY

    def found_in(self, draft: Draft, *, by: Agent | None, spelling: bool = True) -> list[Finding]:
        """What the gate says of it here, to whoever wants to send it. Without `spelling` no dictionary is opened."""
        findings = list(weighed(examine(self._wanted(draft, spelling)), self.levels))
        return findings if self.may_override(by) else without_right(findings)

    def _wanted(self, draft: Draft, spelling: bool) -> Draft:
        return replace(
            draft,
            order_patterns=[as_expression(one) for one in self.order_numbers],
            voucher_patterns=[as_expression(one) for one in self.vouchers],
            forbidden=self._phrases(draft.language, forbidden=True),
            discouraged=self._phrases(draft.language, forbidden=False),
            ours=[*draft.ours, *self.ours, *self.words],
            voice=self._voice(draft),
            facts=self.facts,
            speller=draft.speller or (installed_speller() if spelling else None),
        )

    def _voice(self, draft: Draft) -> Voice | None:
        if not self.voices:
            return None
        return voice_of(self.voices, language=draft.language or familiar(draft.text) or "")

    def _phrases(self, language: str, *, forbidden: bool) -> list[Phrase]:
        return [
            Phrase(one.text, one.instead, one.reason)
            for one in self.phrases
            if one.forbidden == forbidden and one.applies_to(language)
        ]


def rules_of(workspace_id: int) -> Rules:
    """As they stand now, in one query."""
    rows = _wordings(workspace=workspace_id)
    return as_rules(rows[0]) if rows else Rules()


@prepared
def _wordings(*, workspace: int) -> QuerySet[Wording]:
    return Wording.objects.filter(workspace_id=workspace)


def unfit(text: str, *, workspace_id: int, language: str = "") -> list[Finding]:
    """What keeps a text from being shown again and again, where nobody looks at it before: blanks, and words that
    are not wanted. What is shown to everybody on purpose may hold a number or an address."""
    rules = replace(rules_of(workspace_id), levels={})
    found = rules.found_in(Draft(text=text, public=False, language=language), by=None, spelling=False)
    return [one for one in found if one.weight == "stop" and one.check in ("blanks", "phrases")]


def as_rules(row: Wording) -> Rules:
    phrases: list[dict[str, Any]] = row.phrases
    return Rules(
        order_numbers=row.order_numbers,
        vouchers=row.vouchers,
        phrases=[WantedPhrase(**one) for one in phrases],
        ours=row.ours,
        words=row.words,
        complaint_tags=row.complaint_tags,
        levels={name: Level(level) for name, level in row.levels.items()},
        overriding=Wording.Overriding(row.overriding),
    )
