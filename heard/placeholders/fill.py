"""Puts values into a saved reply's text. What is put in is never read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from heard.language.money import Money
from heard.language.person import Person
from heard.language.plural import plural_class
from heard.placeholders.joining import Blank, Joining
from heard.placeholders.known import PLACEHOLDERS, Kind
from heard.placeholders.parts import Number, Parsed, Part, Parts, Plain, Plural, Select, Words
from heard.placeholders.text import KNOWN, OTHER, parse
from heard.placeholders.typed import as_number, decides_form
from heard.placeholders.values import AgentName, Value
from heard.placeholders.written import number_only, written

__all__ = ["AgentName", "Blank", "Filled", "Money", "Person", "Value", "fill"]

_AGENT: Final = "agent.first_name"


@dataclass(frozen=True, slots=True)
class Filled:
    text: str
    missing: tuple[Blank, ...]


def fill(text: str | Parsed, values: Mapping[str, Value], *, language: str, formality: str) -> Filled:
    """Raises WrongWording for a text that cannot be read."""
    parsed = _read(text) if isinstance(text, str) else text
    filling = _Filling(values, language, formality)
    filling.say(parsed.parts)
    return Filled(filling.said.text, tuple(filling.said.missing))


# A list of saved replies is filled again and again, with every search in it.
_read = lru_cache(maxsize=2_048)(parse)


@dataclass
class _Filling:
    values: Mapping[str, Value]
    language: str
    formality: str
    said: Joining = field(default_factory=Joining)

    def say(self, parts: Parts) -> None:
        for part in parts:
            self._say_one(part)

    def _say_one(self, part: Part) -> None:
        match part:
            case Words():
                self.said.words(part.text)
            case Plain():
                self._say_value(part.name, self._written(part.name))
            case Number():
                self._say_value(part.name, number_only(self.values.get(part.name), self.language))
            case Plural():
                self.say(self._plural_case(part))
            case Select():
                self._say_select(part)

    def _say_value(self, name: str, text: str) -> None:
        is_name = PLACEHOLDERS[name].kind is Kind.PERSON
        match bool(text), is_name:
            case True, True:
                self.said.name(text)
            case True, False:
                self.said.value(text)
            case False, True:
                self.said.no_name()
            case _:
                self.said.blank(name)

    def _written(self, name: str) -> str:
        return written(name, self.values.get(name), language=self.language, formality=self.formality)

    def _plural_case(self, part: Plural) -> Parts:
        number = decides_form(self.values.get(part.name))
        if number is None:
            return part.cases[OTHER]
        exactly = part.cases.get(f"={as_number(self.values.get(part.name))}")
        fitting = part.cases.get(plural_class(number, self.language), part.cases[OTHER])
        return fitting if exactly is None else exactly

    def _say_select(self, part: Select) -> None:
        for case in (self._chosen(part.name), KNOWN if self._written(part.name) else ""):
            if case in part.cases:
                self.say(part.cases[case])
                return
        if PLACEHOLDERS[part.name].kind is Kind.CHOICE and not part.cases[OTHER]:
            self.said.blank(part.name)  # nobody chose, and nothing was written for that
            return
        self.say(part.cases[OTHER])

    def _chosen(self, name: str) -> str:
        """What a select of choices goes by; empty where there is nothing to choose by."""
        if not PLACEHOLDERS[name].choices:
            return ""
        value = self.values.get(name)
        if value is None and PLACEHOLDERS[name].kind is Kind.GENDER:
            value = self.values.get(_AGENT)
        return value.gender if isinstance(value, AgentName) else str(value)
