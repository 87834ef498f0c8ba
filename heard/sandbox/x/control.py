"""The control verbs of X beside those of every private network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING, Any

from heard.channels.x.simulator import moment
from heard.sandbox.talks import verbs as talking
from heard.sandbox.talks.things import Account
from heard.sandbox.talks.verbs import account_of, person_of
from heard.sandbox.wish import BadWish, Verb, Wish
from heard.sandbox.x import public
from heard.sandbox.x.credits import Credits
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

KINDS = ("mention", "reply", "comment", "quote", "post", "direct")
PLANS = ("pay_per_use", "basic", "pro", "enterprise")
LOGIN = "x.com"


def verbs(twin: XTwin) -> dict[str, Verb]:
    return {
        "say": Verb(partial(say, twin), "as kind text under media reply_to quick name page unnamed"),
        "edit": Verb(partial(edit, twin), "id as text"),
        "delete": Verb(partial(delete, twin), "id as"),
        "react": Verb(partial(react, twin), "id as reaction remove"),
        "own_app": Verb(partial(own_app, twin), "text under to page"),
        "revoke": Verb(partial(revoke, twin), "page"),
        "plan": Verb(partial(plan, twin), "plan page"),
        "credits": Verb(partial(credit, twin), "left reset"),
        "limits": Verb(partial(limits, twin), "factor webhooks"),
        "stream": Verb(partial(stream, twin), "beat_s end"),
        "encrypted": Verb(partial(encrypted, twin), "as page"),
        "state": Verb(partial(state, twin), "page only", "GET"),
        "app": Verb(partial(app, twin), "", "GET"),
    }


def _post_of(twin: XTwin, id: str) -> Post:
    if id in twin.held.posts and twin.held.posts[id].removed:
        raise BadWish(f"{id} was deleted.", status=410)
    found = twin.held.post(id)
    if found is None:
        raise BadWish(f"x knows nothing with the id {id!r}.", status=404)
    return found


def say(twin: XTwin, wish: Wish) -> Any:
    """`under` is the post that is answered or quoted; without it, the newest one of the account."""
    kind = wish.text("kind", "mention")
    if kind not in KINDS:
        raise BadWish(f"x has no {kind!r}. It has: {', '.join(KINDS)}.")
    if kind == "direct":
        return talking.say(twin, wish)
    account, handle = account_of(twin, wish), person_of(twin, wish)
    text, media = wish.text("text", ""), talking.media_in(twin, wish)
    if not text and not media:
        raise BadWish("The field 'text' is missing.")
    name, about = f"@{account.kept['username']}", _about(twin, wish, kind, account.id)
    # X puts the name of who is answered in front of a reply, and people may take it away.
    named = kind in ("post", "quote") or wish.flag("unnamed", False) or name.lower() in text.lower()
    if not named:
        text = f"{name} {text}"
    made = public.write(
        twin,
        author=twin.talks.address(account.id, handle),
        handle=handle,
        text=text,
        under=None if kind == "quote" else about,
        quoted=about if kind == "quote" else None,
        media=media,
    )
    return {"id": made.id, "address": made.author}


def _about(twin: XTwin, wish: Wish, kind: str, account: str) -> Post | None:
    if "under" in wish:
        return _post_of(twin, wish.text("under"))
    if kind in ("mention", "post"):
        return None
    ours = [
        one
        for one in twin.held.posts.values()
        if one.author == account and not one.removed and not one.parent
    ]
    if not ours:
        raise BadWish("The account has no post that could be answered.", status=409)
    return max(ours, key=lambda one: one.at)


def _own(twin: XTwin, wish: Wish, post: Post) -> None:
    if "as" in wish and wish.text("as") != post.handle:
        raise BadWish(f"{wish.text('as')} did not write {post.id}.", status=403)


def edit(twin: XTwin, wish: Wish) -> Any:
    """Direct messages cannot be edited on X."""
    post = _post_of(twin, wish.text("id"))
    _own(twin, wish, post)
    public.edit(twin, post, text=wish.text("text"))
    return {"id": post.id, "version": post.newest_id}


def delete(twin: XTwin, wish: Wish) -> Any:
    if wish.text("id") in twin.talks.directs:
        return talking.delete(twin, wish)
    post = _post_of(twin, wish.text("id"))
    _own(twin, wish, post)
    public.remove(twin, post)
    return {"id": post.id}


def react(twin: XTwin, wish: Wish) -> Any:
    """`reaction` is like or repost."""
    post, handle = _post_of(twin, wish.text("id")), person_of(twin, wish)
    who, wanted = twin.address("", handle), not wish.flag("remove", False)
    if wish.text("reaction", "like") == "repost":
        public.repost(twin, post, by=who, reposted=wanted)
    else:
        public.like(twin, post, by=who, liked=wanted)
    return {"id": post.id}


def own_app(twin: XTwin, wish: Wish) -> Any:
    """The company writes past Heard: to a person, under a post, or a post of its own."""
    account = account_of(twin, wish)
    if "to" in wish:
        return talking.own_app(twin, wish)
    under = _post_of(twin, wish.text("under")) if "under" in wish else None
    made = public.write(twin, author=account.id, handle="", text=wish.text("text"), under=under, by="own_app")
    return {"id": made.id}


def revoke(twin: XTwin, wish: Wish) -> Any:
    """All tokens of the account die, as when a person takes the app's rights away."""
    account = account_of(twin, wish)
    payload = {"date_time": moment(twin.now()), "user_id": account.id, "app_id": twin.held.app.id}
    twin.say_event("oauth.revoke", account, payload, lane="revoke")
    dead = twin.sign_in.revoke_all(account)
    talking.revoke(twin, wish)
    return {"tokens": dead + 1}


def plan(twin: XTwin, wish: Wish) -> Any:
    account = account_of(twin, wish)
    if wish.text("plan") not in PLANS:
        raise BadWish(f"There are these plans: {', '.join(PLANS)}.")
    account.kept["plan"] = wish.text("plan")
    twin.talks.keep(account)
    return {"plan": account.kept["plan"]}


def credit(twin: XTwin, wish: Wish) -> Any:
    """`left` in dollars; without it there is no end to them. `reset` forgets what was spent."""
    if wish.flag("reset", False):
        twin.credits = Credits()
    try:
        twin.credits.left = Decimal(wish.text("left")) if "left" in wish else None
    except InvalidOperation:
        raise BadWish("The field 'left' is a sum.") from None
    return {"spent": str(twin.credits.spent)}


def limits(twin: XTwin, wish: Wish) -> Any:
    """Wider limits, for tests that send a lot, and how many webhooks an app may have."""
    twin.limits.factor = max(1, int(wish.number("factor", 1)))
    twin.most_webhooks = int(wish.number("webhooks", twin.most_webhooks))
    return {"factor": twin.limits.factor, "webhooks": twin.most_webhooks}


def stream(twin: XTwin, wish: Wish) -> Any:
    twin.stream.beat_s = wish.number("beat_s", twin.stream.beat_s)
    if wish.flag("end", False):
        twin.stream.end()
    return {"open": twin.stream.is_open, "beat_s": twin.stream.beat_s}


def encrypted(twin: XTwin, wish: Wish) -> Any:
    """A message in X's encrypted chat, which no program can read."""
    account, handle = account_of(twin, wish), person_of(twin, wish)
    id, sender = twin.held.new_id(), twin.talks.address(account.id, handle)
    payload = {
        "conversation_id": f"{account.id}:{sender}",
        "sender_id": sender,
        "id": id,
        "created_at_msec": str(twin.ground.clock.ms()),
        "encoded_event": "AAECAwQ=",
    }
    twin.say_event("chat.received", account, payload, lane=handle)
    return {"id": id}


def app(twin: XTwin, wish: Wish) -> Any:
    """What signs people in."""
    held = twin.held.app
    return {
        "client_id": held.client_id,
        "client_secret": held.client_secret,
        "api_key": held.api_key,
        "api_secret": held.api_secret,
        "bearer_token": held.bearer,
        "plan": twin.talks.first_account().kept["plan"],
        "base_url": twin.base_url(),
        "login_url": twin.ground.address.below(LOGIN),
    }


def state(twin: XTwin, wish: Wish) -> Any:
    found: dict[str, Any] = talking.state(twin, wish)
    account = account_of(twin, wish)
    wanted = wish.text("only", "").split(",") if "only" in wish else None
    more: dict[str, Callable[[], Any]] = {
        **{part: partial(_part, twin, account, part) for part in ("posts", "comments", "mentions", "others")},
        "likes": lambda: [
            {"object": one.id, "from": id} for one in twin.held.posts.values() for id in one.likes
        ],
        "reposts": lambda: [
            {"object": one.id, "from": id} for one in twin.held.posts.values() for id in one.reposts
        ],
        "hidden": lambda: [one.id for one in twin.held.posts.values() if one.hidden],
        "plan": lambda: account.kept["plan"],
        "spent": lambda: str(twin.credits.spent),
        "webhooks": lambda: [asdict(one) for one in twin.held.webhooks.values()],
        "subscriptions": lambda: [asdict(one) for one in twin.held.subscriptions.values()],
        "rules": lambda: [asdict(one) for one in twin.held.rules.values()],
    }
    return found | {name: part() for name, part in more.items() if wanted is None or name in wanted}


def _part(twin: XTwin, account: Account, part: str) -> list[dict[str, Any]]:
    return [_shown(twin, one) for one in twin.held.posts.values() if _part_of(twin, account, one) == part]


def _part_of(twin: XTwin, account: Account, post: Post) -> str:
    """What a post is for this account: its own, an answer to it or by it, about it, or none of its business."""
    ours = post.author == account.id
    if post.parent and account.id in (post.author, post.parent_author):
        return "posts" if ours and post.parent_author == account.id else "comments"
    if ours:
        return "posts"
    quoted = twin.held.post(post.quoted)
    concerns = account in twin.mentioned(post) or (quoted is not None and quoted.author == account.id)
    return "mentions" if concerns else "others"


def _shown(twin: XTwin, post: Post) -> dict[str, Any]:
    return {**asdict(post), "by_page": not post.handle, "username": twin.username(post.author)}
