"""What goes out: replies, direct messages, and our own posts with pictures."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import (
    Files,
    Kind,
    NewPost,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
    Upload,
)
from heard.channels.fields import as_mapping
from heard.channels.x.api import Api, checked
from heard.channels.x.payloads import id_in

_MEGABYTE: Final = 1024 * 1024
_SIZES: Final = dict.fromkeys(("image/jpeg", "image/png", "image/webp"), 5 * _MEGABYTE) | {
    "image/gif": 15 * _MEGABYTE
}
IN_PUBLIC: Final = Files(sizes=_SIZES, most=4, described=True, alone=frozenset({"image/gif"}))
IN_PRIVATE: Final = Files(sizes=_SIZES, most=1, described=True)


def send(api: Api, message: Outgoing) -> Sent:
    """Raises TryAgain, Rejected, ReconnectNeeded or Unconfirmed."""
    if message.private_reply:
        return _send_direct(api, _author_of(api, message.to), message)
    if message.kind is Kind.DIRECT:
        return _send_direct(api, message.to, message)
    if message.kind not in (Kind.COMMENT, Kind.MENTION):
        raise Rejected("X has posts, replies and direct messages only.", problem=Problem.INVALID)
    body = {"text": message.text, "reply": {"in_reply_to_tweet_id": checked(message.to)}}
    if message.files:
        body["media"] = {"media_ids": [_upload(api, picture, "tweet") for picture in message.files]}
    return _post(api, body)


def publish(api: Api, post: NewPost) -> Sent:
    """Pictures first. Nothing is public before the last call. Raises like `send`."""
    body: dict[str, Any] = {"text": post.text}
    if post.pictures:
        body["media"] = {"media_ids": [_upload(api, picture, "tweet") for picture in post.pictures]}
    return _post(api, body)


def _post(api: Api, body: dict[str, Any]) -> Sent:
    external_id = id_in(as_mapping(api.send("tweets", json=body).values.get("data")), "id")
    if not external_id:
        raise Unconfirmed("X answered without the post's id, so nobody knows whether it took it.")
    return Sent(external_id, pause=api.pause, permalink=f"https://x.com/i/status/{external_id}")


def _send_direct(api: Api, person: str, message: Outgoing) -> Sent:
    body: dict[str, Any] = {"text": message.text} if message.text or not message.files else {}
    if message.files:
        body["attachments"] = [{"media_id": _upload(api, picture, "dm")} for picture in message.files]
    said = api.send("dm_conversations", "with", person, "messages", json=body)
    external_id = id_in(as_mapping(said.values.get("data")), "dm_event_id")
    if not external_id:
        raise Unconfirmed("X answered without the message's id, so nobody knows whether it took it.")
    return Sent(external_id, recipient=person, pause=api.pause)


def _author_of(api: Api, post: str) -> str:
    said = api.read("tweets", post, params={"tweet.fields": "author_id"})
    author = id_in(as_mapping(said.values.get("data")), "author_id")
    if not author:
        raise Rejected("X does not say who wrote the post.", problem=Problem.GONE)
    return author


def _upload(api: Api, picture: Upload, place: str) -> str:
    """`place` is tweet or dm."""
    kind = "gif" if picture.content_type == "image/gif" else "image"
    form = {
        "media_category": f"{place}_{kind}",
        "media_type": picture.content_type,
    }
    said = api.upload("media", "upload", form=form, files={"media": picture})
    media = id_in(as_mapping(said.values.get("data")), "id", "media_id_string")
    if not media:
        raise TryAgain("X took the picture without giving it an id.")
    if picture.alt:
        _describe(api, media, picture.alt)
    return media


def _describe(api: Api, media: str, alt: str) -> None:
    json = {"id": media, "metadata": {"alt_text": {"text": alt[:1000]}}}
    api.change("POST", "media", "metadata", json=json)
