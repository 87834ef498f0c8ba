"""What hangs on a message. A type that nobody has seen yet is shown as unsupported, never lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from heard.channels.contract import Media
from heard.channels.fields import as_aside, as_mapping, as_url

_FILES: Final = frozenset({"image", "video", "audio", "file", "sticker"})
_LINKS: Final = frozenset({"fallback", "share", "post", "ig_post", "reel", "ig_reel", "media"})
_STORIES: Final = frozenset({"story_mention", "story", "ig_story"})
_HEART: Final = "like_heart"  # Instagram's one sticker, which comes without an address
_SITE: Final = "https://www.facebook.com"


def media_of(attachments: tuple[Any, ...], *, sticker_id: str = "") -> tuple[Media, ...]:
    """The attachments, each once. `sticker_id` is the one that the message itself names."""
    media = [_media(as_mapping(attachment)) for attachment in attachments]
    stickers = {_sticker(found) for found in media if found.kind == "sticker"}
    return tuple(_once(media, stickers - {""}, sticker_id))


def _once(media: list[Media], stickers: set[str], sticker_id: str) -> Iterator[Media]:
    """For a time Meta sent a sticker twice, as a picture and as a sticker."""
    seen: set[str] = set()
    for found in media:
        sticker = _sticker(found)
        if (found.kind == "image" and sticker in stickers) or (sticker and sticker in seen):
            continue
        if sticker:
            seen.add(sticker)
            found = Media("sticker", found.url, name=found.name, detail=found.detail)
        yield found
    if sticker_id and sticker_id not in seen:
        yield Media("sticker", detail={"sticker_id": sticker_id})


def _sticker(media: Media) -> str:
    return as_aside(media.detail.get("sticker_id"))


def _media(attachment: Mapping[str, Any]) -> Media:
    kind = as_aside(attachment.get("type"))
    payload = as_mapping(attachment.get("payload"))
    url = as_url(payload.get("url")) or as_url(attachment.get("url"))
    title = as_aside(attachment.get("title")) or as_aside(payload.get("title"))
    if kind in _FILES:
        return Media(kind, url, name=title, detail=_sticker_detail(payload))
    if kind == "location":
        return Media("location", url, name=title, detail=as_mapping(payload.get("coordinates")))
    if kind in _STORIES:
        return Media("story", url, name=title, detail={"type": kind}, keep=False)
    if kind == _HEART:
        return Media("sticker", name="❤️", detail={"type": kind})
    if kind in _LINKS:
        return Media("link", url or _on_the_site(payload.get("url")), name=title, detail={"type": kind})
    detail = {"type": kind, "payload": dict(payload)}
    return Media("unsupported", url, name=title or kind, detail=detail)


def _sticker_detail(payload: Mapping[str, Any]) -> dict[str, str]:
    sticker_id = payload.get("sticker_id")
    return {"sticker_id": str(sticker_id)} if isinstance(sticker_id, int | str) else {}


def _on_the_site(path: Any) -> str:
    """Reels are given as a path only."""
    path = as_aside(path)
    return f"{_SITE}{path}" if path.startswith("/") and not path.startswith("//") else ""
