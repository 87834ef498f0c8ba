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
        "taboos": N_("Greek in Latin letters: do not write back like that."),
        "notes": "",
    },
    {
        "country": "SI",
        "language": "sl",
        "greeting": _BY_NAME,
        "directness": _TO_THE_POINT,
        "formality": _FORMAL,
        "taboos": N_("Do not mix up Slovenia and Slovakia."),
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
        "taboos": N_("Do not say Czechoslovakia."),
        "notes": "",
    },
    {
        "country": "GB",
        "language": "en",
        "greeting": _BY_NAME,
        "directness": _KINDLY,
        "formality": N_("First names are the norm. A sorry is expected early."),
        "taboos": N_("Do not call everybody English."),
        "notes": "",
    },
    {
        "country": "IE",
        "language": "",
        "greeting": _BY_NAME,
        "directness": _KINDLY,
        "formality": N_("First names are the norm. A sorry is expected early."),
        "taboos": N_("Do not count Ireland to the United Kingdom."),
        "notes": "",
    },
)
