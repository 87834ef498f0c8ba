"""What an account does in public, by the API: post, reply, delete, hide, like, repost, upload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heard.channels.web_addresses import web_addresses
from heard.language.weighted import weighted_length
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.talks.things import Account, Media
from heard.sandbox.x import credits, public
from heard.sandbox.x.caller import Caller
from heard.sandbox.x.refusals import NOT_MENTIONED, forbidden, invalid
from heard.sandbox.x.things import Post, Upload

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

LONGEST = 280
LARGEST = {
    **dict.fromkeys(("tweet_image", "dm_image"), 5 * 1024 * 1024),
    **dict.fromkeys(("tweet_gif", "dm_gif"), 15 * 1024 * 1024),
}
DUPLICATE_S = 24 * 3600
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."


def account_of(caller: Caller, id: str = "") -> Account:
    """Raises Refused: an app cannot do what people do, nor one account what another may."""
    if caller.account is None:
        raise forbidden(
            "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.",
            "unsupported-authentication",
        )
    if id and id != caller.account.id:
        raise forbidden("You are not permitted to perform this action.", "client-forbidden")
    return caller.account


def pays(twin: XTwin, account: Account) -> bool:
    return bool(account.kept["plan"] == "pay_per_use")


def is_enterprise(account: Account) -> bool:
    return bool(account.kept["plan"] == "enterprise")


def post(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    account = account_of(caller)
    text, media = str(call.body.get("text") or ""), _media(twin, call)
    if not text and not media:
        raise invalid("At least one of text, media, poll is required", "text")
    if weighted_length(text) > LONGEST:
        raise invalid("Your Tweet text is too long.", "text")
    if call.body.get("quote_tweet_id") and not is_enterprise(account):
        raise forbidden("Quoting this post is not allowed on your access level.", "client-forbidden")
    under = _answered(twin, account, call)
    _refuse_doubles(twin, account, text, under)
    _charge(twin, account, text, reply=under is not None)
    made = public.write(twin, author=account.id, handle="", text=text, under=under, media=media, by="api")
    return {"data": {"id": made.id, "text": text, "edit_history_tweet_ids": made.versions}}


def _answered(twin: XTwin, account: Account, call: Call) -> Post | None:
    reply = call.body.get("reply")
    id = str(reply.get("in_reply_to_tweet_id", "")) if isinstance(reply, dict) else ""
    if not id:
        return None
    found = twin.held.post(id)
    if found is None:
        raise forbidden(GONE)
    if twin.forced(found.handle) == "blocked":
        raise forbidden("You have been blocked from the author of this post.")
    if not is_enterprise(account) and not _is_summoned(twin, account, found):
        raise forbidden(NOT_MENTIONED)
    return found


def _is_summoned(twin: XTwin, account: Account, target: Post) -> bool:
    quoted = twin.held.post(target.quoted)
    quotes_us = quoted is not None and quoted.author == account.id
    return target.author == account.id or account in twin.mentioned(target) or quotes_us


def _refuse_doubles(twin: XTwin, account: Account, text: str, under: Post | None) -> None:
    """X refuses the same words twice in a row; under different posts, it does not mind."""
    parent = under.newest_id if under else ""
    for one in twin.held.posts.values():
        same = (one.author, one.text, one.parent) == (account.id, text, parent)
        if same and not one.removed and text and twin.now() - one.at < DUPLICATE_S:
            raise forbidden("You are not allowed to create a Tweet with duplicate content.")


def _charge(twin: XTwin, account: Account, text: str, *, reply: bool) -> None:
    if not pays(twin, account):
        return
    plain = credits.REPLY if reply else credits.POST
    twin.credits.take(credits.POST_WITH_ADDRESS if any(web_addresses(text)) else plain)


def _media(twin: XTwin, call: Call) -> list[Media]:
    wish = call.body.get("media")
    ids = wish.get("media_ids", []) if isinstance(wish, dict) else []
    if len(ids) > 4:
        raise invalid("media.media_ids: size must be between 1 and 4", "media.media_ids")
    found = uploaded(twin, ids, "media.media_ids", place="tweet")
    if len(found) > 1 and any(one.kept["category"] == "tweet_gif" for one in found):
        raise invalid("A post takes four pictures or one GIF.", "media.media_ids")
    return found


def uploaded(twin: XTwin, ids: list[Any], field: str, *, place: str) -> list[Media]:
    """Files that were uploaded for this place before. Raises Refused."""
    found = [twin.held.uploads.get(str(id)) for id in ids]
    if any(one is None or not one.category.startswith(place) for one in found):
        raise invalid("Your media IDs are invalid.", field)
    return [
        Media("image", one.path, one.alt, {"alt": bool(one.alt), "category": one.category})
        for one in found
        if one
    ]


def own(twin: XTwin, caller: Caller, id: str) -> Post:
    found = twin.held.post(id)
    if found is None or found.author != account_of(caller).id:
        raise forbidden("You are not authorized to delete this Tweet.")
    return found


def delete(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    account_of(caller)
    if twin.held.post(id) is not None:
        public.remove(twin, own(twin, caller, id))
    return {"data": {"deleted": True}}


def hide(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    account, found = account_of(caller), twin.held.post(id)
    root = twin.held.post(found.conversation) if found else None
    if found is None or not found.parent or root is None or root.author != account.id:
        raise forbidden("You are not allowed to hide this reply.")
    hidden = call.body.get("hidden")
    if not isinstance(hidden, bool):
        raise invalid("hidden is a boolean", "hidden")
    public.hide(twin, found, hidden=hidden)
    return {"data": {"hidden": hidden}}


def _target(twin: XTwin, id: str) -> Post:
    found = twin.held.post(id)
    if found is None:
        raise invalid("The Tweet you are trying to reach does not exist.", "tweet_id")
    return found


def like(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    account = _who_may_like(caller, id)
    public.like(twin, _target(twin, str(call.body.get("tweet_id"))), by=account.id, liked=True)
    return {"data": {"liked": True}}


def unlike(twin: XTwin, caller: Caller, call: Call, id: str, post_id: str) -> dict[str, Any]:
    account = _who_may_like(caller, id)
    public.like(twin, _target(twin, post_id), by=account.id, liked=False)
    return {"data": {"liked": False}}


def _who_may_like(caller: Caller, id: str) -> Account:
    account = account_of(caller, id)
    if not is_enterprise(account):
        raise forbidden("This endpoint is not available on your access level.", "client-forbidden")
    return account


def repost(twin: XTwin, caller: Caller, call: Call, id: str) -> dict[str, Any]:
    account, target = account_of(caller, id), _target(twin, str(call.body.get("tweet_id")))
    if account.id in target.reposts:
        raise forbidden("You have already retweeted this Tweet.")
    if pays(twin, account):
        twin.credits.take(credits.POST)
    public.repost(twin, target, by=account.id, reposted=True)
    return {"data": {"retweeted": True, "rest_id": twin.held.new_id()}}


def take_repost_back(twin: XTwin, caller: Caller, call: Call, id: str, post_id: str) -> dict[str, Any]:
    public.repost(twin, _target(twin, post_id), by=account_of(caller, id).id, reposted=False)
    return {"data": {"retweeted": False}}


def upload(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    account_of(caller)
    if "media" not in call.files:
        raise invalid("media is missing", "media")
    name, content = call.files["media"]
    category = str(call.body.get("media_category") or "tweet_image")
    if category not in LARGEST:
        raise invalid("media_category is unknown", "media_category")
    if len(content) > LARGEST[category]:
        raise invalid("maxFileSizeExceeded", "media")
    made = Upload(twin.held.new_id(), twin.talks.upload(content, name), category=category)
    twin.held.add(made)
    return {
        "data": {
            "id": made.id,
            "media_key": f"3_{made.id}",
            "expires_after_secs": 86400,
            "size": len(content),
        }
    }


def describe(twin: XTwin, caller: Caller, call: Call) -> dict[str, Any]:
    account_of(caller)
    found, metadata = twin.held.uploads.get(str(call.body.get("id"))), call.body.get("metadata")
    alt = metadata.get("alt_text", {}).get("text") if isinstance(metadata, dict) else None
    if found is None or not isinstance(alt, str):
        raise invalid("Your media IDs are invalid.", "id")
    found.alt = alt
    twin.held.keep(found)
    return {"data": {"id": found.id, "associated_metadata": {"alt_text": {"text": alt}}}}
