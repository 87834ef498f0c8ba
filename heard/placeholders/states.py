"""Words for what can be chosen, where a text names it without a `select`: "Status: shipped"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from heard.language.locales import plain_language
from heard.placeholders.known import FAULTS, ORDER_STATES

_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("packed", "shipped", "at the pick-up point", "delivered"),
    "cs": ("zabaleno", "odesláno", "připraveno k vyzvednutí", "doručeno"),
    "sl": ("zapakirano", "odposlano", "pripravljeno na prevzemnem mestu", "dostavljeno"),
    "hu": ("becsomagolva", "feladva", "az átvételi ponton", "kézbesítve"),
    "el": ("συσκευάστηκε", "στάλθηκε", "στο σημείο παραλαβής", "παραδόθηκε"),
}
_FAULT: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("faulty", "damaged", "wrong", "missing"),
    "cs": ("vadné zboží", "poškozené zboží", "jiné zboží", "chybějící zboží"),
    "sl": ("izdelek z napako", "poškodovan izdelek", "napačen izdelek", "manjkajoč izdelek"),
    "hu": ("hibás termék", "sérült termék", "más termék", "hiányzó termék"),
    "el": ("ελαττωματικό προϊόν", "κατεστραμμένο προϊόν", "λάθος προϊόν", "προϊόν που λείπει"),
}
_WORDS: Final = {"order_status": (ORDER_STATES, _ORDER), "fault_kind": (FAULTS, _FAULT)}


def state_written(name: str, choice: str, language: str) -> str:
    """In English where the language has no words here: an agent sees that and writes it."""
    choices, words = _WORDS[name]
    return words.get(plain_language(language), words["en"])[choices.index(choice)]
