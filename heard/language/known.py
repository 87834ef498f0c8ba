"""The languages that have a two-letter code, and which way they are written."""

from __future__ import annotations

from typing import Final, Literal

_CODES: Final = """
    af am ar as az be bg bn bo br bs ca co cs cy da de dv el en eo es et eu fa fi fo fr fy ga gd gl gu ha he hi hr
    ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my ne nl no oc or pa pl
    ps pt qu rm ro ru rw sa sc sd si sk sl sm sn so sq sr st su sv sw ta te tg th tk tl tr tt ug uk ur uz vi wo xh
    yi yo zh zu
"""
LANGUAGES: Final = frozenset(_CODES.split())
_FROM_RIGHT: Final = frozenset(("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"))
# Older codes, and the written forms of Norwegian: networks and devices still send them.
_NOW_CALLED: Final = {"iw": "he", "in": "id", "ji": "yi", "nb": "no", "nn": "no", "fil": "tl", "sh": "sr"}


def is_language(code: str) -> bool:
    return code in LANGUAGES


def language_in(tag: str) -> str:
    """The language of "pt-BR", "el_GR" or "CS"; empty for what is none that we know."""
    code = tag.strip().replace("_", "-").split("-")[0].lower()
    code = _NOW_CALLED.get(code, code)
    return code if code in LANGUAGES else ""


def direction(code: str) -> Literal["rtl", "ltr"]:
    return "rtl" if code in _FROM_RIGHT else "ltr"
