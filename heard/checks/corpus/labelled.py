"""Replies that people have judged, one file a language: what stands beside this file was written for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from heard.channels.contract import Button
from heard.checks.attached import Attached
from heard.checks.draft import Draft, Phrase

HERE: Final = Path(__file__).parent
_ASKED: Final = (
    *("public", "complaint", "formality", "names", "first_answer"),
    *("limit", "window_closed", "today"),
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A draft, and the code of the finding that it deserves; none for a reply that is fit to send."""

    draft: Draft
    language: str
    expected: str = ""

    @property
    def check(self) -> str:
        return self.expected.partition(".")[0] or "clean"


def corpus(folder: Path = HERE) -> list[Labelled]:
    return [one for path in sorted(folder.glob("*.toml")) for one in _of(path)]


def _of(path: Path) -> Iterator[Labelled]:
    language, read = path.stem[:2], tomllib.loads(path.read_text(encoding="utf-8"))
    ours = tuple(read.get("ours", ()))
    for text in read.get("clean", ()):
        yield Labelled(_draft({"text": text}, language, ours), language)
    for row in read.get("faulty", ()):
        yield Labelled(_draft(row, language, ours), language, row["expect"])


def _draft(row: dict[str, Any], language: str, ours: tuple[str, ...]) -> Draft:
    told: dict[str, Any] = {name: row[name] for name in _ASKED if name in row}
    told.setdefault("public", True)
    told["already_said"] = row.get("said", ())
    told["forbidden"] = [Phrase(text) for text in row.get("forbidden", ())]
    told["files"] = [Attached(name, "application/pdf", 1_000) for name in row.get("files", ())]
    told["buttons"] = [Button(label) for label in row.get("buttons", ())]
    return Draft(text=row["text"], language=language, ours=ours, **told)
