"""Everything that is said in public and matches our rules: X's filtered stream, and its recent search."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from heard.channels.contract import (
    Hook,
    NoAnswer,
    NotReached,
    Polled,
    Problem,
    Query,
    Rejected,
    TryAgain,
    Unreadable,
    Wire,
    WireAnswer,
)
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.reading import read_json
from heard.channels.x import asking, prices
from heard.channels.x.api import Api, Said, judged
from heard.channels.x.asking import Asked, items
from heard.channels.x.credentials import XCredentials
from heard.channels.x.deliveries import ACCOUNT, ASKED
from heard.channels.x.errors import XError, read_error
from heard.channels.x.payloads import id_in

STREAM: Final = "stream"
LONGEST_RULE: Final = 1_024
MOST_RULES: Final = 1_000
LONGEST_SEARCH: Final = 512
# X gives a sign of life every 20 seconds; one may be late.
SILENCE: Final = timedelta(seconds=45)
_RULES: Final = ("tweets", "search", "stream", "rules")
_TOO_MANY: Final = timedelta(minutes=1)
_LOOK_BACK: Final = timedelta(hours=1)


def stream_of(credentials: XCredentials) -> str:
    """One connection for all accounts of an app; the bearer token is the app's."""
    if credentials.bearer_token is None:
        return ""
    return hashlib.sha256(b"x stream " + credentials.bearer_token.get_secret_value().encode()).hexdigest()[
        :32
    ]


def agree(wire: Wire[Any], queries: Sequence[Query]) -> Mapping[str, str]:
    """Makes the app's rules these and no others. Gives the refused ones' tags and why."""
    api = Api(wire, as_app=True)
    refused = {
        query.tag: "The rule is longer than X allows." for query in queries if len(query.text) > LONGEST_RULE
    }
    refused |= {query.tag: "X allows no more rules than these." for query in queries[MOST_RULES:]}
    wanted = {(query.tag, query.text) for query in queries if query.tag not in refused}
    known = {_rule(one): id_in(one, "id") for one in items(api.read(*_RULES))}
    if superfluous := [id for rule, id in known.items() if rule not in wanted]:
        api.change("POST", *_RULES, json={"delete": {"ids": superfluous}})
    for tag, text in sorted(wanted - known.keys()):
        if reason := _add(api, tag, text):
            refused[tag] = reason
    return refused


def _rule(raw: Mapping[str, Any]) -> tuple[str, str]:
    return as_aside(raw.get("tag")), as_aside(raw.get("value"))


def _add(api: Api, tag: str, text: str) -> str:
    """Why X refused it, or "". One at a time: X refuses all rules of a call for the sake of one."""
    try:
        said = api.change("POST", *_RULES, json={"add": [{"value": text, "tag": tag}]})
    except Rejected as rejected:
        return rejected.reason
    return read_error(said.values, 200).text if as_list(said.values.get("errors")) else ""


def listen(wire: Wire[Any]) -> Iterator[Hook | None]:
    """For as long as the connection lives; None is a sign of life. Raises TryAgain, Rejected or ReconnectNeeded."""
    api = Api(wire, as_app=True)
    url = api.url("tweets", "search", "stream")
    headers = api.authorization("GET", url)
    try:
        with wire.lines(url, params=asking.POST_FIELDS, headers=headers, silence=SILENCE) as lines:
            if lines.status != 200:
                _refuse(WireAnswer(lines.status, lines.headers, b"\n".join(lines)), wire)
            for line in lines:
                yield _call(line.strip(), wire) if line.strip() else None
    except NotReached as error:
        raise TryAgain("X could not be reached.") from error
    except NoAnswer as error:
        raise TryAgain("X's stream fell silent.") from error


def _refuse(answer: WireAnswer, wire: Wire[Any]) -> None:
    try:
        judged(answer, wire.credentials.secrets, harmless=True)
    except TryAgain as refused:
        # Where another connection of the same app still stands, going on at once makes it longer.
        raise TryAgain(refused.reason, after=refused.after or _TOO_MANY, code=refused.code) from None


def _call(line: bytes, wire: Wire[Any]) -> Hook:
    """Raises TryAgain where X says good-bye instead of a post."""
    try:
        said = as_mapping(read_json(line))
    except Unreadable:
        said = {}
    if "data" not in said and said.get("errors"):
        raise TryAgain(f"X ended the stream: {_why(read_error(said, 200))}")
    return Hook("GET", {}, {ACCOUNT: wire.credentials.account, ASKED: STREAM}, line)


def _why(error: XError) -> str:
    return error.text[:200]


def _tagged(said: Said, account: str, tag: str) -> Hook:
    """The stream says which rule matched, a search does not: it is said in the same place."""
    body = json.dumps({**said.values, "matching_rules": [{"tag": tag}]}).encode()
    return Hook("GET", {}, {ACCOUNT: account, ASKED: asking.SEARCH}, body)


def search(wire: Wire[Any], query: Query, cursor: Mapping[str, str]) -> Polled:
    """What was said lately and matches. Raises TryAgain, Rejected or ReconnectNeeded."""
    if len(query.text) > LONGEST_SEARCH:
        raise Rejected("The search is longer than X allows.", problem=Problem.TOO_LONG)
    api = Api(wire, as_app=wire.credentials.bearer_token is not None)
    since = cursor.get("since", asking.id_at(datetime.now(UTC) - _LOOK_BACK))
    asked = Asked(asking.SEARCH, ("tweets", "search", "recent"), asking.POST_FIELDS)
    params = {"query": query.text, "since_id": since}
    found: list[Said] = list(asking.pages(api, asked, params, page_by="next_token"))
    calls = [_tagged(said, api.account, query.tag) for said in reversed(found)]
    ids = [int(id) for said in found for one in items(said) if (id := id_in(one, "id")).isdigit()]
    cost = prices.POST_READ * len(ids) if wire.credentials.is_billed_per_call else Decimal(0)
    return Polled(calls=calls, cursor={"since": str(max([int(since), *ids]))}, pause=api.pause, cost=cost)
