"""What the API can be asked for: people, posts, mentions, what was said lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from heard.channels.x import prices
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.x.caller import Caller
from heard.sandbox.x.calls import account_of, pays
from heard.sandbox.x.matching import BadQuery, read, seen
from heard.sandbox.x.refusals import invalid, not_found
from heard.sandbox.x.shown import Shown
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

SEARCHED_S = 7 * 86400
LONGEST_QUERY = 512


def me(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    return {"data": Shown(twin, call.body).user(account_of(caller).id)}


def user(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    if id not in twin.talks.accounts and twin.handle_of(id) is None:
        return not_found("user", id)
    charge(twin, caller, prices.USER_READ, [id])
    return {"data": Shown(twin, call.body).user(id)}


def post(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    found = twin.held.post(id)
    if found is None:
        return not_found("tweet", id)
    charge(twin, caller, prices.POST_READ, [found.id])
    shown = Shown(twin, call.body)
    return _with_includes({"data": shown.post(found)}, shown.includes([found]))


def posts(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    ids = str(call.body.get("ids", "")).split(",")
    found = [one for one in map(twin.held.post, ids) if one]
    charge(twin, caller, prices.POST_READ, [one.id for one in found])
    shown = Shown(twin, call.body)
    said = {"data": [shown.post(one) for one in found]} if found else {}
    missing = [not_found("tweet", id)["errors"][0] for id in ids if twin.held.post(id) is None]
    return _with_includes(said | ({"errors": missing} if missing else {}), shown.includes(found))


def mentions(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    account = account_of(caller, id)
    named = [one for one in _standing(twin) if account in twin.mentioned(one) and one.author != account.id]
    return page(twin, caller, call, named, prices.OWNED_READ)


def own_posts(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    written = [one for one in _standing(twin) if one.author == id]
    return page(twin, caller, call, written, prices.OWNED_READ)


def search(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    query = str(call.body.get("query", ""))
    if len(query) > LONGEST_QUERY:
        raise invalid("query: size must be between 1 and 512", "query")
    try:
        test = read(query)
    except BadQuery as bad:
        raise invalid(f"There were errors processing your request: {bad}", "query") from None
    lately = [one for one in _standing(twin) if twin.now() - one.at < SEARCHED_S]
    found = [one for one in lately if test(seen(twin, one))]
    return page(twin, caller, call, found, prices.POST_READ, next_name="next_token")


def _standing(twin: XTwin) -> Iterable[Post]:
    return [one for one in twin.held.posts.values() if not one.removed]


def page(
    twin: XTwin,
    caller: Caller,
    call: Call,
    found: list[Post],
    price: Decimal,
    *,
    next_name: str = "pagination_token",
) -> dict[str, Any]:
    """Newest first, between two ids or two times, so many at a time."""
    listed = sorted(
        (one for one in found if _is_within(one, call)), key=lambda one: int(one.newest_id), reverse=True
    )
    start, size = number(call, next_name, 0), number(call, "max_results", 10)
    chosen = listed[start : start + size]
    meta: dict[str, Any] = {"result_count": len(chosen)}
    if chosen:
        meta |= {"newest_id": chosen[0].newest_id, "oldest_id": chosen[-1].newest_id}
    if start + size < len(listed):
        meta["next_token"] = str(start + size)
    if not chosen:
        return {"meta": meta}
    charge(twin, caller, price, [one.id for one in chosen])
    shown = Shown(twin, call.body)
    return _with_includes({"data": [shown.post(one) for one in chosen], "meta": meta}, shown.includes(chosen))


def _is_within(post: Post, call: Call) -> bool:
    since, until = _moment(call, "start_time"), _moment(call, "end_time")
    after = int(post.newest_id) > number(call, "since_id", 0)
    return after and (since is None or post.at >= since) and (until is None or post.at < until)


def _moment(call: Call, name: str) -> float | None:
    given = call.body.get(name)
    if given is None:
        return None
    try:
        return datetime.fromisoformat(str(given).replace("Z", "+00:00")).timestamp()
    except ValueError:
        raise invalid(f"{name} is not a time", name) from None


def number(call: Call, name: str, default: int) -> int:
    given = str(call.body.get(name, default))
    if not given.isdigit():
        raise invalid(f"The `{name}` query parameter value [{given}] is not valid", name)
    return int(given)


def charge(twin: XTwin, caller: Caller, price: Decimal, ids: list[str]) -> None:
    if caller.account is None or pays(twin, caller.account):
        twin.credits.read(price, ids, int(twin.now()) // 86400)


def _with_includes(said: dict[str, Any], includes: dict[str, Any]) -> dict[str, Any]:
    return said | ({"includes": includes} if includes else {})
