"""A greeting that names somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.greetings import GREETING
from heard.checks.letters import CAPITAL
from heard.checks.name_forms import are_one_name, looks_like_a_name, name_words
from heard.checks.regex import regex
from heard.language.plain import plain

_TITLE: Final = (
    r"(?:(?:pane|paní|slečno|pan|gospod|gospa|gospodična|g\.|ga\.|gdč\.|κύριε|κυρία|κ\.|κα|"
    r"Mr|Mrs|Ms|Miss|Dr|Mgr|Ing|Bc|prof)\.?[ ])"
)
_NAME: Final = rf"[{CAPITAL}][\w'’.-]{{1,30}}"
_GREETED: Final = regex(
    rf"^\W{{0,6}}(?i:{GREETING})(?:[ ](?i:there|again|znovu|opět|spet|újra|ξανά))?(?:,?[ ]|"
    rf",\n){_TITLE}{{0,2}}(?P<names>{_NAME}(?:[ ]{_NAME}){{0,2}})"
    r"(?:[ ](?i:úr|asszony|uram|kisasszony))?[ ]?(?=[,!.:;–—\n-]|$)",
    re.MULTILINE,
)
_THANKED: Final = regex(
    rf"^\W{{0,6}}(?i:Thank you|Thanks|Děkuj[ui]|Děkujeme|Díky|Hvala|Köszönjük|Köszönöm|"
    rf"Ευχαριστούμε),?[ ]{_TITLE}{{0,2}}"
    rf"(?P<names>{_NAME}(?:[ ]{_NAME})?)(?=[,!.][ ]\S[^\n]{{15}})"
)
# What stands behind a greeting and is nobody's name.
_NOBODY_IS_CALLED: Final = (
    "all everyone everybody team there again folks friend friends sir madam sirs customer customers guest guests "
    "client reader student member sir/madam mr mrs ms yes no thanks thank sure sorry unfortunately please we your "
    "the our this it you i and good ok okay great of course hello hi "
    "zákazníku zákaznice zákazníci klienti kliente pane paní dámo přátelé příteli kolego kolegové všem všichni "
    "vážení vážený děkujeme děkuji děkujem díky omlouváme ano ne prosím bohužel moc za váš vaše team týme pánové dámy "
    "uživateli uživatelé fanoušci hoste hosté čtenáři "
    "stranka stranke kupec kupci gospod gospa gospe gospodje uporabnik uporabniki prijatelji vsi ekipa hvala "
    "oprostite žal opravičujemo da ne gost gostje kupka obiskovalci vaš vaša vaše sledilci "
    "vásárlónk vásárlóink vásárló ügyfelünk ügyfeleink ügyfél uram hölgyem hölgyeim uraim mindenki mindenkinek "
    "csapat barátunk barátaink köszönjük köszönöm sajnáljuk sajnos igen nem vendégünk vendégeink érdeklődő "
    "partnerünk olvasónk olvasóink követőink "
    "πελάτη πελάτισσα πελάτες φίλε φίλη φίλοι φίλες κύριε κυρία κύριοι κυρίες όλους όλες ομάδα ευχαριστούμε "
    "ευχαριστώ λυπούμαστε ναι όχι συγγνώμη παιδιά συνάδελφε επισκέπτη συνεργάτη"
)
_NOBODY: Final = frozenset(map(plain, _NOBODY_IS_CALLED.split()))


def names(draft: Draft) -> Iterator[Finding]:
    """Compared only where one of the customer's names is a name, and no nickname of a network."""
    known = [name for name in draft.names if looks_like_a_name(name)]
    if not known:
        return
    # A nickname settles nothing, but may hold the name.
    words = name_words([*known, *draft.names])
    for pattern in (_GREETED, _THANKED):
        for found in pattern.finditer(draft.text):
            greeted = [word for word in name_words([found["names"]]) if plain(word) not in _NOBODY]
            if greeted and not any(are_one_name(one, other) for one in greeted for other in words):
                yield _finding(found)


def _finding(found: re.Match[str]) -> Finding:
    reason = N_("“%(found)s” is no name of this customer.")
    params = {"found": found["names"]}
    return Finding("names", "name.other", reason, *found.span("names"), True, params=params, weight="warn")
