"""What Instagram says of the account that we are connected to, and when it calls us."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import Account, Problem, Rejected, Wire
from heard.channels.fields import as_aside, as_id, as_url
from heard.channels.instagram.credentials import InstagramCredentials
from heard.channels.instagram.graphs import ME, account_graph, app_graph
from heard.channels.instagram.rights import by_our_names
from heard.channels.meta.account import is_subscribed, look_at_token
from heard.channels.meta.subscriptions import add_fields, call_us, take_fields_away

FIELDS: Final = frozenset(
    {
        "comments",
        "live_comments",
        "mentions",
        "messages",
        "message_edit",
        "message_reactions",
        "messaging_postbacks",
        "messaging_referral",
        "messaging_seen",
    }
)
# A page that is subscribed to any of its own fields brings the events of its Instagram account as well.
_OF_THE_PAGE: Final = frozenset({"messages"})
_SHOWN: Final = "username,name,profile_picture_url"


def inspect(wire: Wire[Any]) -> Account:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    mine: InstagramCredentials = wire.credentials
    graph = account_graph(wire)
    if mine.by_page:
        said = graph.read(mine.account, params={"fields": f"id,{_SHOWN}"})
        number = as_id(said.get("id"))
    else:
        # `id` belongs to the app; hooks and calls name the account by `user_id`.
        said = graph.read(ME, params={"fields": f"user_id,{_SHOWN}"})
        number = as_id(said.get("user_id"))
    handle = as_aside(said.get("username"))
    if number != mine.account:
        reason = f"The token belongs to @{handle}, whose account ID is {number}, not to {mine.account}."
        raise Rejected(reason, problem=Problem.INVALID)
    token = look_at_token(app_graph(wire), mine.access_token)
    return Account(
        number,
        name=as_aside(said.get("name")) or f"@{handle}",
        picture_url=as_url(said.get("profile_picture_url")),
        scopes=by_our_names(token.scopes) if token.scopes is not None else None,
        expires_at=token.expires_at or mine.ends_at,
        subscribed=is_subscribed(graph, ME, _fields(mine), app_id=_named(mine)),
        plan=mine.login,
    )


def subscribe(wire: Wire[Any], *, hook_url: str) -> None:
    """Meta calls `hook_url` with a challenge before this returns."""
    mine: InstagramCredentials = wire.credentials
    call_us(
        app_graph(wire),
        mine.app_id,
        about="instagram",
        fields=FIELDS,
        hook_url=hook_url,
        verify_token=mine.verify_token,
    )
    add_fields(account_graph(wire), ME, _fields(mine), app_id=_named(mine))


def unsubscribe(wire: Wire[Any]) -> None:
    mine: InstagramCredentials = wire.credentials
    if not mine.by_page:  # the page's own subscription may serve the page's other inboxes
        take_fields_away(account_graph(wire), ME, FIELDS, app_id=_named(mine))


def _fields(mine: InstagramCredentials) -> frozenset[str]:
    return _OF_THE_PAGE if mine.by_page else FIELDS


def _named(mine: InstagramCredentials) -> str:
    """How a list of apps names ours: on Instagram's own host by a number that we may not have."""
    return mine.app_id if mine.by_page else ""
