"""What is said and done in public, by people and by accounts, and which events follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from heard.channels.x.simulator import moment
from heard.sandbox.talks.things import Account, Media
from heard.sandbox.x import old_events
from heard.sandbox.x.shown import Shown
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin


def write(
    twin: XTwin,
    *,
    author: str,
    handle: str,
    text: str,
    under: Post | None = None,
    quoted: Post | None = None,
    media: Sequence[Media] = (),
    by: str = "",
) -> Post:
    """A post, a reply (`under`) or a quote. `handle` is "" for an account."""
    id = twin.held.new_id()
    post = Post(
        id,
        author,
        handle,
        text,
        twin.now(),
        conversation=under.conversation if under else id,
        parent=under.newest_id if under else "",
        parent_author=under.author if under else "",
        quoted=quoted.newest_id if quoted else "",
        versions=[id],
        media=list(media),
        by=by,
    )
    twin.held.add(post)
    _tell(twin, post)
    return post


def edit(twin: XTwin, post: Post, *, text: str) -> None:
    """The edit is a new post with an id of its own; whoever is named hears of it as of any other."""
    post.text = text
    post.versions.append(twin.held.new_id())
    twin.held.keep(post)
    _tell(twin, post)


def _tell(twin: XTwin, post: Post) -> None:
    shown = Shown(twin)
    payload, includes = shown.post(post), shown.includes([post])
    told = twin.talks.accounts.get(post.author)
    if told is not None:
        twin.say_event("post.create", told, payload, lane=post.conversation, includes=includes)
    for account in twin.talks.accounts.values():
        kinds = _concerns(twin, post, account)
        for kind in kinds:
            twin.say_event(kind, account, payload, lane=post.conversation, includes=includes)
        if (kinds or told is account) and old_events.is_told(account):
            said = old_events.tweet(twin, post)
            old_events.tell(twin, account, "tweet_create_events", said, lane=post.conversation)
    twin.stream.offer(post)


def _concerns(twin: XTwin, post: Post, account: Account) -> list[str]:
    """One post may be a reply, a mention and a quote in one, and comes once for each."""
    if post.author == account.id:
        return []
    kinds = ["post.mention.create"] if account in twin.mentioned(post) else []
    if post.parent_author == account.id:
        kinds.append("post.reply.create")
    quoted = twin.held.post(post.quoted)
    if quoted and quoted.author == account.id:
        kinds.append("post.quote.create")
    return kinds


def remove(twin: XTwin, post: Post) -> None:
    """X tells only the app of its own account. That a customer has deleted something, nobody hears."""
    post.removed = True
    twin.held.keep(post)
    account = twin.talks.accounts.get(post.author)
    if account is not None:
        payload = {"id": post.id, "author_id": post.author}
        users = {"users": [{"data": Shown(twin).user(post.author)}]}
        twin.say_event("post.delete", account, payload, lane=post.conversation, includes=users)
        gone = {
            "status": {"id": post.id, "user_id": post.author},
            "timestamp_ms": str(twin.ground.clock.ms()),
        }
        old_events.tell(twin, account, "tweet_delete_events", gone, lane=post.conversation)


def like(twin: XTwin, post: Post, *, by: str, liked: bool) -> None:
    if liked is (by in post.likes):
        return
    (post.likes.append if liked else post.likes.remove)(by)
    twin.held.keep(post)
    if not liked:
        return  # X tells of likes, and not that they were taken back
    for account, direction in _sides(twin, post, by):
        payload = {
            "id": twin.held.new_id(),
            "created_at": moment(post.at),
            "timestamp_ms": str(twin.ground.clock.ms()),
            "liked_tweet_author_id": post.author,
            "liked_tweet_id": post.newest_id,
        }
        includes = {"users": [Shown(twin).user(post.author), Shown(twin).user(by)]}
        if old_events.is_told(account):
            favorite = {
                "id": payload["id"],
                "timestamp_ms": twin.ground.clock.ms(),
                "favorited_status": old_events.tweet(twin, post),
                "user": old_events.user(twin, by),
            }
            old_events.tell(twin, account, "favorite_events", favorite, lane=post.conversation)
        twin.say_event(
            "like.create", account, payload, lane=post.conversation, includes=includes, direction=direction
        )


def _sides(twin: XTwin, post: Post, by: str) -> list[tuple[Account, str]]:
    sides = [(post.author, "inbound"), (by, "outbound")]
    return [(twin.talks.accounts[id], name) for id, name in sides if id in twin.talks.accounts]


def repost(twin: XTwin, post: Post, *, by: str, reposted: bool) -> None:
    if reposted is (by in post.reposts):
        return
    (post.reposts.append if reposted else post.reposts.remove)(by)
    twin.held.keep(post)
    if not reposted:
        return
    shown = Shown(twin)
    payload = shown.repost(post, by, twin.held.new_id())
    includes = {"users": [shown.user(by)], "tweets": [shown.post(post)]}
    kinds = {post.author: "post.repost.create", by: "post.create"}
    for id, kind in kinds.items():
        if account := twin.talks.accounts.get(id):
            twin.say_event(kind, account, payload, lane=post.conversation, includes=includes)


def hide(twin: XTwin, post: Post, *, hidden: bool) -> None:
    post.hidden = hidden
    twin.held.keep(post)
