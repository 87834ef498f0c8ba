"""Which language a message is written in, and whether that is certain."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from heard.language import unaccented
from heard.language.greeklish import is_greeklish
from heard.language.second_opinion import second_opinion

_ENOUGH: Final = 2_000  # characters; more make the answer no better
_SAYS_NOTHING: Final = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|[\W\d_]+")
_OFTEN_SAID: Final = 120  # characters at the most
_KEPT: Final = 2_000
_UNDECIDED: Final = "und"
_LONG_ENOUGH_TO_GUESS: Final = 8  # letters
_SAME: Final = {"nn": "no", "nb": "no", "yue": "zh", "wuu": "zh", "grc": "el", "arz": "ar", "ary": "ar"}

_loading = threading.Lock()
_begun = False
_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Detected:
    """`language` is an ISO 639-1 code, or empty when nobody can tell. Act only on what is `certain`."""

    language: str
    certain: bool = False


def keep_models_in(folder: Path) -> None:
    """Where this process may keep them, or finds what another one has kept. To be said before the first text."""
    global _folder
    _folder = folder


def load_soon() -> None:
    """Beside everything else, for whoever will ask in a moment and should not wait. Does nothing the second time."""
    global _begun
    if not _begun:
        _begun = True
        threading.Thread(target=_models, name="detectors", daemon=True).start()


def detect(text: str) -> Detected:
    """The first call opens the models, unless `load_soon` has: 90 MB, or a few where they are kept in files."""
    said = _SAYS_NOTHING.sub(" ", text[:_ENOUGH]).strip()
    letters = len(said.replace(" ", ""))
    if letters < (3 if said.isascii() else 2):
        return Detected("")
    return _detected_anew(said) if len(said) > _OFTEN_SAID else _detected(said)


def _detected_anew(said: str) -> Detected:
    letters = len(said.replace(" ", ""))
    first, second = _models()
    found = first.detect_details(said)
    other = second.classify(said)[0]
    other = _SAME.get(other, other)
    judged = _judged(found.language, found.reliable, other, letters)
    return _in_plain_letters(said, judged, (found.language, other)) if said.isascii() else judged


# The same words have the same language. Of all that people write, what is short comes again: thanks, hello, when.
_detected = lru_cache(maxsize=_KEPT)(_detected_anew)


def _in_plain_letters(said: str, judged: Detected, guesses: tuple[str, str]) -> Detected:
    """The detectors learned languages as they are written. Many people type them without accents, or in
    Latin letters, and then the common words tell more."""
    if not judged.certain and is_greeklish(said):
        return Detected("el", certain=True)
    if sure := unaccented.sure(said, guesses):
        return Detected(sure, certain=True)
    return replace(judged, certain=judged.certain and not unaccented.in_doubt(judged.language))


def _judged(language: str, reliable: bool, other: str, letters: int) -> Detected:
    """Two detectors with different models seldom make the same mistake, and then only on words that are in
    many languages or in a foreign alphabet: those the first one calls unreliable."""
    if language == _UNDECIDED:
        return Detected("")
    if language == other:
        return Detected(language, certain=reliable)
    worth_a_guess = reliable or letters >= _LONG_ENOUGH_TO_GUESS
    return Detected(language if worth_a_guess else "")


def _models() -> tuple[Any, Any]:
    # Two threads must not load at once.
    with _loading:
        return _loaded()


@cache
def _loaded() -> tuple[Any, Any]:
    import eldc  # type: ignore[import-untyped]

    eldc.init()
    return eldc, second_opinion(_folder)
