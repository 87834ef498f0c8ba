"""Every saved reply of the library as a customer would read it, for people who read that language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from heard.placeholders.fill import AgentName, Person, Value, fill
from heard.placeholders.text import names_in
from heard.replies.samples import combinations, sample_values
from heard.replies.shipped import LIBRARY, Manner, Said, index, said_in, texts_of

FOLDER: Final = LIBRARY / "golden"
HEAD: Final = """\
{language}: the saved replies that come with Heard, filled in with ordinary values. Made by `python -m setup.golden`
from heard/replies/library; do not change it here. Below each text stand the lines that read otherwise for other
values: ▸ says which. “unknown” is what is said where Heard does not know the value for certain.
"""


def stale() -> list[str]:
    return [language for language in index().languages if _kept(language) != golden(language)]


def golden(language: str) -> str:
    said = said_in(language)
    parts = [HEAD.format(language=language)]
    for starter in index().replies:
        if starter in said:
            parts += _reply(starter, said[starter], language)
    return "\n".join(parts).rstrip() + "\n"


def write_golden() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in index().languages:
        (FOLDER / f"{language}.txt").write_text(golden(language), "utf-8")


def _kept(language: str) -> str:
    file = FOLDER / f"{language}.txt"
    return file.read_text("utf-8") if file.exists() else ""


def _reply(starter: str, said: Said, language: str) -> Iterator[str]:
    yield f"\n════ {starter} · {said.title} ════"
    shown: dict[str, list[Manner]] = {}
    for manner, text in texts_of(said):
        shown.setdefault(text, []).append(manner)
    for text, manners in shown.items():
        for formality in dict.fromkeys(manner.formality for manner in manners):
            readers = [manner.audience.value for manner in manners if manner.formality == formality]
            yield f"\n── {', '.join(readers)} · {formality} ──"
            yield from _readings(text, language, formality)


def _readings(text: str, language: str, formality: str) -> Iterator[str]:
    usual = fill(text, sample_values(language), language=language, formality=formality).text
    yield usual
    seen = set(usual.splitlines())
    for values in combinations(text, names_in(text), language):
        said = fill(text, values, language=language, formality=formality).text
        anew = [line for line in said.splitlines() if line not in seen]
        seen.update(anew)
        if anew:
            yield f"  ▸ {_difference(values, names_in(text), language)}"
            yield from (f"    {line}" for line in anew)


def _difference(values: Mapping[str, Value], names: tuple[str, ...], language: str) -> str:
    usual = sample_values(language)
    told = [f"{name} {_shown(values.get(name))}" for name in names if values.get(name) != usual[name]]
    return ", ".join(told)


def _shown(value: Value | None) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, AgentName):
        return value.first
    return value.full if isinstance(value, Person) else str(value)
