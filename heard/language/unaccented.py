"""Czech and Hungarian as people type them on a telephone: without accents.

The detectors learned these languages with them. Without, they take Czech for Slovak and are seldom sure of
Hungarian. So common words that only one of the languages has are counted beside what the detectors guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

_CZECH: Final = """
    jsem jsi jste jsou jsme nejsem nejste nejsou není bych bychom byste mohl můžu můžete může můžeme nemůžu nemůže
    nemůžete můj mého své mně mnou ještě pořád proč když protože než kdo nikdo někdo něco jak jaký jaká jaké který
    která které kterou jestli jestliže nebo taky také jen pouze prosím vás děkuji děkuju díky dík dobrý den zboží
    peníze peněz zásilka zásilku zásilky čekám čekáme čekat přišel přijde přijdou přišly nepřišel nepřišla chci
    chtěl chtěla chtěli chtěl potřebuju potřebuji všechno vše všem tohle tahle tenhle tohoto ten toho velikost
    velikosti barva barvu barvě zítra týden týdny týdnu dny dnů měsíc měsíce měsíců kolik přece přes přesto při
    se dva dvě tři třetí čtyři dvakrát třikrát dostal dostala dostanu nedostal objednal objednala objednali
    vrátila vrátil vrácení vrátím zrušit zrušení zavolat napsat napsal odpověděl odpověď odpovědi neodpovídáte nevím
    nevíte víte vím myslíte myslím rozumím nerozumím fungovat nefunguje funguje přestal rozbitý rozbitá rozbité
    boty prodejna prodejně obchod nakoupím nakupovat skvělý skvělá výborná výborný krásná krásný hezký hrozné hrůza
    reklamace reklamaci záruka záruky účet účtu heslo košíku sleva slevu slevový cena cenu doručení doručit dodání
    kurýr adresy adresu pošty poště fotce fotky faktura fakturu převodem kartou dobírku návod použití číslo lze bude
    budete budu zase opět znovu pak potom teď hned rychle rychlou dlouho brzo brzy pozdě někde nikde kde kam odkud
    ahoj čau zdravím prý asi možná určitě rozhodně opravdu fakt moc hodně málo trochu úplně vůbec naskladněno skladem
    stihne posíláte pošlete poslat ozval ozvala neozval zapomněla zapomněl přihlásit platí zaplatit platba proběhla
    leží stojí kolikrát hledám najdu mluvit vedoucím ochotu přístup zákazník zákaznická podpora večer ráno odpoledne
    ráda rád nikdy vždy vždycky žádný žádná žádné jiný jiná jiné jiného jinou stejný místo zpět zpátky vyměnit vyměním výměna
"""
_SLOVAK: Final = """
    som si ste sme nie sú bol bola bolo boli by môžem môžete môže môj moja moje ešte stále prečo keď pretože kto nikto
    niekto niečo ako aký aká aké ktorý ktorá ktoré ktorú alebo tiež len iba prosím vás ďakujem vďaka dobrý deň tovar
    peniaze peňazí zásielka zásielku čakám čakať prišiel príde prišli chcem chcel chcela potrebujem všetko toto tento
    túto ten veľkosť farba farbu zajtra týždeň týždne týždňov dni dní mesiac mesiace koľko cez sa dva dve tri tretí
    dvakrát dostal dostala objednal objednala vrátiť vrátila vrátenie zrušiť zavolať napísať odpoveď odpovede neviem
    neviete viem viete myslím rozumiem nerozumiem fungovať nefunguje funguje rozbitý topánky predajňa obchod super
    pekný pekná krásna hrozné reklamácia záruka účet účtu heslo zľava zľavu cena doručenie doručiť kuriér adresu adresy
    pošty pošte faktúra faktúru prevodom kartou návod použitie číslo bude budete budem zasa znova potom teraz hneď
    rýchlo rýchlu dlho skoro neskoro niekde nikde kde kam odkiaľ ahoj čau zdravím asi možno určite naozaj veľmi veľa
    málo trochu úplne vôbec skladom neozval ozval zabudla zabudol prihlásiť prihlásenie zaplatiť platba leží stojí
    hľadám nájdem hovoriť vedúcim prístup zákazník zákaznícka podpora večer ráno rada rád nikdy vždy žiadny žiadna iný
    iná iné rovnaký miesto späť naspäť vymeniť vymením výmena svojho dvoma
"""
_HUNGARIAN: Final = """
    és hogy nem volt lesz vagy mert miért hol mikor hogyan mennyi csak már még meg egy ezt azt ezek azok itt ott nekem
    nekünk kérem köszönöm köszi szeretném szeretnék tudom tudok tudják tudnak tudnának lehet kell kellene kaptam kapok
    rendeltem rendelés rendelést rendelésem rendelni csomag csomagom csomagot csomagszám számla számlát szállítás
    szállítási szállítanak cím pénz pénzt pénzem fizetés fizetni fizethetek kifizettem kártya kártyával bolt boltban
    áru árut termék terméket méret méretben szín színben színe napot jó szia sziasztok üdv üdvözlöm tegnap holnap hét
    hete nap napja óta óra perc hónap hónapban soha mindig senki valaki semmi minden nagyon kicsi kicsit jól rossz
    önök önöknek önökhöz maguk vissza után előtt alatt között mint amit aki ami ilyen olyan sokáig régebbi régóta
    visszatérítés visszatérítést visszaküldtem visszahívni elromlott működik érkezik érkezett megérkezett jött jön
    várom várok vártam válasz választ válaszol válaszoltak válaszolnak értem tart tartja küldjék küldeni elküldeni
    módosítsák törölni törlés fiók fiókomba jelszó jelszavam belépni kupon kedvezmény kedvezményt kosár kosárban akció
    garancia reklamáció reklamációval üzlet üzletben nyitva hétvégén futár csengetett telefonon telefont üzenetre
    ügyfélszolgálat raktáron készlet készleten doboz törött törötten hibás hiba hibát cserélni cserélhetem újat új
    más másik kék piros fekete fehér szuper gyönyörű ajánlani ajánlom kedvesek legjobbak komoly felháborító posta
    postán hétfő kedd szerda csütörtök péntek péntekig szombat vasárnap külföldre magyar átvehetem átvételkor átutalással
    személyesen egyáltalán teljesen folyton végre azonnal gyors gyorsan lassú drága olcsó ingyen ingyenes mosni vásárolok
    vásároltam vettem veszi írják írtam írok mondták beszélni kérdésem kérdeznék segítség segítséget segíteni probléma
    ezzel azzal ebből abból ehhez róla tőle nálam velem nekik vannak nincs nincsen voltam vagyok vagytok leszek
"""
_WORD: Final = re.compile(r"[a-z]+")
_RELATIVES: Final = frozenset(("cs", "sk"))


def without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(character for character in parts if not unicodedata.combining(character))


def sure(text: str, guesses: Collection[str]) -> str:
    """The language of a text in plain letters, where its words and a detector agree; else empty.

    `guesses` are what the detectors take it for, each by itself.
    """
    words = _WORD.findall(text.lower())
    told = {language: sum(word in own for word in words) for language, own in _OWN.items()}
    if _RELATIVES & set(guesses):
        likely, other = ("cs", "sk") if told["cs"] > told["sk"] else ("sk", "cs")
        clear = told[likely] > told[other] + (1 if told[other] else 0)
        # Southern relatives share a word or two.
        return likely if clear and (told[likely] > 1 or set(guesses) <= _RELATIVES) else ""
    if "hu" in guesses and told["hu"]:
        return "hu"
    return ""


def in_doubt(language: str) -> bool:
    """Do not believe the detectors alone, whose mistake is to take the one for the other."""
    return language in _RELATIVES


def _sets() -> Mapping[str, frozenset[str]]:
    """Of each language the words that the others, written without accents, do not have."""
    plain = {
        language: frozenset(without_accents(words).split())
        for language, words in (("cs", _CZECH), ("sk", _SLOVAK), ("hu", _HUNGARIAN))
    }
    return {
        language: words - frozenset().union(*(other for code, other in plain.items() if code != language))
        for language, words in plain.items()
    }


_OWN: Final = _sets()
