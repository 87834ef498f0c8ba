"""Does it sound like this brand? Only where the workspace wrote down how it sounds; each finding names the profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.formality import addressed
from heard.checks.levels import Level, as_level
from heard.checks.links import Span, Taken, link_spans
from heard.checks.passages import blanked, sentences, without_quotes
from heard.checks.phrase import Phrase
from heard.checks.phrases import as_written, pattern_of
from heard.checks.regex import regex
from heard.checks.tone import jokes
from heard.checks.wanted_voice import FREE, Profile, Rule, Voice
from heard.language.familiar import familiar
from heard.language.plain import plain

_MOST: Final = 5  # findings of one rule
_AS_MANY_AS_ONE_LIKES: Final = -1
_PICTURE: Final = "\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001f64f\U0001f680-\U0001faff"
_EMOJI: Final = regex(
    rf"[\U0001f1e6-\U0001f1ff]{{2}}|[{_PICTURE}][\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}"
    rf"(?:\u200d[{_PICTURE}][\ufe0f\U0001f3fb-\U0001f3ff]{{0,2}}){{0,4}}"
)
# Typed signs that stand in prices and lists, and are no pictures of anything.
_NO_EMOJI: Final = frozenset("✓✔✗✘☎✉➔➜➤★☆✂")
_ADDRESS: Final = {
    "formal": N_("%(voice)s addresses people formally. “%(found)s” is informal."),
    "informal": N_("%(voice)s addresses people informally. “%(found)s” is formal."),
}


def voice(draft: Draft) -> Iterator[Finding]:
    """All rules of the voice that fits; nothing without one."""
    wanted = draft.voice
    if wanted is None:
        return
    own = without_quotes(blanked(draft.text, link_spans(draft.text)))
    yield from _address(draft, wanted)
    yield from _humour(draft, wanted)
    yield from _emoji(own, wanted)
    yield from _sentences(own, wanted)
    yield from _characters(draft.text, wanted)
    yield from _words(draft.text, wanted)


def _address(draft: Draft, wanted: Voice) -> Iterator[Finding]:
    """Where somebody decided how this customer is addressed, that goes before, and another check looks at it."""
    rule = wanted.address
    if rule is None or rule.wanted == FREE or draft.formality:
        return
    found = addressed(draft.text, familiar(draft.text) or draft.language)
    other = "informal" if rule.wanted == "formal" else "formal"
    if found.get(other) and not found.get(str(rule.wanted)):  # both at once is a finding of its own
        start, end = found[other][0]
        reason = _ADDRESS[str(rule.wanted)]
        yield _finding(rule.by, "address", reason, (start, end), found=draft.text[start:end])


def _humour(draft: Draft, wanted: Voice) -> Iterator[Finding]:
    """In a complaint the check of the tone looks for more than this, for everybody."""
    rule = wanted.humour
    if rule is None or rule.wanted != "never" or draft.complaint:
        return
    for span in list(jokes(draft.text))[:_MOST]:
        reason = N_("%(voice)s does not joke: “%(found)s”.")
        yield _finding(rule.by, "humour", reason, span, mend="", found=draft.text[slice(*span)])


def _emoji(own: str, wanted: Voice) -> Iterator[Finding]:
    rule = wanted.emoji
    if rule is None or rule.wanted == _AS_MANY_AS_ONE_LIKES:
        return
    most = int(rule.wanted)
    spans = [found.span() for found in _EMOJI.finditer(own) if found.group()[0] not in _NO_EMOJI]
    reason = N_("%(voice)s uses %(most)s emoji at most.") if most else N_("%(voice)s uses no emoji.")
    for span in spans[most : most + _MOST]:
        yield _finding(rule.by, "emoji", reason, span, mend="", most=most)


def _sentences(own: str, wanted: Voice) -> Iterator[Finding]:
    rule = wanted.sentences
    if rule is None:
        return
    said = [span for span in sentences(own) if any(map(str.isalnum, own[slice(*span)]))]
    most = int(rule.wanted)
    if len(said) > most:
        reason = N_("%(voice)s says it in %(most)s sentences at most.")
        yield _finding(rule.by, "length", reason, (said[most][0], said[-1][1]), most=most)


def _characters(text: str, wanted: Voice) -> Iterator[Finding]:
    rule = wanted.characters
    if rule is not None and len(text) > int(rule.wanted):
        most = int(rule.wanted)
        reason = N_("%(voice)s says it in %(most)s characters at most.")
        yield _finding(rule.by, "length", reason, (most, len(text)), most=most)


def _words(text: str, wanted: Voice) -> Iterator[Finding]:
    flat, taken = plain(text), Taken(text, link_spans(text))
    for phrase, profile in wanted.words:
        for found in pattern_of(phrase.text).finditer(flat):
            if taken.take(found.span()):
                yield _word(text, phrase, profile, found.span())


def _word(text: str, phrase: Phrase, profile: Profile, span: Span) -> Finding:
    written = text[slice(*span)]
    mend = as_written(phrase.instead, written) if phrase.instead else None
    params = {"found": written, "instead": mend or "", "why": phrase.reason}
    return _finding(profile, "words", _why(phrase), span, mend=mend, **params)


def _why(phrase: Phrase) -> str:
    if phrase.reason:
        return N_("%(voice)s does not say “%(found)s”: %(why)s")
    if phrase.instead:
        return N_("%(voice)s says “%(instead)s” rather than “%(found)s”.")
    return N_("%(voice)s does not say “%(found)s”.")


def _finding(
    by: Profile, rule: Rule, reason: str, span: Span, mend: str | None = None, **params: str | int
) -> Finding:
    """A hint, unless the profile says otherwise."""
    told = {"voice": by.name, **params}
    found = Finding("voice", f"voice.{rule}", reason, *span, True, mend, told, "hint")
    level = by.weight(rule)
    return found if level is Level.HINT else as_level(level, found)
