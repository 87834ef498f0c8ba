"""Words by which a letter ends, says what comes next, or pushes somebody away. Without accents."""

from __future__ import annotations

import re
from typing import Final

NEXT_STEP: Final = re.compile(
    r"\b(?:let us know|write to us|send us|message us|contact us|call us|reply|please|we will|i will|"
    r"you can|you will|"
    r"dejte (?:nam )?vedet|dej (?:nam )?vedet|napiste|napis|ozvete se|ozvi se|prosim\w*|muzete|muzes|"
    r"budeme|ozveme|posleme|"
    r"sporocite|sporoci|pisite|pisi nam|prosim\w*|lahko|bomo|poslali|oglasi\w*|"
    r"irj\w*|kerj\w*|kerem|jelezz\w*|tudod|tudja|fogjuk|fogunk|kuldj\w*|jelentkez\w*|"
    r"γραψτε|γραψε|στειλτε|στειλε|παρακαλ\w*|ενημερωστε|μπορειτε|μπορεις|θα)\b"
)
CLOSES: Final = re.compile(
    r"\b(?:regards|best wishes|sincerely|cheers|yours|take care|kind|"
    r"s pozdravem|hezky den|krasny den|pekny den|preji|prejeme|mejte se|mej se|"
    r"lep pozdrav|lep dan|lepo pozdravljeni|s spostovanjem|prijeten dan|"
    r"udvozlettel|tisztelettel|szep napot|minden jot|"
    r"με εκτιμηση|φιλικα|καλη συνεχεια|χαιρετισμ\w*|καλη σας μερα)\b"
)
HARSH: Final = re.compile(
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
