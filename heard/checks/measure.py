"""How good the gate is: `python -m heard.checks.measure` reads the labelled replies and prints one table, and how well the
mood of labelled messages is told.

Another folder of files like those in `corpus/` may be given.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Final

from heard.checks.corpus.labelled import HERE, Labelled, corpus
from heard.checks.gate import Finding, examine
from heard.language.mood import LABELLED, mood_of

_SURE: Final = 1.96  # standard deviations: 19 of 20 intervals hold the truth


@dataclass(frozen=True, slots=True)
class Judged:
    one: Labelled
    findings: Sequence[Finding]

    @property
    def is_right(self) -> bool:
        """A clean reply is let through; a faulty one is found for what is wrong with it."""
        if self.one.expected:
            return self.one.expected in {finding.code for finding in self.findings}
        return all(finding.weight == "hint" for finding in self.findings)

    @property
    def others(self) -> list[Finding]:
        """What was found beside the fault."""
        return [f for f in self.findings if f.weight != "hint" and f.code != self.one.expected]


@dataclass(frozen=True, slots=True)
class Share:
    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's: honest for few cases, too."""
        if not self.of:
            return 0.0, 1.0
        squared = _SURE**2
        middle = (self.value + squared / (2 * self.of)) / (1 + squared / self.of)
        spread = sqrt(self.value * (1 - self.value) / self.of + squared / (4 * self.of**2)) * _SURE
        return max(0.0, middle - spread / (1 + squared / self.of)), min(
            1.0, middle + spread / (1 + squared / self.of)
        )


def judged(folder: Path = HERE) -> list[Judged]:
    return [Judged(one, examine(one.draft)) for one in corpus(folder)]


def shares(results: Sequence[Judged]) -> dict[tuple[str, str], Share]:
    """By what was expected and by language; "all" is all of them."""
    right: dict[tuple[str, str], int] = defaultdict(int)
    of: dict[tuple[str, str], int] = defaultdict(int)
    for result in results:
        for language in (result.one.language, "all"):
            right[result.one.check, language] += result.is_right
            of[result.one.check, language] += 1
    return {key: Share(right[key], count) for key, count in of.items()}


def table(results: Sequence[Judged]) -> Iterator[str]:
    found = shares(results)
    languages = [*sorted({language for _, language in found if language != "all"}), "all"]
    yield (
        f"{'right of all':<12}"
        + "".join(f"{language:>12}" for language in languages)
        + "   19 of 20 times between"
    )
    for check in sorted({check for check, _ in found}, key=lambda check: (check == "clean", check)):
        cells = [found.get((check, language), Share(0, 0)) for language in languages]
        low, high = cells[-1].interval
        yield f"{check:<12}" + "".join(f"{_cell(cell):>12}" for cell in cells) + f"   {low:.1%} – {high:.1%}"


def _cell(share: Share) -> str:
    return f"{share.right}/{share.of}" if share.of else "–"


def moods() -> Iterator[str]:
    """Of labelled messages: how many were named rightly, named wrongly, and left alone although they had a mood."""
    yield f"{'mood':<12}{'right':>8}{'silent':>8}{'wrong':>8}"
    for path in sorted(LABELLED.glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        told = [(wanted, _feeling(text, path.stem)) for wanted, text in rows]
        right = sum(wanted == feeling for wanted, feeling in told)
        silent = sum(wanted != feeling == "none" for wanted, feeling in told)
        yield f"{path.stem:<12}{right:>8}{silent:>8}{len(told) - right - silent:>8}"


def _feeling(text: str, language: str) -> str:
    mood = mood_of(text, language)
    return mood.feeling if mood else "none"


def _wrong(results: Sequence[Judged]) -> Iterator[str]:
    for result in results:
        found = [f"{f.code} “{result.one.draft.text[f.start : f.end][:40]}”" for f in result.others]
        if not result.is_right or found:
            wanted = result.one.expected or "nothing"
            yield f"{result.one.language}: wanted {wanted}, found {', '.join(found) or 'nothing'}\n    {result.one.draft.text}"


def main(said: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m heard.checks.measure", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    parser.add_argument("--wrong", action="store_true", help="show each reply that was judged wrongly")
    arguments = parser.parse_args(said)
    results = judged(arguments.folder)
    sys.stdout.writelines(f"{line}\n" for line in table(results))
    if arguments.folder == HERE:
        sys.stdout.writelines(f"{line}\n" for line in ("", *moods()))
    if arguments.wrong:
        sys.stdout.writelines(f"{line}\n" for line in _wrong(results))


if __name__ == "__main__":
    main()
