"""How a Czech calls somebody: Jana is "Jano", Marek is "Marku", Mr Němec is "pane Němče".

The endings decide, and where the endings of a foreign name are said otherwise than they are written, or where Czechs
themselves are not of one mind, there is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from heard.language.given_names import FEMALE, MALE, is_given

_VOWELS: Final = "aeiouyáéěíóúůý"
_ODD_WOMEN: Final[Mapping[str, str]] = {"Andrea": "Andreo", "Lea": "Leo", "Tea": "Teo", "Mia": "Mio"}
_ODD_MEN: Final[Mapping[str, str]] = {
    "Karel": "Karle",
    "Pavel": "Pavle",
    "Havel": "Havle",
    "Karol": "Karole",
    "Boris": "Borisi",
    "Denis": "Denisi",
    "Alois": "Aloisi",
    "Klaus": "Klausi",
    "Moris": "Morisi",
    "Mates": "Matesi",
    "Felix": "Felixi",
    "Max": "Maxi",
    "Alex": "Alexi",
    "Metoděj": "Metoději",
    "Josh": "Joshi",
    "Philip": "Philipe",
    "Evžen": "Evžene",
    "Přemysl": "Přemysle",
    "Alfred": "Alfrede",
    "Alfons": "Alfonsi",
    "Artem": "Arteme",
    "Dezider": "Dezidere",
    "Steven": "Stevene",
    "Xaver": "Xavere",
    "Oliver": "Olivere",
    "Walter": "Waltere",
    "Vavřinec": "Vavřinče",
    "Vincenc": "Vincenci",
    "Ignác": "Ignáci",
    "Bonifác": "Bonifáci",
    "Pankrác": "Pankráci",
    "Servác": "Serváci",
}
_ODD_FAMILIES: Final[Mapping[str, str]] = {
    "Král": "Králi",
    "Havel": "Havle",
    "Karel": "Karle",
    "Pavel": "Pavle",
    "Petr": "Petře",
    "Horváth": "Horváthe",
    "Felix": "Felixi",
    "Max": "Maxi",
    "Ignác": "Ignáci",
}
_UNSURE: Final = frozenset({"Peter", "Petar", "Alexander", "Aleksander", "Aleksandar"})

# The first that fits decides: what to put in place of the ending, or behind the name, or to leave it as it is.
# None: nobody can tell.
_AS_IT_IS: Final = "="
_WOMEN: Final = (
    (r"[iey]a|ua", None),  # Maria, Andrea: Czechs are not of one mind
    (r"[aeiouy]h", None),  # Sarah
    (r"a", "o"),
    (r"", _AS_IT_IS),
)
_HARD: Final = (
    (r"(?<=[aeiouáéěíóúůyý])ch", "chu"),
    (r"[kg]|(?<=[ouů])h", "+u"),
    (r"[šžčřj]", "+i"),
    (r"ň", "ni"),
    (r"n[cč]", "+i"),
    (r"(?<=[aáiíyýoóuůú])l", "le"),
    (r"(?<=[aáiíyýoóuůú])r", "re"),
    (r"f|(?<![eě])[bdmnptv]", "+e"),
)
_MEN: Final = (
    (r"[cu]a|[iey]a|wa", None),
    (r"a", "o"),
    (r"[oóíůué]", _AS_IT_IS),
    (r"(?<![aeiou])[iy]", _AS_IT_IS),
    (r"e[ck]", None),  # ruled by `_without_e`
    (r"[aciou]el", "+i"),
    (r"(?<=[bdfmnpt])r", "ře"),
    (r"(?:[st]h|ph|gh|sh)", None),
    *_HARD,
)
_FAMILY_MEN: Final = (
    (r"ov[aá]|á", None),
    (r"[iey]a|[uw]a", None),
    (r"a", "o"),
    (r"[oóíůěu]|ý", _AS_IT_IS),
    (r"(?<![aeiou])[iy]", _AS_IT_IS),
    (r"e[ck]", None),
    (r"er", "+e"),
    (r"[iu]el", "+i"),
    (r"(?:[st]h|ph|gh|sh)", None),
    *_HARD,
)


def given(name: str, gender: str) -> str | None:
    """Of a first name. Names that are in no list, and not told by their endings, have no answer."""
    if gender == FEMALE:
        return _ODD_WOMEN.get(name) or _ending(name, _WOMEN)
    if gender == MALE:
        return _ODD_MEN.get(name) or _man(name)
    both = {given(name, FEMALE), given(name, MALE)}
    return both.pop() if len(both) == 1 and is_given(name, "cs") else None


def family(name: str, gender: str) -> str | None:
    """Of a family's name. Women's never change."""
    if gender == FEMALE:
        return name
    if gender != MALE:
        return None
    return _ODD_FAMILIES.get(name) or _without_e(name) or _softened(name) or _ending(name, _FAMILY_MEN)


def _man(name: str) -> str | None:
    if name in _UNSURE or (name.endswith("y") and is_given(name, "hu")):
        return None  # Károly does not end in a vowel, though it looks so
    slavic = is_given(name, "cs") or is_given(name, "sl")
    return (_without_e(name) if slavic else None) or _ending(name, _MEN)


def _ending(name: str, rules: tuple[tuple[str, str | None], ...]) -> str | None:
    for ending, instead in rules:
        found = re.search(rf"(?:{ending})\Z", name)
        if found is None:
            continue
        if instead is None:
            return None
        if instead == _AS_IT_IS:
            return name
        return name + instead[1:] if instead.startswith("+") else name[: found.start()] + instead
    return None


def _without_e(name: str) -> str | None:
    """Marek, Marku; Zdeněk, Zdeňku. Not Bek, Derek: a Czech ending needs a Czech word before it."""
    found = re.fullmatch(r"(.+)([eě])k", name)
    if found is None or not _can_stand_alone(found.group(1)):
        return None
    stem, e = found.groups()
    if e == "ě":
        if stem[-1] not in "nNdDtT":
            return None
        stem = stem[:-1] + {"n": "ň", "d": "ď", "t": "ť"}[stem[-1].lower()]
    return f"{stem}ku"


def _softened(name: str) -> str | None:
    """Němec, Němče. Not Kadlec: what is left must be one that can be said."""
    found = re.fullmatch(rf"(.*[{_VOWELS}][^{_VOWELS}])ec", name, re.IGNORECASE)
    return f"{found.group(1)}če" if found else None


def _can_stand_alone(stem: str) -> bool:
    """It has a vowel, or an r or l that stands for one, as in Vlček."""
    return re.search(rf"[{_VOWELS}].*|[^{_VOWELS}][rl][^{_VOWELS}]", stem, re.IGNORECASE) is not None
