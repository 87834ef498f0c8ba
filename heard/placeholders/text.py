"""Reading a saved reply's text: a small part of ICU MessageFormat, and every error with its place.

    {customer.name}
    {delivery_days, plural, one {# day} other {# days}}
    {agent.gender, select, female {…} male {…} other {…}}
    {customer.name, select, known {…} other {…}}

An apostrophe is an apostrophe. Only before a brace it quotes, up to the next one: '{'. Two are always one.
"""

from __future__ import annotations

import re
from typing import Final

from heard.channels.words import N_
from heard.language.plural import example_of, whole_classes
from heard.placeholders.known import PLACEHOLDERS, Kind, Placeholder
from heard.placeholders.parts import Number, Parsed, Part, Parts, Plain, Plural, Select, Words, names_of
from heard.placeholders.wrong import WrongWording, listed, unknown_name

__all__ = ["LONGEST", "Parsed", "WrongWording", "names_in", "parse", "quoted"]

LONGEST: Final = 20_000  # characters
DEEPEST: Final = 4  # cases in cases
KNOWN: Final = "known"
OTHER: Final = "other"

_SPACES: Final = re.compile(r"\s*")
_PLAIN: Final = re.compile(r"[^{}']*")
_PLAIN_IN_PLURAL: Final = re.compile(r"[^{}'#]*")
_QUOTED: Final = re.compile(r"((?:[^']|'')*)'")
_SIGNS: Final = re.compile(r"['{}]+")
_NAME: Final = re.compile(r"[^{},]*")
_CASE: Final = re.compile(r"[^\s{}]*")
_PLURAL_CASE: Final = re.compile(r"zero|one|two|few|many|other|=\d{1,4}")
_FORMAT: Final = re.compile(r"\s*,\s*(\w*)\s*")


def parse(text: str, *, language: str = "") -> Parsed:
    """Raises WrongWording. With a `language`, a plural has to have the cases that this language needs."""
    if len(text) > LONGEST:
        reason = N_("The text is too long: %(limit)s characters fit.")
        raise WrongWording(reason, LONGEST, len(text), limit=LONGEST)
    if "\0" in text:
        place = text.index("\0")
        raise WrongWording(N_("Here is a sign that nobody can read."), place, place + 1)
    reader = _Reader(text, language)
    parts = reader.parts(depth=0)
    if reader.place < len(text):
        reason = N_("This “}” has no “{” before it. To write the sign itself, put it in quotes: '}'.")
        raise WrongWording(reason, reader.place, reader.place + 1)
    return Parsed(text, parts)


def names_in(text: str) -> tuple[str, ...]:
    """The placeholders of a text in order of appearance, each once. Raises WrongWording."""
    return tuple(dict.fromkeys(names_of(parse(text).parts)))


def quoted(text: str) -> str:
    """The text as it has to be written to be said as it stands: for what comes from elsewhere."""
    return _SIGNS.sub(_quoted_run, text)


def _quoted_run(found: re.Match[str]) -> str:
    """Signs that touch are quoted together: between two quoted pieces a quote would be read as part of both."""
    doubled = found.group().replace("'", "''")
    return f"'{doubled}'" if "{" in doubled or "}" in doubled else doubled


class _Reader:
    """Goes through the text once, from left to right."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language, self.place = text, language, 0
        self.number = ""  # the placeholder that # stands for, in a plural

    def parts(self, *, depth: int) -> Parts:
        """Up to the brace that closes this case, or to the end."""
        found: list[Part] = []
        while self.place < len(self.text) and self._next() != "}":
            if self._next() == "{":
                found.append(self._placeholder(depth))
            elif self._next() == "#" and self.number:
                found.append(Number(self.number))
                self.place += 1
            else:
                found.append(self._words())
        return tuple(found)

    def _next(self) -> str:
        return self.text[self.place : self.place + 1]

    def _words(self) -> Words:
        special = "{}#" if self.number else "{}"
        said: list[str] = []
        while self._next() and self._next() not in special:
            if self._next() == "'":
                said.append(self._apostrophe(special))
            else:
                said.append(self._take(_PLAIN_IN_PLURAL if self.number else _PLAIN))
        return Words("".join(said))

    def _apostrophe(self, special: str) -> str:
        start = self.place
        self.place += 1
        if self._next() == "'":
            self.place += 1
            return "'"
        if not self._next() or self._next() not in special:
            return "'"
        found = _QUOTED.match(self.text, self.place)
        if found is None:
            reason = N_("The quote that begins here does not end. Put a second ' after the sign.")
            raise WrongWording(reason, start, start + 2)
        self.place = found.end()
        return found.group(1).replace("''", "'")

    def _placeholder(self, depth: int) -> Part:
        start = self.place
        self.place += 1
        placeholder = self._known(start)
        if self._next() == "}":
            self.place += 1
            if placeholder.kind is Kind.GENDER:
                reason = N_("“%(name)s” chooses words and is none itself. Write it with “select”.")
                raise WrongWording(reason, start, self.place, name=placeholder.name)
            return Plain(placeholder.name, start, self.place)
        if depth == DEEPEST:
            reason = N_("Cases stand inside of cases here, more than %(most)s deep.")
            raise WrongWording(reason, start, self.place, most=DEEPEST)
        return self._choosing(placeholder, start, depth)

    def _known(self, start: int) -> Placeholder:
        if self._next() == "{":
            raise WrongWording(N_("One brace at each side is enough, as in {company}."), start, start + 2)
        found = self._take(_NAME)
        if not self._next() or self._next() == "{":
            raise self._unfinished(start)
        if not found.strip():
            raise WrongWording(N_("Nothing is named between these braces."), start, self.place + 1)
        if found.strip() not in PLACEHOLDERS:
            raise unknown_name(found.strip(), start, self.place + 1)
        return PLACEHOLDERS[found.strip()]

    def _choosing(self, placeholder: Placeholder, start: int, depth: int) -> Plural | Select:
        form = self._form()
        if form not in ("plural", "select"):
            reason = N_("After the comma “plural” or “select” may follow, not “%(found)s”.")
            raise WrongWording(reason, start, self.place, found=form)
        if form == "plural" and placeholder.kind is not Kind.COUNT:
            reason = N_("“%(name)s” is no number, so it has no plural.")
            raise WrongWording(reason, start, self.place, name=placeholder.name)
        cases = self._cases(placeholder, form, start, depth)
        if form == "select":
            return Select(placeholder.name, cases, start, self.place)
        self._all_classes(cases, start)
        return Plural(placeholder.name, cases, start, self.place)

    def _form(self) -> str:
        found = _FORMAT.match(self.text, self.place)
        if found is None:
            return ""
        self.place = found.end()
        if self._next() == ",":
            self.place += 1
        return found.group(1)

    def _cases(self, placeholder: Placeholder, form: str, start: int, depth: int) -> dict[str, Parts]:
        cases: dict[str, Parts] = {}
        self._take(_SPACES)
        while self._next() != "}":
            case = self._case(placeholder, form, start, cases)
            opened = self.place
            self.place += 1
            around = self.number
            self.number = placeholder.name if form == "plural" else around
            cases[case] = self.parts(depth=depth + 1)
            self.number = around
            self._closed(opened)
            self._take(_SPACES)
        self.place += 1
        if OTHER not in cases:
            reason = N_("The case “other” is missing: what is said when no other case fits.")
            raise WrongWording(reason, start, self.place)
        return cases

    def _case(self, placeholder: Placeholder, form: str, start: int, before: dict[str, Parts]) -> str:
        here = self.place
        found = self._take(_CASE)
        if not found and not self._next():
            raise self._unfinished(start)
        if not _may_be(found, placeholder, form):
            reason = N_("“%(found)s” is no case of “%(name)s”. It may be %(allowed)s.")
            allowed = listed(_allowed(placeholder, form))
            raise WrongWording(reason, here, self.place, found=found, name=placeholder.name, allowed=allowed)
        if found in before:
            raise WrongWording(N_("The case “%(found)s” stands here twice."), here, self.place, found=found)
        self._take(_SPACES)
        if self._next() != "{":
            reason = N_("After “%(found)s” its text is missing, in braces.")
            raise WrongWording(reason, here, self.place, found=found)
        return found

    def _closed(self, opened: int) -> None:
        if self._next() != "}":
            raise self._unfinished(opened)
        self.place += 1

    def _all_classes(self, cases: dict[str, Parts], start: int) -> None:
        if not self.language:
            return
        for needed in whole_classes(self.language):
            if needed not in cases:
                example = example_of(needed, self.language)
                reason = N_("The case “%(missing)s” is missing. In this language it is said of %(example)s.")
                raise WrongWording(reason, start, self.place, missing=needed, example=example)

    def _unfinished(self, start: int) -> WrongWording:
        reason = N_("What begins here does not end: a “}” is missing.")
        return WrongWording(reason, start, min(len(self.text), start + 1))

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.place)
        assert found is not None  # every pattern matches nothing, too
        self.place = found.end()
        return found.group()


def _may_be(case: str, placeholder: Placeholder, form: str) -> bool:
    if form == "plural":
        return _PLURAL_CASE.fullmatch(case) is not None
    return case in _allowed(placeholder, form)


def _allowed(placeholder: Placeholder, form: str) -> tuple[str, ...]:
    if form == "plural":
        return ("zero", "one", "two", "few", "many", OTHER, "=0", "=1")
    return (*placeholder.choices, KNOWN, OTHER)
