"""Viber's REST API. It answers with HTTP 200 whatever happened: only `status` says what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, NoReturn

from heard.channels.calling import call, nobody_knows, said, speechless, without
from heard.channels.contract import Problem, ReconnectNeeded, Rejected, TryAgain, Wire, WireAnswer
from heard.channels.fields import as_aside
from heard.channels.viber.credentials import ViberCredentials

NAME: Final = "Viber"
TOO_MANY: Final = "12"
_CALM: Final = timedelta(seconds=30)

# What Viber calls a status, and what it means for us. Others are general errors, which pass.
MEANINGS: Final[Mapping[int, tuple[str, Problem]]] = {
    1: ("the web address is not valid", Problem.INVALID),
    2: ("the token is not valid", Problem.AUTH_EXPIRED),
    3: ("something in the call is not valid", Problem.INVALID),
    4: ("something is missing in the call", Problem.INVALID),
    5: ("the person is not on Viber any more", Problem.RECIPIENT_BLOCKED),
    6: ("the person has unsubscribed from the bot", Problem.RECIPIENT_BLOCKED),
    7: ("the bot is blocked", Problem.PERMISSION),
    8: ("there is no such bot", Problem.AUTH_EXPIRED),
    9: ("the bot is suspended", Problem.PERMISSION),
    10: ("the bot has no webhook", Problem.AUTH_EXPIRED),
    11: ("no device of the person can show this", Problem.INVALID),
    12: ("too many calls", Problem.RATE_LIMIT),
    13: ("this version of the API is not supported", Problem.INVALID),
    14: ("the person's app is too old for this", Problem.INVALID),
    15: ("the bot has no right to do this", Problem.PERMISSION),
    16: ("the bot may not answer in this conversation", Problem.PERMISSION),
    17: ("the bot is not an inline bot", Problem.PERMISSION),
    18: ("the bot has no public chat", Problem.PERMISSION),
    19: ("the bot may not write to many at once", Problem.PERMISSION),
    20: ("writing to many at once is not allowed", Problem.PERMISSION),
    21: ("the person's country is not supported", Problem.PERMISSION),
    22: ("payments are not supported for this bot", Problem.PERMISSION),
    23: ("this month's free messages outside a conversation are used up", Problem.WINDOW_CLOSED),
    24: ("there is no money left for messages outside a conversation", Problem.PERMISSION),
}


def ask(wire: Wire[ViberCredentials], method: str, body: Any, *, harmless: bool) -> Mapping[str, Any]:
    """Raises TryAgain, Rejected, ReconnectNeeded, and Unconfirmed unless the call is `harmless`."""
    mine = wire.credentials
    # The token may also stand in the body. There it would end up in logs.
    headers = {"x-viber-auth-token": mine.auth_token.get_secret_value()}
    url = f"{mine.base_url.rstrip('/')}/{method}"
    answer = call(wire, "POST", url, network=NAME, json=body, headers=headers, harmless=harmless)
    told = said(answer)
    status = told.get("status")
    if answer.status >= 300 or isinstance(status, bool) or not isinstance(status, int):
        _refuse_speechless(answer, harmless=harmless)
    if status:
        _refuse(status, as_aside(told.get("status_message")), mine)
    return told


def _refuse_speechless(answer: WireAnswer, *, harmless: bool) -> NoReturn:
    if answer.status < 300:
        nobody_knows("Viber's answer cannot be read.", harmless=harmless)
    speechless(answer, network=NAME, harmless=harmless)


def _refuse(status: int, message: str, mine: ViberCredentials) -> NoReturn:
    known, problem = MEANINGS.get(status, ("something went wrong there", Problem.TRANSIENT))
    if problem is Problem.INVALID and "too long" in message.lower():
        problem = Problem.TOO_LONG
    quoted = without(message, [mine.auth_token])
    reason = f"Viber: {known} ({quoted})." if quoted else f"Viber: {known}."
    code = str(status)
    match problem:
        case Problem.AUTH_EXPIRED:
            raise ReconnectNeeded(reason, code=code)
        case Problem.RATE_LIMIT:
            raise TryAgain(reason, after=_CALM, code=code)
        case Problem.TRANSIENT:
            raise TryAgain(reason, code=code)
    raise Rejected(reason, problem=problem, code=code)
