"""Words that say whether somebody is addressed formally. Only those that say nothing else.

Written without accents, as `plain` gives them, but for Hungarian: there they tell "tisztelettel" from "rendeltél".
Endings are taken where few other words have them, and those that
do are named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from heard.checks.regex import regex


@dataclass(frozen=True, slots=True)
class AddressWords:
    formal: re.Pattern[str]
    informal: re.Pattern[str]


def _words(text: str, *, endings: str = "", never: str = "") -> re.Pattern[str]:
    known = "|".join(sorted(text.split(), key=len, reverse=True))
    but = f"(?!(?:{'|'.join(never.split())})\\b)" if never else ""
    others = f"|{but}(?:{endings})" if endings else ""
    return regex(rf"\b(?:{known}{others})\b")


ADDRESS: Final[Mapping[str, AddressWords]] = {
    "cs": AddressWords(
        formal=_words(
            "vy vas vam vami vas vase vaseho vasemu vasi vasich vasim vasimi vasem jste nejste byste abyste kdybyste "
            "mate nemate muzete nemuzete chcete budete nebudete vite potrebujete napiste poslete zaslete ozvete zkuste "
            "dejte vazeny vazena zavolejte kontaktujte uvedte sdelte potvrdte vyplnte odpovezte oznamte kliknete vyberte "
            "otevrete vratte prineste prijdte zastavte vezmete stahnete nahlaste prihlaste overte opravte vypnete zapnete "
            "reknete uvidite dostanete najdete prectete podivejte mrknete kouknete objednate zaplatite vratite vidite "
            "hledate prijdete vyberete pripojte odpojte odstrante doplnte vyckejte prepnete stisknete",
            endings=r"\w{3,20}(?:ujete|avate|ejte|ujte)",
            never="kdejte",
        ),
        informal=_words(
            "tebe tobe tebou tvuj tvoje tva tve tveho tvemu tvou tvym tvem tvoji tvych tvymi jsi nejsi mas nemas muzes "
            "nemuzes chces nechces budes nebudes vis nevis potrebujes napis posli ozvi zkus mrkni koukni abys kdybys "
            "bys ses sis ahoj cau zavolej podivej das dostanes najdes uvidis reknes prosis potvrd odpovez klikni otevri stahni "
            "pockej vyplnis posles vratis zaplatis prijdes zavolas vyberes potvrdis vidis hledas mluvis "
            "objednal-sis",
            endings=r"\w{2,20}(?:ujes|avas)",
        ),
    ),
    "sl": AddressWords(
        formal=_words(
            "vi vas vam vami vas vasa vase vasega vasemu vaso vasi vasih vasim vasimi vasem niste boste imate nimate "
            "morate morete zelite potrebujete dobite prejmete najdete vidite veste pisite posljite sporocite preverite "
            "obrnite izberite kliknite poklicite izpolnite povejte dodajte prinesite vrnite poskusite vpisite oglejte "
            "pocakajte oprostite spostovani spostovana zaupajte navedite potrdite odgovorite odprite zaprite vnesite vzemite "
            "pridite pojdite pritisnite preberite prenesite namestite prilozite prijavite dolocite sledite "
            "javite oglasite placate hocete",
            endings=r"\w{4,20}(?:ujte|ajte|ujete)|(?:prev|vz|do|pri|iz|od|na|po|pre|s|z)\w{2,14}(?:mete|nete|dete|ite|ate)",
            never=r"\w{0,20}(?:pakete|tablete|rezultate|formate|kredite|limite|profite|minute|sestanite|elite|naslovite) "
            r"zapisnikate podate (?:pri|od|ne)?zadete (?:s|z|v|ob|pri|pre|na|po|za)?jete (?:raz|na|po)vite "
            r"(?:s|od|pri|raz|po)krite",
        ),
        informal=_words(
            "tebe tebi teboj tabo tvoj tvoja tvoje tvojega tvojemu tvojo tvoji tvojih tvojim tvojem imas nimas moras "
            "mores zelis potrebujes dobis prejmes najdes vidis bos nisi pisi poslji poglej povej zivjo hej "
            "pricakujes rabis hoces sprasujes klikni izberi",
            endings=r"\w{3,20}(?:ujes|ljas|ivas)",
        ),
    ),
    "hu": AddressWords(
        formal=_words(
            "ön önt önnek önnel öntől önök önöknek önöket önökkel öné önről önhöz önre önért tisztelt uram hölgyem "
            "türelmét megkeresését üzenetét levelét visszajelzését elnézését megértését segítségét adatait véleményét "
            "panaszát jelzését bizalmát",
            endings=r"(?:kérjük|kérem),?\s(?:\w{1,14}\s){0,2}(?:írja|küldje|adja|jelezze|ellenőrizze|próbálja|tekintse|"
            r"forduljon|hívja|vegye|keresse|kattintson|válassza|töltse|várja|írjon|küldjön|erősítse|nyissa|"
            r"mondja|tartsa|hozza|"
            r"vigye|nézze|olvassa|csatolja|fizesse|indítsa|telepítse|frissítse|kapcsolja|húzza|mutassa|"
            r"szóljon|jöjjön|menjen|"
            r"válaszoljon|legyen)"
            r"|(?:^|(?<=[.!?,:] ))az? (?:csomagja|rendelése|megrendelése|számlája|üzenete|levele|kérdése|"
            r"fiókja|adatai|"
            r"készüléke|foglalása)(?= (?:a|az|már|még|ma|holnap|úton|megérkezett|elindult|itt|készen|hamarosan)\b)",
        ),
        informal=_words(
            "te téged neked veled tőled rólad hozzád nálad rád tiéd benned szia sziasztok szevasz csáó tudsz tudod "
            "kérsz kéred szeretnél szeretnéd írj küldd küldj nézd nézz látod kapsz kaptál kaptad rendeltél írtál "
            "voltál lehetsz leszel keress fordulj hívj kattints válaszd próbáld jelezd mondd olvasd töltsd csomagod "
            "csomagodat rendelésed üzeneted türelmed megkeresésed kérdésed problémád neved címed adataid fiókod "
            "véleményed panaszod elnézésed megértésed segítséged várjál kérdezz kérlek nyisd erősítsd ellenőrizd mutasd hozd "
            "vidd olvass kapcsold húzd indítsd frissítsd telepítsd válaszolj gyere menj legyél számlád",
            endings=r"\w{3,20}(?:sedet|zedet|tedet|medet|godat|modat|nodat|aidat|eidet|ttál|ttél|ltál|ltél|rtál|rtél)",
            never=r"portál \w{0,20}portál hospitál",
        ),
    ),
    "el": AddressWords(
        formal=_words(
            "σας εσας εσεις μπορειτε θελετε εχετε ειστε στειλτε γραψτε επικοινωνηστε δειτε καλεστε χρειαζεστε θελατε "
            "ξερετε κανετε γνωριζετε ενημερωστε δωστε πειτε βρειτε λαβετε στειλετε ελεγξτε δοκιμαστε αξιοτιμε "
            "μας-πειτε ειχατε λαβατε παραγγειλατε",
            endings=r"\w{3,20}(?:εστε|ηστε|αστε|ειτε|ωστε|ιστε|υστε|ξτε|ψτε)",
            never=r"\w{0,20}μαστε",
        ),
        informal=_words(
            "σου εσενα εσυ μπορεις θελεις εχεις εισαι στειλε γραψε δες χρειαζεσαι θελησεις ξερεις γνωριζεις βρεις "
            "πες λαβεις ειχες ελαβες παρηγγειλες περιμενεις ψαχνεις στειλεις γραψεις δεις",
            endings=r"\w{3,20}(?:εσαι|ασαι)",
        ),
    ),
}
WITH_ACCENTS: Final = frozenset({"hu"})
