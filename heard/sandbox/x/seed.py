"""What stands on X at the first start: a few posts of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heard.sandbox.talks.things import Media
from heard.sandbox.x.holding import id_at
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

HOUR = 3600
POSTS = (
    (50 * HOUR, "picture/mug.png", "New in the shop: stoneware mugs in four colours, glazed by hand."),
    (28 * HOUR, "", "Orders placed before noon leave our warehouse the same day."),
    (
        4 * HOUR,
        "picture/lamp.png",
        "The evenings are dark early. Reading lamps cost a fifth less until Sunday.",
    ),
)


def fill(twin: XTwin) -> None:
    """Written before anybody could be told of them."""
    account = twin.talks.first_account()
    for ago, picture, text in POSTS:
        media = [Media("image", picture)] if picture else []
        at = twin.now() - ago
        id = str(id_at(at))
        twin.held.add(Post(id, account.id, "", text, at, conversation=id, versions=[id], media=media))
