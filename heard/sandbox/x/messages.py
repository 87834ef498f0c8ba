"""Direct messages by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heard.channels.x import prices
from heard.sandbox.talks import acts
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.talks.things import Account, Direct, Media
from heard.sandbox.x.caller import Caller
from heard.sandbox.x.calls import account_of, pays, uploaded
from heard.sandbox.x.lists import charge, number
from heard.sandbox.x.refusals import forbidden, invalid, too_many, unauthorized
from heard.sandbox.x.shown import Shown, conversation_id

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

LONGEST = 10_000
KEPT_S = 30 * 86400


def send(twin: XTwin, caller: Caller, call: Call, person: str) -> dict[str, Any]:
    account, handle = account_of(caller), twin.handle_of(person)
    if handle is None:
        raise invalid("The participant does not exist.", "participant_id")
    text, media = str(call.body.get("text") or ""), _media(twin, call)
    if (not text and not media) or len(text) > LONGEST:
        raise invalid("text: size must be between 1 and 10000", "text")
    _refuse(twin, account, handle)
    if pays(twin, account):
        twin.credits.take(prices.DIRECT)
    made = acts.answer(twin, account, handle=handle, text=text, media=media)
    return {"data": {"dm_conversation_id": conversation_id(account.id, person), "dm_event_id": made.id}}


def _media(twin: XTwin, call: Call) -> list[Media]:
    wanted = call.body.get("attachments")
    ids = [one.get("media_id") for one in wanted if isinstance(one, dict)] if isinstance(wanted, list) else []
    if len(ids) > 1:
        raise invalid("attachments: size must be between 1 and 1", "attachments")
    return uploaded(twin, ids, "attachments", place="dm")


def send_into(twin: XTwin, caller: Caller, call: Call, conversation: str) -> dict[str, Any]:
    account = account_of(caller)
    other = next((id for id in conversation.split("-") if id != account.id), "")
    return send(twin, caller, call, other)


def _refuse(twin: XTwin, account: Account, handle: str) -> None:
    """Raises Refused where the person does not want to hear from us."""
    match twin.forced(handle):
        case 429:
            raise too_many(str(int(twin.now()) + 900))
        case "token_expired":
            raise unauthorized()
        case "blocked" | "window":
            raise forbidden("You cannot send messages to this user.")
    if twin.talks.conversation(account.id, handle).blocked:
        raise forbidden("You cannot send messages to this user.")


def listed(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    account = account_of(caller)
    return _page(
        twin, caller, call, [one for one in twin.talks.directs.values() if one.account == account.id]
    )


def with_person(twin: XTwin, caller: Caller, call: Call, person: str) -> dict[str, Any]:
    account, handle = account_of(caller), twin.handle_of(person)
    said = twin.talks.said[account.id, handle] if handle else []
    return _page(twin, caller, call, list(said))


def _page(twin: XTwin, caller: Caller, call: Call, found: list[Direct]) -> dict[str, Any]:
    """Newest first, of the last 30 days."""
    standing = [one for one in found if not one.removed and twin.now() - one.at < KEPT_S]
    standing.sort(key=lambda one: int(one.id), reverse=True)
    start, size = number(call, "pagination_token", 0), number(call, "max_results", 100)
    chosen = standing[start : start + size]
    meta: dict[str, Any] = {"result_count": len(chosen)}
    if start + size < len(standing):
        meta["next_token"] = str(start + size)
    if not chosen:
        return {"meta": meta}
    charge(twin, caller, prices.DIRECT_READ, [one.id for one in chosen])
    shown = Shown(twin, call.body)
    people = {twin.talks.address(one.account, one.handle) for one in chosen} | {chosen[0].account}
    includes = shown.includes([], sorted(people))
    if media := [shown.media(one) for direct in chosen for one in direct.media]:
        includes["media"] = media
    return {"data": [shown.direct(one) for one in chosen], "includes": includes, "meta": meta}


def delete(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    """On our own side; the other one keeps it."""
    account_of(caller)
    return {"data": {"deleted": id in twin.talks.directs}}
