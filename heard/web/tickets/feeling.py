"""How the customer seems to feel, in one line above the box in which the answer is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.language.mood import Confidence, Feeling, mood_of
from heard.tickets.models import Message

_LINES: Final[Mapping[tuple[Feeling, Confidence], Promise]] = {
    ("angry", "sure"): _("Sounds angry: %(words)s"),
    ("angry", "likely"): _("May be angry: %(words)s"),
    ("worried", "sure"): _("Sounds worried: %(words)s"),
    ("worried", "likely"): _("May be worried: %(words)s"),
    ("pleased", "sure"): _("Sounds pleased: %(words)s"),
    ("pleased", "likely"): _("May be pleased: %(words)s"),
    ("casual", "sure"): _("Writes casually: %(words)s"),
    ("casual", "likely"): _("Writes rather casually: %(words)s"),
}


def feeling(message: Message | None) -> str:
    """Empty where unsure, and where it was not the customer who wrote."""
    if message is None or not message.is_in:
        return ""
    mood = mood_of(message.text, message.language)
    if mood is None or not mood.words:
        return ""
    words = ", ".join(f"“{word}”" for word in mood.words)
    return str(_LINES[mood.feeling, mood.confidence]) % {"words": words}
