"""Is a call of the Graph API about an account on Instagram, and about which?"""

from __future__ import annotations

from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.things import Profile


def whose(call: Call) -> Profile | None:
    """None: it is about a page, or about nothing that the token may see."""
    network = call.network
    if call.token is None or not call.token.page or not call.parts:
        return None
    if own := network.profiles.get(call.token.page):
        return own
    linked = network.profile_of(call.token.page)
    return linked if linked and _concerns(call, linked) else None


def _concerns(call: Call, profile: Profile) -> bool:
    """With the token of a page, only what is called by name belongs to the linked account."""
    node, edge = call.parts[0], "/".join(call.parts[1:])
    if node in {"me", profile.linked}:
        if edge == "conversations":
            return call.text("platform").lower() == "instagram"
        return edge == "messages" and _writes_to_a_follower(call, profile)
    return node == profile.id or _page_of(call, node) == profile.id or _is_follower(call, profile, node)


def _page_of(call: Call, id: str) -> str:
    network = call.network
    found = (
        network.comments.get(id)
        or network.posts.get(id)
        or network.directs.get(id)
        or network.containers.get(id)
        or next((one for one in network.conversations.values() if one.id == id), None)
    )
    return found.page if found else ""


def _writes_to_a_follower(call: Call, profile: Profile) -> bool:
    recipient = call.thing("recipient")
    if not isinstance(recipient, dict):
        return False
    comment = call.network.comments.get(str(recipient.get("comment_id", "")))
    return bool(comment and comment.page == profile.id) or _is_follower(
        call, profile, str(recipient.get("id", ""))
    )


def _is_follower(call: Call, profile: Profile, id: str) -> bool:
    handle = call.network.handle(id)
    return handle is not None and call.network.psid(profile.id, handle) == id
