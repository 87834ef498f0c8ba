"""Customers write: one function for each kind of message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from heard.sandbox.meta import opinions, private, public
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Media, Page, Post
from heard.sandbox.wish import BadWish, Wish

FIELDS = "as kind text under media stars recommends quick reply_to name page"
KINDS = {"facebook": ("comment", "post", "mention", "review"), "messenger": ("direct",)}
MEDIA_KINDS = ("image", "video", "audio", "file", "sticker", "location", "fallback")
PICTURES = {"image": "picture/broken.png", "sticker": "picture/thumb.png", "video": "picture/clip.mp4"}


def page_of(network: Network, wish: Wish) -> Page:
    if "page" not in wish:
        return network.first_page()
    page = network.pages.get(wish.text("page"))
    if page is None:
        raise BadWish(f"There is no page {wish.text('page')!r}.", status=404)
    return page


def say(network: Network, slug: str, wish: Wish) -> Any:
    kind = wish.text("kind", KINDS[slug][0])
    if kind not in KINDS[slug]:
        raise BadWish(f"{slug} has no {kind!r}. It has: {', '.join(KINDS[slug])}.")
    page, handle = page_of(network, wish), wish.text("as")
    if not handle.strip():
        raise BadWish("The field 'as' names a person.")
    network.person(handle, name=wish.text("name", ""))
    if handle in page.blocked:
        raise BadWish(f"{handle} is blocked by the page.", status=403)
    text, media = wish.text("text", ""), media_of(wish)
    if not text and not media and kind != "review":
        raise BadWish("The field 'text' is missing.")
    return SAY[kind](network, page, handle, text, media, wish)


def media_of(wish: Wish, kinds: Sequence[str] = MEDIA_KINDS) -> list[Media]:
    media = []
    for row in wish.rows("media"):
        kind, url = str(row.get("kind", "image")), row.get("url")
        if kind not in kinds or set(row) - {"kind", "url"}:
            raise BadWish(f"Media is {{'kind', 'url'?}}, and kind one of: {', '.join(kinds)}.")
        media.append(Media(kind, str(url) if url else PICTURES.get(kind, "picture/parcel.png")))
    return media


def _comment(network: Network, page: Page, handle: str, text: str, media: list[Media], wish: Wish) -> Any:
    under = _under(network, page, wish)
    return {"id": public.write_comment(network, under=under, handle=handle, text=text, media=media).id}


def _under(network: Network, page: Page, wish: Wish) -> Post | Comment:
    if "under" not in wish:
        newest = network.newest_post(page.id)
        if newest is None:
            raise BadWish("The page has no post that could be commented on.", status=409)
        return newest
    id = wish.text("under")
    found: Post | Comment | None = network.posts.get(id) or network.comments.get(id)
    if found is None or found.page != page.id:
        raise BadWish(f"There is no post or comment {id!r} on this page.", status=404)
    if found.removed:
        raise BadWish(f"{id} was deleted.", status=410)
    return found


def _post(network: Network, page: Page, handle: str, text: str, media: list[Media], wish: Wish) -> Any:
    return {"id": public.write_post(network, page, handle=handle, text=text, media=media).id}


def _mention(network: Network, page: Page, handle: str, text: str, media: list[Media], wish: Wish) -> Any:
    under = None
    if "under" in wish:
        under = network.mentions.get(wish.text("under"))
        if under is None:
            raise BadWish(f"There is no mention {wish.text('under')!r}.", status=404)
    return {"id": opinions.write_mention(network, page, handle=handle, text=text, under=under).id}


def _review(network: Network, page: Page, handle: str, text: str, media: list[Media], wish: Wish) -> Any:
    stars = int(wish.number("stars")) if "stars" in wish else None
    if stars is not None and not 1 <= stars <= 5:
        raise BadWish("Stars are 1 to 5.")
    recommends = wish.flag("recommends", True) if "recommends" in wish or stars is None else None
    review = opinions.write_review(
        network, page, handle=handle, text=text, stars=stars, recommends=recommends
    )
    return {"id": review.id}


def _direct(network: Network, page: Page, handle: str, text: str, media: list[Media], wish: Wish) -> Any:
    quick, reply_to = wish.text("quick", ""), wish.text("reply_to", "")
    if reply_to and reply_to not in network.directs:
        raise BadWish(f"There is no message {reply_to!r}.", status=404)
    direct = private.write(
        network, page.id, handle=handle, text=text, media=media, reply_to=reply_to, quick=quick
    )
    return {"id": direct.id, "psid": network.psid(page.id, handle)}


Say = Callable[[Network, Page, str, str, list[Media], Wish], Any]
SAY: dict[str, Say] = {
    "comment": _comment,
    "post": _post,
    "mention": _mention,
    "review": _review,
    "direct": _direct,
}
