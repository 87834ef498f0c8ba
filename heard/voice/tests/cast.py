"""A voice that says something of everything."""

from __future__ import annotations

from heard.checks.phrase import Phrase
from heard.voice.write import Example, WantedVoice

A_VOICE = WantedVoice(
    name="Acme",
    address="formal",
    humour="never",
    emoji="few",
    most_emoji=1,
    sentences=4,
    characters=400,
    words=[Phrase("package*", "parcel", "it is shorter"), Phrase("cheap")],
    examples=[Example("Your parcel left today, and it comes on Friday.", "It says when.")],
)
