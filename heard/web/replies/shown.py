"""What the page of one saved reply shows: a panel for each language, a cell for each way of saying it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from heard.checks.finding import Finding
from heard.checks.wanted_voice import Profile
from heard.contacts.models import Formality
from heard.placeholders.joining import Blank
from heard.placeholders.wrong import WrongWording
from heard.replies.differences import Piece, difference
from heard.replies.facts import LANGUAGES
from heard.replies.models import Audience, Length, SavedReply
from heard.replies.previews import with_samples, without_placeholders
from heard.replies.sounds import found_by_voice
from heard.replies.stale import Said, is_stale
from heard.replies.variants import said_by
from heard.replies.way_words import way_words
from heard.replies.ways import Way, source_of
from heard.replies.wording import clean, wrong_in
from heard.web.replies.typed import Added, Typed
from heard.web.replies.words import wording_words

FIRST_KINDS = [
    (formality, audience, Length.NORMAL.value)
    for audience in Audience.values
    for formality in Formality.values
]


@dataclass(frozen=True)
class Preview:
    """How it reads. `before`, `blank` and `after` in turn make the text, with what is asked for marked."""

    text: str = ""
    pieces: Sequence[tuple[str, str]] = ()  # words, and the blank that follows them
    wrong: str = ""
    raw: str = ""
    plain: str = ""
    hints: Sequence[Finding] = ()


@dataclass(frozen=True)
class Source:
    """What a translation is made from; `label` where that is said in another way."""

    language: str
    text: str
    label: str = ""


@dataclass(frozen=True)
class Cell:
    way: Way
    label: str
    text: str
    is_there: bool
    source: Source | None
    changed: Sequence[Piece]  # in its source since the two were in step
    problem: str
    preview: Preview

    @property
    def name(self) -> str:
        return f"text-{self.way}"


@dataclass(frozen=True)
class Panel:
    language: str
    title: str
    cells: Sequence[Cell]
    is_source: bool
    added: Added
    problem: str

    @property
    def there(self) -> int:
        return sum(cell.is_there for cell in self.cells)

    @property
    def stale(self) -> int:
        return sum(bool(cell.changed) for cell in self.cells)

    @property
    def has_problem(self) -> bool:
        return bool(self.problem) or any(cell.problem for cell in self.cells)


def panels(
    reply: SavedReply | None,
    typed: Typed,
    problems: Mapping[str, str],
    *,
    may_change: bool,
    voices: Sequence[Profile] = (),
) -> list[Panel]:
    """What was typed stands over what is saved."""
    said = said_by(reply.variants.all()) if reply else {}
    kinds = _kinds([*said, *(way for way, text in typed.texts.items() if text)])
    kinds = kinds or (FIRST_KINDS if may_change else [])
    return [
        Panel(
            language=language,
            title=typed.titles.get(language, ""),
            cells=[_cell(Way(language, *kind), said, typed, problems, voices) for kind in kinds],
            is_source=language == typed.source_language,
            added=typed.added.get(language, Added()),
            problem=problems.get(f"add-{language}", ""),
        )
        for language in LANGUAGES
    ]


def preview_of(text: str, way: Way, voices: Sequence[Profile] = ()) -> Preview:
    text = clean(text)
    wrong = wrong_in(text, way)
    if wrong:
        return Preview(wrong=wording_words(wrong), raw=text)
    try:
        filled = with_samples(text, way)
        pieces, plain = _pieces(filled.text, filled.missing), without_placeholders(text, way)
        return Preview(filled.text, pieces, "", text, plain, found_by_voice(filled.text, way, voices))
    except WrongWording as late:
        return Preview(wrong=wording_words(late), raw=text)


def _kinds(ways: Iterable[Way]) -> list[tuple[str, str, str]]:
    """In the order of the choices."""
    order = (Audience.values, Formality.values, Length.values)

    def place(kind: tuple[str, str, str]) -> tuple[int, ...]:
        formality, audience, length = kind
        return tuple(
            names.index(one) for names, one in zip(order, (audience, formality, length), strict=True)
        )

    return sorted({way.kind for way in ways}, key=place)


def _cell(
    way: Way,
    said: Mapping[Way, Said],
    typed: Typed,
    problems: Mapping[str, str],
    voices: Sequence[Profile],
) -> Cell:
    text = typed.texts.get(way, said[way].text if way in said else "")
    origin = source_of(way, said, typed.source_language)
    source = None
    if origin:
        label = way_words(origin) if origin.kind != way.kind else ""
        source = Source(origin.language, said[origin].text, label)
    stale = source is not None and way in said and is_stale(way, said, typed.source_language)
    return Cell(
        way=way,
        label=way_words(way),
        text=text,
        is_there=way in said,
        source=source,
        changed=difference(said[way].source_text, source.text) if stale and source else (),
        problem=problems.get(f"text-{way}", ""),
        preview=preview_of(text, way, voices) if text else Preview(),
    )


def _pieces(text: str, missing: Iterable[Blank]) -> list[tuple[str, str]]:
    pieces, end = [], 0
    for blank in missing:
        pieces.append((text[end : blank.start], text[blank.start : blank.end]))
        end = blank.end
    return [*pieces, (text[end:], "")]
