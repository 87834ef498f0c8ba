"""How well a voice tells replies apart: `python -m heard.checks.measure_voice` asks it of pairs that people have judged.

`--wrong` shows each pair in which the voice does not prefer the right one.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from heard.checks.draft import Draft, Phrase
from heard.checks.measure import Share
from heard.checks.voice import voice
from heard.checks.wanted_voice import Profile, Voice, voice_of

PAIRS: Final = Path(__file__).parent / "voice_pairs"


@dataclass(frozen=True, slots=True)
class Pair:
    """Which of two replies sounds as it should, as a person said."""

    language: str
    voice: Voice | None
    right: str
    wrong: str

    @property
    def is_preferred(self) -> bool:
        """The voice finds less in the right one. Where it finds as much, it has no opinion, and that is not right."""
        return self._found(self.right) < self._found(self.wrong)

    def _found(self, text: str) -> int:
        return len(list(voice(Draft(text=text, public=True, language=self.language, voice=self.voice))))


def pairs(folder: Path = PAIRS) -> list[Pair]:
    return [one for path in sorted(folder.glob("*.toml")) for one in _of(path)]


def _of(path: Path) -> Iterator[Pair]:
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    told: dict[str, Any] = read["voice"]
    words = [Phrase(text, instead) for text, instead in told.pop("words", ())]
    heard = voice_of([Profile(name=path.stem, words=words, **told)], language=path.stem)
    for row in read["pairs"]:
        yield Pair(path.stem, heard, row["right"], row["wrong"])


def table(judged: Sequence[Pair]) -> Iterator[str]:
    for language in [*sorted({one.language for one in judged}), "all"]:
        of = [one for one in judged if language in (one.language, "all")]
        share = Share(sum(one.is_preferred for one in of), len(of))
        yield f"{language:<5}{share.right:>4} of {share.of:<4}{share.value:.0%}"


def main(said: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m heard.checks.measure_voice", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show each pair that was judged wrongly")
    arguments = parser.parse_args(said)
    judged = pairs()
    sys.stdout.writelines(f"{line}\n" for line in table(judged))
    if arguments.wrong:
        missed = (one for one in judged if not one.is_preferred)
        sys.stdout.writelines(f"{one.language}: {one.right}\n    not {one.wrong}\n" for one in missed)


if __name__ == "__main__":
    main()
