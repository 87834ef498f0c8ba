"""May a variant say this? Its placeholders have to be ones that there are, and none that is personal may stand in public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from heard.channels.words import N_
from heard.placeholders.known import PLACEHOLDERS
from heard.placeholders.text import names_in, parse
from heard.placeholders.wrong import WrongWording
from heard.replies.models import Audience
from heard.replies.ways import Way

LONGEST: Final = 8_000


class BadWording(Exception):
    """What is wrong with each variant that cannot be kept as it was typed."""

    def __init__(self, wrong: Mapping[Way, WrongWording]) -> None:
        super().__init__("; ".join(f"{way}: {one.sentence}" for way, one in wrong.items()))
        self.wrong = wrong


def clean(text: str) -> str:
    """Browsers and spreadsheets end lines in their own way; here they end in one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def stop_unless_right(texts: Mapping[Way, str]) -> None:
    """Raises BadWording."""
    wrong = {way: found for way, text in texts.items() if (found := wrong_in(text, way))}
    if wrong:
        raise BadWording(wrong)


def wrong_in(text: str, way: Way) -> WrongWording | None:
    if len(text) > LONGEST:
        return WrongWording(
            N_("The text is too long: %(limit)s characters fit."), LONGEST, len(text), limit=LONGEST
        )
    try:
        parse(text, language=way.language)
        return _personal_in_public(text) if way.audience == Audience.PUBLIC else None
    except WrongWording as wrong:
        return wrong


def _personal_in_public(text: str) -> WrongWording | None:
    name = next((name for name in names_in(text) if PLACEHOLDERS[name].personal), "")
    if not name:
        return None
    start = text.find(name)
    reason = N_("“%(name)s” belongs to one customer, so it may not stand in a public answer.")
    return WrongWording(reason, start, start + len(name), name=f"{{{name}}}")
