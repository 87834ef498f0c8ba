"""What is wrong with a wording, and where, in words for whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from heard.channels.words import N_
from heard.placeholders.known import PLACEHOLDERS


class WrongWording(ValueError):
    """`reason` is an English source text and `params` what goes into its %(name)s; from `start` to `end`."""

    def __init__(self, reason: str, start: int, end: int, **params: str | int) -> None:
        self.reason, self.start, self.end, self.params = reason, start, end, params
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The reason in English, for the API and for logs."""
        return self.reason % self.params


def unknown_name(found: str, start: int, end: int) -> WrongWording:
    close = get_close_matches(found.lower().replace(" ", "_"), PLACEHOLDERS, n=1) or _ending_in(found)
    written = f"{{{found}}}"
    if not close:
        return WrongWording(N_("“%(found)s” is not known."), start, end, found=written)
    reason = N_("“%(found)s” is not known. Did you mean %(meant)s?")
    return WrongWording(reason, start, end, found=written, meant=f"{{{close[0]}}}")


def _ending_in(found: str) -> list[str]:
    """{name} is customer.name, though it does not look close."""
    return [name for name in PLACEHOLDERS if name.split(".")[-1] == found.lower().replace(" ", "_")]


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
