"""Source and translations in step. A variant is stale when its source says something else than when the two were
last brought into step. Nothing is marked when a source changes: it is compared. Knows no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from heard.replies.ways import Way, source_of


@dataclass(frozen=True, slots=True)
class Said:
    """`source_text` is what the source said when this was written or looked through."""

    text: str
    source_text: str = ""


def is_stale(way: Way, said: Mapping[Way, Said], source: str) -> bool:
    """What has no source, stands for itself."""
    origin = source_of(way, said, source)
    return origin is not None and said[origin].text != said[way].source_text


def stale_ways(said: Mapping[Way, Said], source: str) -> frozenset[Way]:
    return frozenset(way for way in said if is_stale(way, said, source))


def written(
    said: Mapping[Way, Said], texts: Mapping[Way, str], *, source: str, checked: Collection[Way] = ()
) -> dict[Way, Said]:
    """What is said after `texts` were put there; an empty one takes its variant away.

    Whoever writes a variant anew has its source beside it, so it is in step from then on, as are those in
    `checked`, which somebody looked through and found right.
    """
    after = dict(said)
    for way, text in texts.items():
        if not text:
            after.pop(way, None)
        elif way not in said or said[way].text != text:
            after[way] = Said(text)
    anew = [way for way in after if way not in said or said[way].text != after[way].text]
    return _in_step(after, [*anew, *(way for way in checked if way in after)], source)


def turned(said: Mapping[Way, Said], *, before: str, source: str) -> dict[Way, Said]:
    """What is said after another language became the source: what was in step with each other, still is."""
    stale = stale_ways(said, before)
    fresh = [
        way
        for way in said
        if way not in stale and (origin := source_of(way, said, source)) and origin not in stale
    ]
    of_source = {way: Said(one.text) for way, one in said.items() if way.language == source}
    return _in_step({**said, **of_source}, fresh, source)


def _in_step(said: dict[Way, Said], ways: Iterable[Way], source: str) -> dict[Way, Said]:
    for way in ways:
        origin = source_of(way, said, source)
        said[way] = Said(said[way].text, said[origin].text if origin else "")
    return said
