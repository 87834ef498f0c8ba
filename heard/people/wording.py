"""What answers are checked for in a workspace."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import transaction

from heard.channels.words import N_
from heard.checks.levels import CHECKS_BY_NAME
from heard.checks.written_as import BadPattern, as_expression
from heard.events.publishing import publish
from heard.people.changed import save_changes
from heard.people.events import WordingChanged
from heard.workspaces.models import Agent, Wording, Workspace
from heard.workspaces.wording import Rules, WantedPhrase

MOST_PATTERNS = 50
MOST_PHRASES = 500
MOST_OURS = 200
MOST_WORDS = 5_000
MOST_TAGS = 50
LONGEST = {"order_numbers": 80, "vouchers": 80, "ours": 300, "words": 60, "complaint_tags": 40}
LONGEST_PHRASE = 200

_LANGUAGE = re.compile(r"([a-z]{2}(?:-[A-Za-z]{2,4})?)\s*:\s*(?=\S)")


class BadWording(Exception):
    """`field` cannot be like this because of `typed`. `reason` is an English source text."""

    def __init__(self, field: str, typed: str, reason: str) -> None:
        super().__init__(field, typed, reason)
        self.field, self.typed, self.reason = field, typed, reason


@transaction.atomic
def change_wording(workspace: Workspace, rules: Rules, *, by: Agent, now: datetime) -> None:
    """Raises BadWording."""
    rules = checked(rules)
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    row, _made = Wording.objects.get_or_create(workspace=workspace)
    changed = save_changes(
        row,
        {
            "order_numbers": list(rules.order_numbers),
            "vouchers": list(rules.vouchers),
            "phrases": [asdict(one) for one in rules.phrases],
            "ours": list(rules.ours),
            "words": list(rules.words),
            "complaint_tags": list(rules.complaint_tags),
            "levels": {name: str(level) for name, level in rules.levels.items()},
            "overriding": str(rules.overriding),
        },
    )
    if changed:
        publish(WordingChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, changed=changed))


def checked(rules: Rules) -> Rules:
    """The same, tidied up. Raises BadWording."""
    for name in rules.levels:
        if name not in CHECKS_BY_NAME:
            raise BadWording("levels", name, N_("There is no such check, or it cannot be set."))
    return Rules(
        order_numbers=_patterns("order_numbers", rules.order_numbers),
        vouchers=_patterns("vouchers", rules.vouchers),
        phrases=_phrases(rules.phrases),
        ours=_tidy("ours", rules.ours, most=MOST_OURS),
        words=_tidy("words", rules.words, most=MOST_WORDS),
        complaint_tags=_tidy("complaint_tags", rules.complaint_tags, most=MOST_TAGS),
        levels=rules.levels,
        overriding=rules.overriding,
    )


def phrases_in(text: str, *, forbidden: bool) -> list[WantedPhrase]:
    """One a line: "cheap = good value # sounds poor", with "en:" before it where it is for one language."""
    return [_phrase(line, forbidden) for line in text.splitlines() if line.strip()]


def phrases_as_text(phrases: Iterable[WantedPhrase], *, forbidden: bool) -> str:
    return "\n".join(_line(one) for one in phrases if one.forbidden == forbidden)


def _phrase(line: str, forbidden: bool) -> WantedPhrase:
    said, _, reason = line.partition(" #")
    found = _LANGUAGE.match(said.strip())
    language = found[1] if found and found[1] in dict(settings.LANGUAGES) else ""
    said = said.strip()[found.end() :] if found and language else said
    text, _, instead = said.partition("=")
    return WantedPhrase(text.strip(), instead.strip(), reason.strip(), language, forbidden)


def _line(phrase: WantedPhrase) -> str:
    before = f"{phrase.language}: " if phrase.language else ""
    instead = f" = {phrase.instead}" if phrase.instead else ""
    reason = f" # {phrase.reason}" if phrase.reason else ""
    return f"{before}{phrase.text}{instead}{reason}"


def _patterns(field: str, typed: Sequence[str]) -> list[str]:
    wanted = _tidy(field, typed, most=MOST_PATTERNS)
    for one in wanted:
        try:
            as_expression(one)
        except BadPattern as bad:
            raise BadWording(field, one, bad.reason) from bad
    return wanted


def _phrases(phrases: Sequence[WantedPhrase]) -> list[WantedPhrase]:
    if len(phrases) > MOST_PHRASES:
        raise BadWording("phrases", phrases[MOST_PHRASES].text, N_("That is more than fits here."))
    for one in phrases:
        if not re.search(r"\w\w", one.text):
            raise BadWording("phrases", one.text, N_("A phrase needs at least two letters."))
        if max(len(one.text), len(one.instead), len(one.reason)) > LONGEST_PHRASE:
            raise BadWording("phrases", one.text, N_("This line is too long."))
        if one.language and one.language not in dict(settings.LANGUAGES):
            raise BadWording("phrases", one.language, N_("Heard does not know this language."))
    return list(dict.fromkeys(phrases))


def _tidy(field: str, typed: Sequence[str], *, most: int) -> list[str]:
    """In order, without what says nothing or the same twice."""
    wanted = list(dict.fromkeys(one for one in (" ".join(one.split()) for one in typed) if one))
    if len(wanted) > most:
        raise BadWording(field, wanted[most], N_("That is more than fits here."))
    for one in wanted:
        if len(one) > LONGEST[field]:
            raise BadWording(field, one, N_("This line is too long."))
    return wanted
