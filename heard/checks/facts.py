"""A value that nobody has looked at for too long, or that is another one by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.known_facts import KnownFact
from heard.checks.links import Span
from heard.checks.phrases import pattern_of
from heard.language.familiar import familiar
from heard.language.plain import plain

_LEAST: Final = 3  # letters and digits: “30” alone stands everywhere


def facts(draft: Draft) -> Iterator[Finding]:
    """Looked for by their words: it does not matter whether somebody typed them or a saved reply brought them."""
    if not draft.facts:
        return
    flat, language = plain(draft.text), draft.language or familiar(draft.text) or ""
    for fact in draft.facts:
        said = _first(flat, fact.values.values())
        if said and fact.due:
            yield _due(draft.text, fact, said)
        elif not said and (old := _first(flat, fact.former)):
            yield _former(draft.text, fact, old, language)


def _first(flat: str, values: Iterable[str]) -> Span | None:
    """The longest first, for a value may begin with another one."""
    for value in sorted(values, key=len, reverse=True):
        long_enough = sum(map(str.isalnum, value)) >= _LEAST
        if long_enough and (found := pattern_of(value).search(flat)):
            return found.span()
    return None


def _due(text: str, fact: KnownFact, span: Span) -> Finding:
    reason = N_("“%(found)s” needs checking: nobody has looked at “%(fact)s” since it was due on %(due_on)s.")
    due = fact.due.isoformat() if fact.due else ""
    params = {"found": text[slice(*span)], "fact": fact.name, "due_on": due}
    return Finding("facts", "fact.due", reason, *span, True, None, params, "warn")


def _former(text: str, fact: KnownFact, span: Span, language: str) -> Finding:
    reason = N_("“%(fact)s” is no longer “%(found)s”.")
    params = {"found": text[slice(*span)], "fact": fact.name}
    return Finding("facts", "fact.former", reason, *span, True, fact.value(language) or None, params, "hint")
