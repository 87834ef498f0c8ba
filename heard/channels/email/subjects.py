"""What a subject is about, without what mail programs put before it."""

from __future__ import annotations

import re
from typing import Final

_ANSWERS: Final = (
    "re|aw|antw|antwort|sv|vs|odp|odg|rif|ri|res|resp|ref|bls|ynt|vá|απ|σχετ|отв|отг|на|ha|回复|答复|回覆|atb"
)
_FORWARDS: Final = (
    "fwd?|wg|tr|rv|enc|i|vl|vb|vbs|doorst|pd|fs|továbbítás|továbbítva|tov|προωθ|πρθ|пр|пп|препр|пересл"
)
_COUNT: Final = r"\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3}|\d{1,2})?"
_PREFIX: Final = re.compile(rf"(?:{_ANSWERS}|{_FORWARDS}){_COUNT}\s?[:：]\s*", re.IGNORECASE)
_FORWARD: Final = re.compile(rf"(?:{_FORWARDS}){_COUNT}\s?[:：]", re.IGNORECASE)
_TAG: Final = re.compile(r"\[[^\[\]]{1,60}\]\s*")
_SPACES: Final = re.compile(r"\s+")


def bare(subject: str) -> str:
    """As the first writer put it: without Re, Fwd and their like, and without the tags of lists."""
    rest = _SPACES.sub(" ", subject).strip()
    while found := _PREFIX.match(rest) or _TAG.match(rest):
        rest = rest[found.end() :]
    return rest.strip()


def normalise(subject: str) -> str:
    """To compare subjects by."""
    return bare(subject).casefold()


def is_forwarded(subject: str) -> bool:
    """The first prefix counts: an answer to a forwarded mail is an answer."""
    rest = _SPACES.sub(" ", subject).strip()
    while found := _TAG.match(rest):
        rest = rest[found.end() :]
    return bool(_FORWARD.match(rest))
