"""What Telegram's refusals mean. Its codes are those of HTTP, and what happened stands in a sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, NoReturn

from heard.channels.calling import nobody_knows
from heard.channels.contract import Problem, ReconnectNeeded, Rejected, TryAgain

# Words of the sentence, loosely: Telegram changes them without notice. The first that fits counts.
_WORDS: Final = (
    ("too long", Problem.TOO_LONG),
    ("blocked by the user", Problem.RECIPIENT_BLOCKED),
    ("user is deactivated", Problem.RECIPIENT_BLOCKED),
    ("can't initiate conversation", Problem.RECIPIENT_BLOCKED),
    ("can't send messages to", Problem.RECIPIENT_BLOCKED),
    ("chat not found", Problem.RECIPIENT_BLOCKED),
    ("peer_id_invalid", Problem.RECIPIENT_BLOCKED),
    ("business_peer", Problem.WINDOW_CLOSED),
    ("business", Problem.PERMISSION),
    ("not enough rights", Problem.PERMISSION),
    ("write_forbidden", Problem.PERMISSION),
    ("message can't be", Problem.PERMISSION),
    ("file is too big", Problem.MEDIA_REJECTED),
    ("wrong file", Problem.MEDIA_REJECTED),
    ("file_id", Problem.MEDIA_REJECTED),
    ("photo_", Problem.MEDIA_REJECTED),
    ("not found", Problem.GONE),
    ("upgraded to a supergroup", Problem.GONE),
)
_LONGEST_PAUSE: Final = 7 * 24 * 3600


def problem_of(code: int, description: str) -> Problem:
    """By the sentence where it says something, else by the code."""
    told = description.lower()
    if code in (400, 403):
        for words, problem in _WORDS:
            if words in told:
                return problem
    return {
        401: Problem.AUTH_EXPIRED,
        403: Problem.RECIPIENT_BLOCKED,
        404: Problem.AUTH_EXPIRED,  # a token that Telegram does not know is no address there
        409: Problem.TRANSIENT,  # two programs ask for the same bot's messages
        413: Problem.MEDIA_REJECTED,
        429: Problem.RATE_LIMIT,
    }.get(code, Problem.INVALID)


def refuse(code: int, description: str, *, retry_after: Any, harmless: bool) -> NoReturn:
    """`description` has no secrets in it any more."""
    reason, label = f"Telegram: {description or 'no reason given'}", str(code)
    if code >= 500:
        nobody_knows(f"{reason}.", harmless=harmless)
    match problem_of(code, description):
        case Problem.AUTH_EXPIRED:
            raise ReconnectNeeded(reason, code=label)
        case Problem.RATE_LIMIT | Problem.TRANSIENT:
            raise TryAgain(reason, after=_seconds(retry_after), code=label)
        case problem:
            raise Rejected(reason, problem=problem, code=label)


def _seconds(value: Any) -> timedelta | None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LONGEST_PAUSE:
        return None
    return timedelta(seconds=value)
