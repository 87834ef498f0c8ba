"""The calls about apps and pages themselves: who is connected, and where hooks go."""

from __future__ import annotations

import secrets
from typing import Any

import httpx2

from heard.sandbox import certificates
from heard.sandbox.meta import access
from heard.sandbox.meta.graph import people
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, gone, wrong
from heard.sandbox.meta.graph.fields import pick
from heard.sandbox.meta.graph.paging import listing, page_of
from heard.sandbox.meta.graph.tokens import app_user_id, need
from heard.sandbox.meta.hooks import about, hook_of
from heard.sandbox.meta.things import App, Page, Subscription

HANDSHAKE_S = 10
ALL_FIELDS = {
    *access.FIELDS["facebook"],
    *access.FIELDS["messenger"],
    *("messaging_feedback", "messaging_payments", "messaging_referral", "message_context", "message_reads"),
    *("live_videos", "name", "picture", "leadgen", "category", "description", "location", "phone", "website"),
    *("inbox_labels", "group_feed", "messaging_customer_information", "response_feedback", "send_cart"),
}
KNOWN_FIELDS = {"page": ALL_FIELDS, "instagram": set(access.FIELDS["instagram"])}


# ── who am I ──


def read_page(call: Call, page: Page) -> Any:
    token = call.token.id if call.token is not None and call.token.page == page.id else ""
    return pick(people.page(call.network, page, token), call.fields(people.PAGE), kind="Page")


def read_me(call: Call) -> Any:
    token = call.token
    if token is None:
        raise GraphError(
            "An active access token must be used to query information about the current user.", code=2500
        )
    if token.page:
        return read_page(call, call.page)
    person = call.network.person(token.handle)
    node = {
        "id": app_user_id(token),
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "email": None,
        "picture": {"data": {"url": people.portrait(call.network, token.handle)}},
    }
    return pick(node, call.fields(people.USER), kind="User")


def accounts(call: Call) -> Any:
    """The pages that a person let the app see, each with a token of its own."""
    need(call, "pages_show_list")
    token = call.token
    if token is None or token.page or call.app is None:
        raise wrong("A user access token is required to request this resource.")
    pages = [call.network.pages[id] for id in token.pages]
    some, paging = page_of(call, pages, "me/accounts")
    fields = call.fields("access_token,category,category_list,name,id,tasks")
    rows = []
    for page in some:
        granted = _granted(call, call.app, page)
        rows.append(pick(people.page(call.network, page, granted), fields, kind="Page"))
    return listing(call, rows, paging)


def _granted(call: Call, app: App, page: Page) -> str:
    assert call.token is not None
    mine = call.token
    for token in call.network.tokens.values():
        same = (token.page, token.app, token.handle) == (page.id, app.id, mine.handle)
        if same and token.scopes == mine.scopes and not token.revoked:
            return token.id
    return access.new_page_token(call.network, page, app, scopes=list(mine.scopes), handle=mine.handle).id


# ── apps on a page ──


def subscribed_apps(call: Call, page: Page) -> Any:
    network = call.network
    if call.method == "GET":
        rows = [
            {
                "category": "Business",
                "link": network.address.below("facebook"),
                "name": network.apps[id].name,
                "id": id,
                "subscribed_fields": fields,
            }
            for id, fields in page.subscribed.items()
        ]
        return {"data": rows}
    kind = about(page)
    need(call, "instagram_business_basic" if kind == "instagram" else "pages_manage_metadata")
    if call.app is None or call.page.id != page.id:
        raise gone(page.id, call.method)
    if call.method == "DELETE":
        page.subscribed.pop(call.app.id, None)
    else:
        page.subscribed[call.app.id] = _wanted(call, "subscribed_fields", kind)
        call.app.signs_as = "instagram" if kind == "instagram" else "meta"
        network.keep(call.app)
    network.keep(page)
    return {"success": True}


def _wanted(call: Call, name: str, about: str) -> list[str]:
    fields, known = call.names(name), KNOWN_FIELDS[about]
    if not fields:
        raise wrong(f"The parameter {name} is required.")
    for one in fields:
        if one not in known:
            raise wrong(f"Param {name} must be one of {{{', '.join(sorted(known))}}} - got {one!r}.")
    return fields


# ── where an app is called ──


async def subscriptions(call: Call, app: App) -> Any:
    if not call.app_token or call.app is not app:
        raise GraphError("(#15) This method must be called with an app access_token.", code=15)
    if call.method == "GET":
        return {"data": [_subscription(app, name) for name in app.subscriptions]}
    kind = call.text("object")
    if call.method == "DELETE":
        for name in [kind] if kind else list(app.subscriptions):
            app.subscriptions.pop(name, None)
    else:
        await _subscribe(call, app, kind)
    call.network.keep(app)
    return {"success": True}


def _subscription(app: App, name: str) -> dict[str, Any]:
    one = app.subscriptions[name]
    return {
        "object": name,
        "callback_url": one.callback_url,
        "active": True,
        "fields": [{"name": field, "version": "v26.0"} for field in one.fields],
    }


async def _subscribe(call: Call, app: App, kind: str) -> None:
    if kind not in KNOWN_FIELDS:
        raise wrong(f"Object {kind!r} cannot be subscribed to here.")
    url, fields = call.text("callback_url"), _wanted(call, "fields", kind)
    if not url.startswith(("https://", "http://")):
        raise wrong("callback_url must be an address.")
    verify_token = call.text("verify_token")
    if problem := await shake_hands(url, verify_token):
        raise GraphError(
            "(#2200) Callback verification failed with the following errors: " + problem, code=2200
        )
    app.subscriptions[kind] = Subscription(url, fields, verify_token)
    assert hook_of(app, kind)
    call.network.engine.hurry("instagram" if kind == "instagram" else app.network)


async def shake_hands(url: str, verify_token: str) -> str:
    """Asks the hook whether it is ours, as the network does. What was wrong, or ""."""
    challenge = str(secrets.randbelow(10**10))
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    try:
        async with httpx2.AsyncClient(
            timeout=HANDSHAKE_S, verify=certificates.known(), trust_env=False
        ) as client:
            answer = await client.get(url, params=asked)
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        return f"curl_errno = 7; the callback could not be reached ({type(error).__name__})"
    if answer.status_code != 200:
        return f"HTTP Status Code = {answer.status_code}; HTTP Message = {answer.reason_phrase}"
    if answer.text.strip() != challenge:
        return "the response does not match the challenge"
    return ""
