"""How letters begin in our languages. Whoever looks for a greeting looks here."""

from __future__ import annotations

import re
from typing import Final

from heard.checks.regex import regex

# Greetings that are nothing without a name …
NEEDS_NAME: Final = (
    r"Dear(?: (?:Mr|Mrs|Ms|Miss|Dr)\.?)?",
    r"Kedves|Tisztelt|Drága",
    r"Milý|Milá|Drahý|Drahá|Vážený|Vážená",
    r"Dragi|Draga",
    r"Αγαπητέ|Αγαπητή",
)
# … and those that are complete, unless a gap before the comma shows that a name fell out.
COMPLETE: Final = (
    r"Hello|Hi|Hey|Good (?:morning|afternoon|evening|day)|(?:Morning|Afternoon|Evening)(?=[ ,!])|Greetings",
    r"Dobrý (?:den|večer)|Dobré (?:ráno|odpoledne)|Ahoj|Čau|Zdravím(?:e)?|Hezký den|Krásný den|Pěkný den|"
    r"Hezké (?:ráno|odpoledne)|Nazdar|Čest",
    r"Vážený pane|Vážená paní|Milí|Vážení",
    r"Dober dan|Dobro jutro|Dober večer|Pozdravljen[ai]?|Spoštovan[aiey]?(?: (?:gospod|gospa))?|Živjo|Zdravo|"
    r"Hej|Lep pozdrav|Pozdrav|Lepo pozdravljen[ai]?",
    r"Jó napot(?: kívánok| kívánunk)?|Jó reggelt|Jó estét|Üdvözlöm|Üdvözöljük|Üdv|Üdvözlünk|Szia|Sziasztok|"
    r"Helló|Heló|Hali|Szervusz|Szép napot",
    r"Γει[αά](?: σας| σου)?|Καλη(?:μέρα|σπέρα)(?: σας| σου)?|Χαίρετε|Καλό απόγευμα|Γεια χαρά",
    r"Αγαπητέ κύριε|Αγαπητή κυρία|Αξιότιμ[εη](?: κύριε| κυρία)?",
)


def any_of(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


GREETING: Final = any_of(*COMPLETE, *NEEDS_NAME)
BEGINS: Final = regex(rf"\W{{0,10}}{GREETING}\b", re.IGNORECASE)


def begins_with_greeting(text: str) -> bool:
    return BEGINS.match(text.lstrip()) is not None
