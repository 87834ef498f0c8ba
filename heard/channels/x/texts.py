"""What was said, as people see it: whole, with real addresses instead of short ones."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from heard.channels.contract import Media
from heard.channels.fields import as_aside, as_list, as_mapping, as_time, as_url
from heard.channels.x.payloads import Includes, Tweet, ids_in

_KINDS = {"photo": "image", "video": "video", "animated_gif": "video"}


def text_of(tweet: Tweet) -> str:
    long = as_aside(tweet.note.get("text"))
    return written(long or tweet.text, as_mapping(tweet.note.get("entities")) if long else tweet.entities)


def written(text: str, entities: Mapping[str, Any]) -> str:
    """Short addresses opened, those of attached pictures taken away, `&amp;` and the like resolved."""
    for link in map(as_mapping, as_list(entities.get("urls"))):
        short = as_url(link.get("url"))
        if short:
            text = text.replace(
                short, "" if _is_attachment(link) else as_url(link.get("expanded_url")) or short
            )
    for media in map(as_mapping, as_list(entities.get("media"))):
        if short := as_url(media.get("url")):
            text = text.replace(short, "")
    return html.unescape(text).strip()


def _is_attachment(link: Mapping[str, Any]) -> bool:
    return bool(link.get("media_key")) or as_aside(link.get("display_url")).startswith(
        ("pic.x.com", "pic.twitter.com")
    )


def media_of(attachments: Mapping[str, Any], includes: Includes) -> tuple[Media, ...]:
    return tuple(media(includes.media.get(key, {})) for key in ids_in(attachments.get("media_keys")))


def media(raw: Mapping[str, Any]) -> Media:
    """A medium of version 2 or of the older hooks. Where X told no address it is `unsupported`."""
    kind = _KINDS.get(as_aside(raw.get("type")), "")
    clips = as_list(raw.get("variants")) or as_list(as_mapping(raw.get("video_info")).get("variants"))
    address = (
        _best_clip(clips)
        or as_url(raw.get("url") if kind == "image" and "media_key" in raw else "")
        or as_url(raw.get("media_url_https"))
        or as_url(raw.get("preview_image_url"))
        or as_url(raw.get("url"))
    )
    if not kind or not address:
        return Media("unsupported", name=as_aside(raw.get("type")))
    shows_a_clip = kind == "video" and not _best_clip(clips)
    return Media("image" if shows_a_clip else kind, address, name=as_aside(raw.get("alt_text")))


def _best_clip(clips: Iterable[Any]) -> str:
    """The clearest MP4."""
    found = list(_clips(clips))
    return max(found)[1] if found else ""


def _clips(clips: Iterable[Any]) -> Iterator[tuple[float, str]]:
    for clip in map(as_mapping, clips):
        rate = clip.get("bit_rate", clip.get("bitrate", 0))
        if as_aside(clip.get("content_type")) == "video/mp4" and (url := as_url(clip.get("url"))):
            yield rate if isinstance(rate, int | float) else 0, url


def timed(raw: Mapping[str, Any], *names: str) -> Any:
    """The first of these that is a time; None where none is."""
    return next(filter(None, (as_time(raw.get(name)) for name in names)), None)
