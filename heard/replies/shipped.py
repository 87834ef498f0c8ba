"""The saved replies that come with Heard, as they stand in `library/`. Knows no database."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from heard.contacts.models import Formality
from heard.replies.models import Audience, Length, SavedReply, Situation

LIBRARY: Final = Path(__file__).with_name("library")
SOURCE: Final = "en"  # written first; the others say the same
ALWAYS_ALLOWED: Final = frozenset(("customer.name", "agent.first_name", "agent.gender", "company"))

Form = Literal["public", "private", "email", "any", "form", "note"]
PUBLIC: Final = (Audience.PUBLIC, Length.SHORT)
PRIVATE: Final = (Audience.PRIVATE, Length.NORMAL)
EMAIL: Final = (Audience.EMAIL, Length.LONG)
READERS: Final[Mapping[Form, tuple[tuple[Audience, Length], ...]]] = {
    "public": (PUBLIC,),
    "private": (PRIVATE,),
    "email": (EMAIL,),
    "any": (PUBLIC, PRIVATE, EMAIL),
    "form": ((Audience.PRIVATE, Length.SHORT),),
    "note": ((Audience.PRIVATE, Length.LONG),),
}


class Facts(BaseModel):
    """What is the same in every language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    situation: Situation
    block: SavedReply.Block = SavedReply.Block.WHOLE
    forms: tuple[Form, ...]
    placeholders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Index(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    languages: tuple[str, ...]
    replies: dict[str, Facts]


class Wording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    formal: Annotated[str, Field(min_length=1)]
    informal: Annotated[str, Field(min_length=1)]


class Said(BaseModel):
    """One reply in one language, as a file has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=120)]
    public: Wording | None = None
    private: Wording | None = None
    email: Wording | None = None
    any: Wording | None = None
    form: Wording | None = None
    note: Annotated[str, Field(min_length=1)] | None = None


class Manner(NamedTuple):
    """How something is said, in whatever language."""

    formality: Formality
    audience: Audience
    length: Length


@dataclass(frozen=True, slots=True)
class Shipped:
    """A reply of the library, in all its finished languages."""

    starter: str
    facts: Facts
    titles: Mapping[str, str]
    texts: Mapping[str, Mapping[Manner, str]]  # by language


@cache
def index() -> Index:
    read: dict[str, Any] = _read(LIBRARY / "index.toml")
    return Index(languages=read.pop("languages"), replies=read)


@cache
def shipped() -> Mapping[str, Shipped]:
    """By name, in the library's order."""
    said = {language: said_in(language) for language in index().languages}
    return {
        starter: Shipped(
            starter,
            facts,
            titles={language: said[language][starter].title for language in said},
            texts={language: dict(texts_of(said[language][starter])) for language in said},
        )
        for starter, facts in index().replies.items()
    }


@cache
def said_in(language: str) -> Mapping[str, Said]:
    """All that the files of a language say, finished or not."""
    return {starter: said for chapter in chapters(language).values() for starter, said in chapter.items()}


def chapters(language: str) -> Mapping[str, Mapping[str, Said]]:
    """By the names of their files."""
    kind = TypeAdapter(dict[str, Said])
    files = sorted((LIBRARY / language).glob("*.toml"))
    return {file.stem: kind.validate_python(_read(file)) for file in files}


def texts_of(said: Said) -> Iterator[tuple[Manner, str]]:
    for form, readers in READERS.items():
        wording = getattr(said, form)
        for audience, length in readers if wording is not None else ():
            if isinstance(wording, str):
                yield Manner(Formality.FORMAL, audience, length), wording.strip()
            else:
                yield Manner(Formality.FORMAL, audience, length), wording.formal.strip()
                yield Manner(Formality.INFORMAL, audience, length), wording.informal.strip()


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))
