"""How often the language of a short message is recognised: `python -m heard.language.measure`.

The messages in `samples/` were written for it, as customers write. Only what is called certain is acted on, so
two things count: how much of that is right, and how much is left undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from heard.language.detect import detect
from heard.language.unaccented import without_accents

SAMPLES: Final = Path(__file__).parent / "samples"
LONG: Final = 20  # characters from which on a message is to be recognised
OWN: Final = ("el", "sl", "hu", "cs")


@dataclass(frozen=True, slots=True)
class Sample:
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    messages: int
    right: int
    wrong: Sequence[tuple[str, str]]  # what it was taken for, and the text

    @property
    def undecided(self) -> int:
        return self.messages - self.right - len(self.wrong)

    @property
    def accuracy(self) -> float:
        """Of what is called certain."""
        certain = self.right + len(self.wrong)
        return self.right / certain if certain else 1.0


def sets() -> Iterator[tuple[str, list[Sample]]]:
    for language in OWN:
        yield language, [Sample(language, text) for text in _lines(f"{language}.txt")]
    yield "el, Latin letters", [Sample("el", text) for text in _lines("greeklish.txt")]
    for language in ("sl", "hu", "cs"):
        plain = [Sample(language, without_accents(text)) for text in _lines(f"{language}.txt")]
        yield f"{language}, without accents", plain
    yield "others", [Sample(*line.split("\t")) for line in _lines("others.tsv")]


def measured(name: str, samples: Iterable[Sample]) -> Measured:
    right, wrong, messages = 0, [], 0
    for sample in samples:
        messages += 1
        found = detect(sample.text)
        if found.certain and found.language == sample.language:
            right += 1
        elif found.certain:
            wrong.append((found.language, sample.text))
    return Measured(name, messages, right, wrong)


def _lines(name: str) -> list[str]:
    return (SAMPLES / name).read_text(encoding="utf-8").splitlines()


def main() -> None:
    for title, is_long in ((f"{LONG} characters and more", True), ("shorter", False)):
        print(f"\n{title:26} messages  certain  right  undecided")
        for name, samples in sets():
            row = measured(name, [one for one in samples if (len(one.text) >= LONG) is is_long])
            certain = row.right + len(row.wrong)
            print(f"{name:26} {row.messages:8} {certain:8} {row.accuracy:6.1%} {row.undecided:10}")
            for taken_for, text in row.wrong:
                print(f"    taken for {taken_for}: {text}")


if __name__ == "__main__":
    main()
