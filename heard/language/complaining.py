"""Does somebody complain? Only by words that leave little doubt: whoever is merely late is not angry."""

from __future__ import annotations

import re
from typing import Final

from heard.language.plain import plain

_READ: Final = 5_000  # characters

# Beginnings of words, without accents and in small letters.
_BEGINNINGS: Final = (
    # English
    r"unacceptable|outrag|disgrac|disgust|appall|scandal|ridiculous|pathetic|dreadful|horribl|awful|furious|scam"
    r"|ripped off|rip-off|fed up|sick of|terribl[ey] (?:service|experience|support|quality|company)"
    r"|worst (?:service|experience|support|company|shop|ever)|never again|waste of (?:money|time)|i am so angry"
    r"|(?:very|so|deeply|extremely|really|bitterly) (?:disappointed|dissatisfied|unhappy|angry|upset)"
    r"|want to (?:make a complaint|complain)|formal complaint|file a complaint|my complaint|consumer protection",
    # Czech
    r"stiznost|stezuj|stezov|neprijateln|nehorazn|ostud|skandal|podvod|hruz[auy]|otresn|strasn[aye] (?:sluzb|zkusen|pristup)"
    r"|(?:velmi|moc|hodne|krajne|fakt) (?:zklaman|nespokojen|nastvan|rozhorcen)|jsem zklaman|uz nikdy|okrad|naprosto nespokojen"
    r"|vyhozene penize|obchodni inspekc",
    # Slovene
    r"pritozb|pritozuj|nesprejemljiv|nezaslisan|sramot|skandal|prevar|grozn[aoe] (?:storit|izkusnj|odnos)|obup(?:n|an)"
    r"|(?:zelo|res|precej|skrajno) (?:razocaran|nezadovoljn|jez[en])|sem razocaran|nikoli vec|nikdar vec|stran vrzen",
    # Hungarian
    r"panaszt|panaszom|panaszt teszek|felhaborit|elfogadhatatlan|szegyen"
    r"|botrany|atver|csalas|csalok|gyalazat|borzalmas|katasztrof"
    r"|(?:nagyon|igen|rendkivul|melysegesen) (?:csalodott|elegedetlen|duhos|merges)|csalodott vagyok|soha tobb(?:e|et)"
    r"|fogyasztovedelem|kidobott penz",
    # Greek
    r"παραπονο|παραπονα|παραπονουμαι|καταγγελ|απαραδεκτ|ντροπη|αισχος|απατη|απατεων|εξοργιστ|εξωφρεν|τραγικ"
    r"|χαλια|(?:πολυ|παρα πολυ|εξαιρετικα) (?:απογοητευμεν|δυσαρεστημεν|θυμωμεν|εκνευρισμεν)|ειμαι απογοητευμεν|ποτε ξανα"
    r"|πεταμενα λεφτα|συνηγορο του καταναλωτη",
)
_CUE: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_BEGINNINGS)})")
_TURNED: Final = re.compile(
    r"(?<!\w)(?:no|not|never|without|nothing|isn't|wasn't|zadn\w{1,3}|neni|nebyl\w?|nejsem|nemam|nikoli|bez|ni|nisem|brez|nobene\w?"
    r"|nincs|nem|δεν|μην|χωρις|κανενα|καμια|ουτε)(?!\w)\W{0,3}(?:\w{1,20}\W{1,3}){0,2}$"
)


def complains(text: str) -> bool:
    said = plain(text[:_READ])
    return any(
        not _TURNED.search(said[max(0, found.start() - 60) : found.start()]) for found in _CUE.finditer(said)
    )
