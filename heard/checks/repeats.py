"""The same words to the same person twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.greetings import begins_with_greeting
from heard.checks.letters import CAPITAL
from heard.checks.regex import regex
from heard.language.plain import plain

_MOST: Final = 20
_SHORTEST: Final = 20  # characters; "thank you very much" may be said every day
_LONG: Final = 60
_ALIKE: Final = 0.9
_MOST_WORDS: Final = 400
_WORD: Final = regex(r"[^\W_]+")
_CALLED: Final = regex(rf"\A[{CAPITAL}][\w.'’-]{{1,30}}(?: [{CAPITAL}][\w.'’-]{{1,30}}){{0,2}}[,!.]\s{{1,9}}")
_FIRST_LINE: Final = regex(r"[^\n,!.]{1,60}[\n,!.]\s{0,9}")


def repeats(draft: Draft) -> Iterator[Finding]:
    words = _words(draft.text)
    if len(" ".join(words)) < _SHORTEST:
        return
    for said in draft.already_said[:_MOST]:
        if words == _words(said):
            reason = N_("This person has got exactly this text before.")
            yield Finding(
                "repeats", "repeat.same", reason, 0, len(draft.text), overridable=True, weight="warn"
            )
            return
        if _are_alike(words, _words(said)):
            reason = N_("This person has got nearly the same text before.")
            yield Finding(
                "repeats", "repeat.alike", reason, 0, len(draft.text), overridable=True, weight="warn"
            )
            return


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    """Without the greeting, which may be the same each time."""
    text = text.strip()
    first = _FIRST_LINE.match(text)
    if first and begins_with_greeting(text) and len(text) - first.end() >= _SHORTEST:
        text = text[first.end() :]
        text = _CALLED.sub("", text, count=1)
    return tuple(_WORD.findall(plain(text)))[:_MOST_WORDS]


def _are_alike(words: Sequence[str], said: Sequence[str]) -> bool:
    """Where only a number or a date is another, something new is said."""
    if len(" ".join(words)) <= _LONG or _numbers(words) != _numbers(said):
        return False
    compared = SequenceMatcher(None, words, said, autojunk=False)
    if compared.real_quick_ratio() < _ALIKE or compared.quick_ratio() < _ALIKE:
        return False
    # A text of one word, again and again, would keep the matcher busy for long.
    if max(Counter(words).values()) > len(words) // 2:
        return True
    return compared.ratio() >= _ALIKE


def _numbers(words: Sequence[str]) -> list[str]:
    return [word for word in words if any(map(str.isdigit, word))]
