"""A reply in a language that this customer does not write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import link_spans
from heard.checks.passages import blanked, sentences, without_quotes
from heard.checks.regex import regex
from heard.language.detect import detect
from heard.language.familiar import familiar

_LONG_ENOUGH: Final = 14  # letters
_WORDS: Final = 3
_TELLS: Final = 12  # letters of one sentence
# "HR37" is the beginning of an account, and no word of Croatian.
_CODE: Final = regex(r"(?<!\w)[^\W\d_]{1,4}\d\w*")
_SMALL: Final = regex(r"(?<!\w)[^\W\d_]+")
_MOST_SENTENCES: Final = 30
# Whoever writes the one reads the other, and a machine mixes them up.
_NEAR: Final = (
    frozenset({"cs", "sk"}),
    frozenset({"hr", "sr", "bs", "sh", "me", "cnr"}),
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"bg", "mk"}),
    frozenset({"es", "gl", "ca"}),
    frozenset({"ru", "uk", "be"}),
    frozenset({"id", "ms"}),
)


def tongue(draft: Draft) -> Iterator[Finding]:
    """Acts only on what is certain: a short text, a name or a quotation is no language."""
    wanted = draft.language.split("-")[0].lower()
    if not wanted or familiar(draft.text) == wanted:
        return
    said = _own_words(draft.text)
    if sum(map(str.isalpha, said)) < _LONG_ENOUGH or _small_words(said) < _WORDS:
        return
    detected = detect(said)
    if not detected.certain or _are_near(detected.language, wanted) or _says_some_in(said, wanted):
        return
    reason = N_("This customer writes in another language.")
    params = {"language": detected.language, "wanted": wanted}
    yield Finding("tongue", "language.other", reason, 0, len(draft.text), True, params=params, weight="warn")


def _own_words(text: str) -> str:
    said = without_quotes(blanked(text, link_spans(text)))
    return _CODE.sub(lambda code: " " * len(code.group()), said)


def _small_words(said: str) -> int:
    """Names begin with capitals. A text of nothing but names has no language."""
    return sum(word[0].islower() for word in _SMALL.findall(said))


def _are_near(language: str, wanted: str) -> bool:
    return language == wanted or any(language in group and wanted in group for group in _NEAR)


def _says_some_in(said: str, wanted: str) -> bool:
    """Some people write each thing twice, once in either language."""
    for start, end in list(sentences(said))[:_MOST_SENTENCES]:
        sentence = said[start:end]
        if sum(map(str.isalpha, sentence)) >= _TELLS and wanted in (
            familiar(sentence),
            detect(sentence).language,
        ):
            return True
    return False
