"""Does a saved reply sound like us? Asked while it is written, of the voices that count everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from heard.checks.draft import Draft
from heard.checks.finding import Finding
from heard.checks.voice import voice
from heard.checks.wanted_voice import Profile, voice_of
from heard.replies.models import Audience
from heard.replies.ways import Way


def found_by_voice(text: str, way: Way, voices: Sequence[Profile]) -> list[Finding]:
    """A formal and an informal wording stand side by side on purpose, so how it addresses people is no question."""
    draft = Draft(
        text=text,
        public=way.audience == Audience.PUBLIC,
        language=way.language,
        formality=way.formality,
        voice=voice_of(voices, language=way.language),
    )
    return list(voice(draft))
