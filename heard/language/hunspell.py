"""Spelling by hunspell's library and the dictionaries that the distribution brings.

The library is asked directly: a word takes some millionths of a second, so a whole draft can be asked at every key.
It is written in C++ and trusts what it gets; so it is given words of letters only, none of them long, and
dictionaries from the system's own folders.
"""

from __future__ import annotations

import ctypes
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as TooLate
from ctypes.util import find_library
from functools import cache, lru_cache
from pathlib import Path
from time import monotonic
from typing import Any, Final

from heard.language.plain import plain
from heard.language.spelling import Misspelt

LIBRARIES: Final = ("libhunspell-1.7.so.0", "hunspell-1.7", "hunspell")
FOLDERS: tuple[Path, ...] = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("en_GB", "en_US"),
    "cs": ("cs_CZ",),
    "sl": ("sl_SI",),
    "hu": ("hu_HU",),
    "el": ("el_GR",),
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LONGEST: Final = 40  # letters; hunspell's own limit is 100
_MOST_WORDS: Final = 2_000  # of one text
_MOST_KNOWN: Final = 20_000  # words whose answer is kept, of one language
_PATIENCE: Final = 0.015  # seconds that one text waits for suggestions; they are there when it is asked again
_MOST_ASKED: Final = 50  # words that may wait for suggestions
_MOST_SUGGESTED: Final = 5


class HunspellSpeller:
    """Nothing is loaded before the first text in its language, and that one is not waited for."""

    def __init__(self, library: Any, folders: Iterable[Path] | None = None) -> None:
        self._library = library
        self._folders = FOLDERS if folders is None else tuple(folders)
        self._asked: dict[tuple[str, str], Future[tuple[str, ...]]] = {}
        self._asking = threading.Lock()
        # One thread makes all suggestions, with dictionaries of its own: some words take it a quarter of a second.
        self._thinker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spelling")
        self.is_right = lru_cache(maxsize=_MOST_KNOWN * len(_NAMES))(self._is_right)
        # Some dictionaries take seconds to load. Until then nothing is checked, and nobody waits for them.
        self._loaded: dict[str, Future[Dictionary | None]] = {}
        self._suggesting = cache(self._open)

    @property
    def languages(self) -> list[str]:
        return [language for language in _NAMES if self._files(language)]

    @property
    def missing(self) -> list[str]:
        return [language for language in _NAMES if not self._files(language)]

    def misspelt(self, text: str, language: str) -> Iterator[Misspelt]:
        language = language.split("-")[0]
        if not self._is_loaded(language):
            return
        wrong = [found for found in self._words(text) if not self.is_right(language, _typed(found.group()))]
        until = monotonic() + _PATIENCE
        for found in wrong:
            yield Misspelt(*found.span(), self._suggestions(language, _typed(found.group()), until))

    def settle(self) -> None:
        """Returns when all is loaded and all suggestions are made that anybody has asked for."""
        wait(list(self._loaded.values()))
        wait(list(self._asked.values()))

    def close(self) -> None:
        self._thinker.shutdown(cancel_futures=True)

    def _words(self, text: str) -> Iterator[re.Match[str]]:
        for count, found in enumerate(_WORD.finditer(text)):
            if count == _MOST_WORDS:
                return
            if len(found.group()) <= _LONGEST:
                yield found

    def _is_right(self, language: str, word: str) -> bool:
        """Also where nobody can tell: no dictionary, or letters of another alphabet."""
        if ("α" <= plain(word)[0] <= "ω") != (language == "el"):
            return True
        dictionary = self._loaded[language].result()
        return dictionary is None or dictionary.knows(word)

    def _is_loaded(self, language: str) -> bool:
        with self._asking:
            if language not in self._loaded:
                if not self._files(language):
                    return False
                self._loaded[language] = self._thinker.submit(self._open, language)
        try:
            self._loaded[language].result(timeout=_PATIENCE)
        except TooLate:
            return False
        return True

    def _suggestions(self, language: str, word: str, until: float) -> tuple[str, ...]:
        asked = self._ask(language, word)
        try:
            return asked.result(timeout=max(0.0, until - monotonic())) if asked else ()
        except TooLate:
            return ()

    def _ask(self, language: str, word: str) -> Future[tuple[str, ...]] | None:
        with self._asking:
            asked = self._asked.get((language, word))
            if asked is None and sum(not one.done() for one in self._asked.values()) < _MOST_ASKED:
                if len(self._asked) >= _MOST_KNOWN:
                    self._asked.clear()
                asked = self._asked[language, word] = self._thinker.submit(self._suggest, language, word)
            return asked

    def _suggest(self, language: str, word: str) -> tuple[str, ...]:
        dictionary = self._suggesting(language)
        return dictionary.suggestions(word) if dictionary else ()

    def _open(self, language: str) -> Dictionary | None:
        files = self._files(language)
        return Dictionary(self._library, *files) if files else None

    def _files(self, language: str) -> tuple[Path, Path] | None:
        for folder in self._folders:
            for name in _NAMES.get(language, ()):
                affixes, words = folder / f"{name}.aff", folder / f"{name}.dic"
                if affixes.is_file() and words.is_file():
                    return affixes, words
        return None


class Dictionary:
    """One of hunspell's. It is not made for two threads at once."""

    def __init__(self, library: Any, affixes: Path, words: Path) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._handle = library.Hunspell_create(os.fsencode(affixes), os.fsencode(words))
        self._encoding = (library.Hunspell_get_dic_encoding(self._handle) or b"latin-1").decode(
            "ascii", "replace"
        )

    def knows(self, word: str) -> bool:
        written = self._written(word)
        if written is None:
            return True
        with self._lock:
            return bool(self._library.Hunspell_spell(self._handle, written))

    def suggestions(self, word: str) -> tuple[str, ...]:
        written, found = self._written(word), ctypes.POINTER(ctypes.c_char_p)()
        if written is None:
            return ()
        with self._lock:
            count = self._library.Hunspell_suggest(self._handle, ctypes.byref(found), written)
            said = [found[place] for place in range(min(count, _MOST_SUGGESTED))]
            self._library.Hunspell_free_list(self._handle, ctypes.byref(found), count)
        return tuple(one.decode(self._encoding, "replace") for one in said if one)

    def _written(self, word: str) -> bytes | None:
        try:
            return word.encode(self._encoding)
        except (UnicodeEncodeError, LookupError):
            return None


def _typed(word: str) -> str:
    """Dictionaries have the apostrophe of the keyboard."""
    return word.replace("’", "'")


@cache
def installed_speller() -> HunspellSpeller | None:
    """None where the library or every dictionary is missing: then nothing is checked."""
    installed = library()
    speller = HunspellSpeller(installed) if installed is not None else None
    return speller if speller and speller.languages else None


@cache
def library() -> Any:
    """Hunspell's, or None."""
    for name in LIBRARIES:
        try:
            return _prepared(ctypes.CDLL(name if ".so" in name else find_library(name) or name))
        except (OSError, AttributeError):
            continue
    return None


def _prepared(library: Any) -> Any:
    """The functions of hunspell.h that are used here, with their types."""
    strings = ctypes.POINTER(ctypes.c_char_p)
    library.Hunspell_create.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
    library.Hunspell_create.restype = ctypes.c_void_p
    library.Hunspell_get_dic_encoding.argtypes = [ctypes.c_void_p]
    library.Hunspell_get_dic_encoding.restype = ctypes.c_char_p
    library.Hunspell_spell.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.Hunspell_suggest.argtypes = [ctypes.c_void_p, ctypes.POINTER(strings), ctypes.c_char_p]
    library.Hunspell_free_list.argtypes = [ctypes.c_void_p, ctypes.POINTER(strings), ctypes.c_int]
    library.Hunspell_free_list.restype = None
    return library
