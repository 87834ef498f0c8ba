"""Words by which a letter ends, says what comes next, or pushes somebody away. Without accents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from heard.checks.regex import regex


def _by_language(**words: str) -> Mapping[str, re.Pattern[str]]:
    """Apart, because what asks in one language is an article in the next."""
    return {language: regex(rf"\b(?:{said})\b") for language, said in words.items()}


LANGUAGES: Final = frozenset({"cs", "el", "en", "hu", "sl"})

NEXT_STEP: Final = _by_language(
    en=(
        r"let us know|tell us|write (?:to )?us|send (?:it|us|them)|message us|contact us|call us|get in touch|"
        r"reply|please|"
        r"we(?: wi|')ll|i(?: wi|')ll|you can|you(?: wi|')ll|you may|you need|if you|should you|(?:just|"
        r"simply) \w+|try|"
        r"(?:is|are) (?:on (?:its|their|the) way|going to|being)|feel free|ask (?:us|for|here)|leaves|arrives|comes"
    ),
    cs=(
        r"(?:dej|dejte|davej|davejte) (?:nam |mi |nam prosim )?vedet|napis\w{0,3}|pist?e|ozvi se|ozvete se|"
        r"ozvat se|prosim\w*|"
        r"muz(?:ete|es|eme)|staci|bud(?:eme|u|e|ou|ete|es)|ozv\w{2,4}|posl\w{1,4}|posil\w{2,5}|zasl\w{1,4}|"
        r"jestli\w{0,2}|"
        r"kdyby\w{0,4}|pokud|kdyz|az|zkus\w{0,3}|vyber\w{0,3}|obrat\w{0,3} se|kontaktuj\w{0,2}|zavol\w{1,5}|"
        r"vyzved\w{1,5}|"
        r"zastav\w{0,3} se|doraz\w{1,4}|prijd\w{1,4}|dostan\w{1,4}|najd\w{1,5}|odesil\w{2,4}|odejd\w{1,3}|vrat\w{1,4}"
    ),
    sl=(
        r"sporoc\w{1,4}|odgovor\w{1,4}|pisi\w{0,2}|poslj\w{1,4}|poslali|prosi\w{1,2}|lahko|bo(?:mo|m|do|ste|"
        r"s)?|oglasi\w{0,4}|"
        r"javi\w{0,4}|pokli\w{1,6}|ce|kadar|ko|obrni\w{0,4}|obrnete|preveri\w{0,3}|poskusi\w{0,3}|"
        r"izber\w{1,4}|prid\w{1,4}|"
        r"dobi\w{1,3}|najdete|najdes|vrn\w{1,4}|odposlj\w{1,3}|povej\w{0,2}|vprasaj\w{0,2}|zadostuje|dovolj je"
    ),
    hu=(
        r"ir(?:j|ni)\w{0,4}|kerj\w*|kerem|kerlek|jelez\w{1,5}|tud(?:od|ja|juk|unk|sz|nak)|fog\w{1,4}|"
        r"kuld\w{1,5}|jelentkez\w*|"
        r"valaszol\w*|szol(?:j|jon|jatok|janak)|ha|amint|amikor|hivj\w{0,4}|keres\w{1,5}|fordul\w{1,5}|probal\w{1,5}|"
        r"lehet|erkez\w{1,4}|megerkez\w{1,4}|megkap\w{1,4}|visszakuld\w{0,4}|valasszon|valassz|nezz\w{1,4}|"
        r"varj\w{1,3}|"
        r"indul\w{0,3}|elintez\w{1,4}|visszair\w{0,3}|felkeres\w{0,4}"
    ),
    el=(
        r"γραψτε|γραψε|γραψετε|στειλτε|στειλε|στειλετε|παρακαλ\w*|ενημερω\w{2,5}|μπορει(?:τε|ς)|θα|αν|εαν|"
        r"οταν|μολις|πειτε|πες|"
        r"απαντηστε|απαντησε|καλεστε|καλεσε|επικοινωνη\w{1,5}|δοκιμα\w{2,4}|δειτε|δες|ελατε|επιλεξτε|επιλεξε|"
        r"αρκει|ζητηστε|"
        r"φευγει|ερχεται|χρειαζε\w{2,4}|απευθυνθειτε|ρωτηστε"
    ),
)
CLOSES: Final = _by_language(
    en=(
        r"regards|best wishes|all the best|sincerely|cheers|yours|take care|kind|warmly|see you|have a \w+|enjoy|"
        r"welcome|congratulations"
    ),
    cs=(
        r"s (?:pozdravem|pranim|uctou)|zdravi|hezk\w{1,2} (?:den|vecer|vikend|zbytek)|krasn\w{1,2} (?:den|"
        r"vecer|vikend)|"
        r"pekn\w{1,2} (?:den|vecer|vikend)|preji|prejeme|mejte se|mej se|at (?:slouzi|chutna|se dari)|"
        r"na videnou|na shledanou|"
        r"nashledanou|tesime se|gratulujeme|uzijte|uzij si|drzime palce"
    ),
    sl=(
        r"lep\w{0,3} (?:pozdrav\w{0,3}|dan|vecer|vikend)|lepo pozdravljen\w|s spostovanjem|"
        r"prijet\w{1,3} (?:dan|vecer|vikend)|"
        r"nasvidenje|se vidimo|veselimo se|naj sluzi|dober tek|cestit\w{1,4}|srecno|uzivajte|uzivaj|"
        r"zelimo"
    ),
    hu=(
        r"udv|udvozl\w{3,6}|tisztelettel|szep (?:napot|estet|hetveget)|minden jot|jo (?:hetveget|pihenest|etvagyat)|"
        r"viszontlatasra|talalkozunk|varjuk|egeszseggel|gratulalunk|kellemes \w+|sok sikert"
    ),
    el=(
        r"με (?:εκτιμηση|τιμη|φιλικους)|φιλικα|καλη (?:συνεχεια|επιτυχια|ξεκουραση)|χαιρετισμ\w*|"
        r"καλη σας (?:ημερα|μερα)|"
        r"καλο (?:απογευμα|βραδυ|σαββατοκυριακο)|τα λεμε|σας περιμενουμε|να το χαρειτε|συγχαρητηρια|ευχομαστε|"
        r"στη διαθεση σας"
    ),
)
HARSH: Final = regex(
    r"\b(?:calm down|not our (?:problem|fault)|(?:as|like) (?:i|we) (?:already )?(?:said|told you)|"
    r"you should have|you failed to|your own fault|"
    r"your mistake|company policy|you must understand|you have to understand|"
    r"there is nothing we can do|impossible|you are wrong|"
    r"uklidnete se|uklidni se|to neni nas problem|za to nemuzeme|jak (?:jsme|jsem) (?:uz|"
    r"jiz) (?:rekl\w*|psal\w*)|mel[ai]? jste si|vase chyba|"
    r"vase vina|to je nemozne|nic s tim neudelame|mylite se|"
    r"pomirite se|to ni nas problem|to ni nasa krivda|kot (?:smo|sem) ze (?:rekl\w*|napisal\w*)|"
    r"vasa napaka|sami ste krivi|to ni mogoce|motite se|"
    r"nyugodjon meg|nem a mi (?:hibank|problemank|gondunk)|ahogy mar (?:mondtuk|irtuk)|az on hibaja|"
    r"on a hibas|lehetetlen|nincs mit tenni|"
    r"ηρεμηστε|δεν ειναι δικο μας προβλημα|δεν φταιμε εμεις|οπως ηδη (?:ειπαμε|σας ειπαμε|γραψαμε)|"
    r"δικο σας λαθος|ειναι αδυνατον?|"
    r"δεν μπορουμε να κανουμε τιποτα|κανετε λαθος)\b"
)
