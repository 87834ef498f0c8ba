"""Numbers that a state gives to a person, and what opens a door: ids, passports, passwords."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stdnum.cz import rc
from stdnum.gr import amka
from stdnum.si import emso

from heard.checks.links import Span
from heard.checks.named import IS, NUMBER, Token, said_before, tokens
from heard.checks.regex import regex
from heard.language.plain import plain

_RC: Final = regex(r"(?<![\w/.-])\d{6}/\d{3,4}(?![\w/-])")
_LONG: Final = regex(r"(?<![\w./+-])(?:\d{11}|\d{13})(?![\w/-]|[.,]\d)")
_INSURED: Final = regex(r"(?<![\w-])[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\w-])")
_ID: Final = (
    r"national id|social security|ssn|national insurance|nino|personal (?:id|number|code)|"
    r"identification number|birth number|tax (?:id|number)|"
    r"rodn\w{1,3} cisl\w{1,2}|rodne c\.?|rc|r\.\s?c|cisl\w{1,2} pojisten\w{1,3}|dic|"
    r"emso|davcn\w{1,2} stevilk\w{1,2}|davcna|zdravstven\w{1,3} zavarovanj\w{1,2}|"
    r"taj|taj-?szam\w{0,4}|adoazonosito\w{0,4}|ado(?:azonosito)? jel\w{0,3}|adoszam\w{0,3}|"
    r"szemelyi szam\w{0,4}|"
    r"αμκα|amka|αφμ|α\.φ\.μ|afm"
)
_PASSPORT: Final = (
    r"passport|id card|identity card|driving licen[cs]e|driver's licen[cs]e|residence permit|"
    r"cestovni\w{0,3} pas\w{0,2}|pasu|obcansk\w{1,3} prukaz\w{0,2}|obcank\w{1,2}|"
    r"ridicsk\w{1,3} prukaz\w{0,2}|"
    r"potn\w{1,3} list\w{0,2}|potnega lista|osebn\w{1,2} izkaznic\w{1,2}|vozniske\w{0,2} dovoljenj\w{1,2}|"
    r"utlevel\w{0,6}|szemelyi(?: igazolvany\w{0,6})?|szemelyazonosito\w{0,4}|jogositvany\w{0,4}|"
    r"διαβατηρι\w{1,3}|ταυτοτητ\w{1,3}|αδτ|διπλωμα\w{0,4} οδηγησης"
)
_PASSWORD: Final = (
    r"password|passcode|pin|pin code|heslo|hesla|geslo|pin kod\w{0,2}|jelszo|jelszav\w{1,2}|"
    r"pin-?kod\w{0,4}|συνθηματικο|"
    r"κωδικος προσβασης|κωδικος pin"
)
_LEADS: Final = rf"(?:\W{{1,3}}\w{{1,8}}){{0,2}}?(?:\W{{1,3}}{NUMBER})?{IS}\W{{1,4}}$"
_ID_BEFORE: Final = regex(rf"\b(?:{_ID}){_LEADS}")
_PASSPORT_BEFORE: Final = regex(rf"\b(?:{_PASSPORT}){_LEADS}")
_PASSWORD_BEFORE: Final = regex(
    rf"\b(?:{_PASSWORD})(?:\W{{1,3}}\w{{1,8}})?(?:\W{{1,3}}(?:is|je|ειναι)\W{{1,3}}|:\s?)[\"„“']?$"
)
_SECRET: Final = regex(r"(?<=[\s\"„“':])(?=\S{0,30}\d)[^\s\"“”„]{4,30}(?<![.,;:!?)])")
# Companies: Greek, Czech, Hungarian.
_NOT_A_PERSON: Final = regex(r"(?:EL)?(?:09\d{7}|8\d{8}|9[89]\d{7})|CZ\d{8}|\d{8}-\d-\d\d")
_PASSPORT_BEHIND: Final = regex(
    r"(?:-\w{1,4})?\s?(?:szamu|sz\.)\s(?:szemelyi|utlevel|jogositvany|vezetoi)|\s(?:passport|id card)"
)
_PLAUSIBLE: Final = regex(r"\d\d(?:[0257][1-9]|[1368][0-2])(?:0[1-9]|[12]\d|3[01])/\d{3,4}")
_EAN: Final = regex(
    r"\b(?:ean|gtin|isbn|upc|sku|serial|s/n|seriov\w*|serijsk\w*|imei)\W{1,3}(?:\w{1,8}\W{1,3})?$"
)


def documents(text: str) -> Iterator[Span]:
    flat = plain(text)
    for found in _RC.finditer(text):
        if rc.is_valid(found.group()) or _PLAUSIBLE.fullmatch(found.group()):
            yield found.span()
    for found in _LONG.finditer(text):
        if _is_somebody(found.group()) and not _EAN.search(said_before(flat, found.start())):
            yield found.span()
    for found in _INSURED.finditer(text):
        yield found.span()
    yield from (token.span for token in tokens(text) if _is_id(token))


def _is_somebody(digits: str) -> bool:
    return bool(amka.is_valid(digits) if len(digits) == 11 else emso.is_valid(digits))


def _is_id(token: Token) -> bool:
    if not 7 <= token.digits <= 13 or _NOT_A_PERSON.fullmatch(token.text.replace(" ", "")):
        return False
    return _ID_BEFORE.search(token.before) is not None


def passports(text: str) -> Iterator[Span]:
    for token in tokens(text):
        named = _PASSPORT_BEFORE.search(token.before) or _PASSPORT_BEHIND.match(token.after)
        if token.digits >= 5 and named:
            yield token.span


def passwords(text: str) -> Iterator[Span]:
    flat = plain(text)
    for found in _SECRET.finditer(text):
        if _PASSWORD_BEFORE.search(said_before(flat, found.start())):
            yield found.span()
