"""What somebody wants a saved reply to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from heard.replies.facts import Facts
from heard.replies.files import Files
from heard.replies.ways import Way


class NothingSaid(Exception):
    """A saved reply says something, and says it in its source language."""


class ChangedMeanwhile(Exception):
    """Somebody else wrote it since; what they wrote is not overwritten unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be otherwise. `facts` left out stay; `texts` has what is said anew, an empty text takes its variant
    away; `checked` are translations found right as they stand. With `draft` it is kept from others; without a word
    about it, a draft stays one. `seen` is the version that the writer had before them."""

    facts: Facts | None = None
    texts: Mapping[Way, str] = field(default_factory=dict)
    checked: Collection[Way] = ()
    files: Files = field(default_factory=Files)
    draft: bool | None = None
    seen: int | None = None
