"""What Meta's error codes mean for us: one table, and nothing decided anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from heard.channels.contract import Problem
from heard.channels.fields import as_aside, as_flag, as_mapping

ANY: Final = None
NO_CODE: Final = -1  # 0 has a meaning

# (code, subcode) before (code, ANY). Subcodes that change nothing are not listed.
MEANINGS: Final[dict[tuple[int, int | None], Problem]] = {
    (0, ANY): Problem.AUTH_EXPIRED,
    (1, ANY): Problem.TRANSIENT,
    (2, ANY): Problem.TRANSIENT,  # on messages also: the customer blocked the page
    (3, ANY): Problem.PERMISSION,
    (4, ANY): Problem.RATE_LIMIT,
    (10, ANY): Problem.PERMISSION,
    (10, 2018278): Problem.WINDOW_CLOSED,
    (10, 2534022): Problem.WINDOW_CLOSED,
    (10, 2018065): Problem.WINDOW_CLOSED,
    (10, 2018300): Problem.PERMISSION,  # another app holds the conversation
    (10, 1893063): Problem.RATE_LIMIT,  # the page is kept from sending for a time
    (9, 2207042): Problem.RATE_LIMIT,  # as many posts as one day may have
    (17, ANY): Problem.RATE_LIMIT,
    (32, ANY): Problem.RATE_LIMIT,
    (100, ANY): Problem.INVALID,
    (100, 33): Problem.GONE,
    (100, 2018001): Problem.RECIPIENT_BLOCKED,
    (102, ANY): Problem.AUTH_EXPIRED,
    (190, ANY): Problem.AUTH_EXPIRED,
    (230, ANY): Problem.PERMISSION,  # the person has not agreed to show the profile
    (341, ANY): Problem.RATE_LIMIT,
    (368, ANY): Problem.RATE_LIMIT,
    (506, ANY): Problem.DUPLICATE,
    (551, ANY): Problem.RECIPIENT_BLOCKED,
    (613, ANY): Problem.RATE_LIMIT,
    (9004, ANY): Problem.MEDIA_REJECTED,  # Instagram could not fetch the picture
    (9007, ANY): Problem.TRANSIENT,  # the picture is not ready to be published yet
    (9010, ANY): Problem.GONE,  # no such person on Instagram, as in Meta's own review of an app
    (36000, ANY): Problem.MEDIA_REJECTED,
    (36001, ANY): Problem.MEDIA_REJECTED,
    (36003, ANY): Problem.MEDIA_REJECTED,
    (36004, ANY): Problem.TOO_LONG,
    (80001, ANY): Problem.RATE_LIMIT,
    (80002, ANY): Problem.RATE_LIMIT,
    (80006, ANY): Problem.RATE_LIMIT,
    (80007, ANY): Problem.RATE_LIMIT,
    # WhatsApp
    (33, ANY): Problem.GONE,  # the number was given up
    (130429, ANY): Problem.RATE_LIMIT,
    (130472, ANY): Problem.RECIPIENT_BLOCKED,  # the person takes part in an experiment of Meta's
    (130497, ANY): Problem.RECIPIENT_BLOCKED,  # businesses of our kind may not write to this country
    (131000, ANY): Problem.TRANSIENT,
    (131005, ANY): Problem.PERMISSION,
    (131008, ANY): Problem.INVALID,
    (131009, ANY): Problem.INVALID,
    (131016, ANY): Problem.TRANSIENT,
    (131021, ANY): Problem.INVALID,  # to ourselves
    (131026, ANY): Problem.RECIPIENT_BLOCKED,  # not on WhatsApp, an old app, or we are blocked
    (131030, ANY): Problem.PERMISSION,  # a test number writes only to those on its list
    (131031, ANY): Problem.PERMISSION,  # the account is locked
    (131037, ANY): Problem.PERMISSION,  # no approved name
    (131042, ANY): Problem.PERMISSION,  # nobody pays
    (131045, ANY): Problem.PERMISSION,
    (131047, ANY): Problem.WINDOW_CLOSED,
    (131048, ANY): Problem.RATE_LIMIT,  # too many people call it spam
    (131049, ANY): Problem.RECIPIENT_BLOCKED,  # enough advertising for this person
    (131050, ANY): Problem.RECIPIENT_BLOCKED,  # wants no advertising
    (131051, ANY): Problem.INVALID,
    (131052, ANY): Problem.MEDIA_REJECTED,
    (131053, ANY): Problem.MEDIA_REJECTED,
    (131056, ANY): Problem.RATE_LIMIT,  # too many to one person
    (131057, ANY): Problem.TRANSIENT,
    (131062, ANY): Problem.INVALID,
    (132000, ANY): Problem.INVALID,
    (132001, ANY): Problem.GONE,  # no such template
    (132005, ANY): Problem.TOO_LONG,
    (132007, ANY): Problem.PERMISSION,
    (132012, ANY): Problem.INVALID,
    (132015, ANY): Problem.PERMISSION,  # the template rests
    (132016, ANY): Problem.PERMISSION,  # the template is switched off
    (133010, ANY): Problem.PERMISSION,  # the number is not registered
    (133016, ANY): Problem.RATE_LIMIT,
    (135000, ANY): Problem.TRANSIENT,
}
PERMISSION_CODES: Final = range(200, 300)

# Blocks for spam-like behaviour grow when one goes on trying.
LONG_WAIT: Final = timedelta(hours=2)
_LONG_WAITS: Final = {(368, ANY), (10, 1893063), (131048, ANY)}

_TOO_LONG_WORDS: Final = ("too long", "length of param", "maximum length", "max length", "characters")


@dataclass(frozen=True, slots=True)
class GraphError:
    """The `error` of a Graph answer."""

    code: int
    subcode: int | None
    text: str
    transient: bool

    @property
    def label(self) -> str:
        """`190/460`, or `190` without a subcode."""
        return f"{self.code}/{self.subcode}" if self.subcode else str(self.code)

    @property
    def long_wait(self) -> timedelta | None:
        known = {(self.code, self.subcode), (self.code, ANY)} & _LONG_WAITS
        return LONG_WAIT if known else None


def read_error(answer: Any) -> GraphError | None:
    """The error in an answer's body; None where there is none, or none that can be read."""
    said = as_mapping(answer)
    if "error_message" in said:  # Instagram's sign-in has a form of its own, with an HTTP status as its code
        return GraphError(
            NO_CODE, None, as_aside(said["error_message"]) or "no reason given", transient=False
        )
    error = as_mapping(said.get("error"))
    code = _number(error.get("code"))
    if code is None:
        return None
    return GraphError(
        code=code,
        subcode=_number(error.get("error_subcode")),
        text=_words(error),
        transient=bool(as_flag(error.get("is_transient"))),
    )


def _words(error: Mapping[str, Any]) -> str:
    details = as_aside(as_mapping(error.get("error_data")).get("details"))
    return (
        as_aside(error.get("error_user_msg"))
        or details
        or as_aside(error.get("message"))
        or "no reason given"
    )


def meaning(error: GraphError) -> Problem | None:
    """What the error means; None for a code that is in no table."""
    listed = MEANINGS.get((error.code, error.subcode)) or MEANINGS.get((error.code, ANY))
    if listed is None and error.code in PERMISSION_CODES:
        listed = Problem.PERMISSION
    if listed is Problem.INVALID and any(word in error.text.lower() for word in _TOO_LONG_WORDS):
        return Problem.TOO_LONG
    if error.transient and listed in (None, Problem.INVALID):
        return Problem.TRANSIENT
    return listed


def _number(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value[:12])
    return value if isinstance(value, int) and not isinstance(value, bool) else None
