"""What the cards that come with Heard say. Modest on purpose: habits of letters, and nothing of what people are like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from heard.channels.words import N_

_BY_NAME: Final = N_("A greeting with the name is usual, and a short one is fine.")
_VOCATIVE: Final = N_("A greeting with the name in the vocative is usual.")
_FORMAL: Final = N_("Formal with people one does not know. Informal once they write so.")
_TO_THE_POINT: Final = N_("Answer first, then the reason.")
_KINDLY: Final = N_("Wrap a refusal kindly, and say what can be done.")

STARTER: Final[Sequence[Mapping[str, str]]] = (
    {
        "country": "GR",
        "language": "el",
        "greeting": _VOCATIVE,
        "directness": N_("A personal word before the matter is welcome."),
        "formality": _FORMAL,
        "taboos": N_("Name days are congratulated, and Greek in Latin letters is answered in Greek."),
        "notes": "",
    },
    {
        "country": "SI",
        "language": "sl",
        "greeting": _BY_NAME,
        "directness": _TO_THE_POINT,
        "formality": _FORMAL,
        "taboos": N_("Slovenia and Slovakia are two countries, and so are their languages."),
        "notes": "",
    },
    {
        "country": "HU",
        "language": "hu",
        "greeting": N_("The family name stands first. In a greeting the given name is enough."),
        "directness": _TO_THE_POINT,
        "formality": _FORMAL,
        "taboos": "",
        "notes": "",
    },
    {
        "country": "CZ",
        "language": "cs",
        "greeting": _VOCATIVE,
        "directness": _TO_THE_POINT,
        "formality": _FORMAL,
        "taboos": N_("The country is Czechia, and its language is Czech."),
        "notes": "",
    },
    {
        "country": "GB",
        "language": "en",
        "greeting": _BY_NAME,
        "directness": _KINDLY,
        "formality": N_("First names are the norm. A sorry is expected early."),
        "taboos": N_("Not everybody in the United Kingdom is English."),
        "notes": "",
    },
    {
        "country": "IE",
        "language": "",
        "greeting": _BY_NAME,
        "directness": _KINDLY,
        "formality": N_("First names are the norm. A sorry is expected early."),
        "taboos": N_("Ireland is no part of the United Kingdom, and pays in euros."),
        "notes": "",
    },
)
