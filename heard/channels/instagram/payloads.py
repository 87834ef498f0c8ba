"""What Instagram writes into the `changes` of an account: comments and mentions."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from heard.channels.fields import Aside, Id, Payload, Text, as_mapping


class Author(Payload):
    id: Id = ""
    username: Aside = ""


class MediaPart(Payload):
    """The picture or video that a comment hangs on."""

    id: Id = ""
    media_product_type: Aside = ""  # AD · FEED · STORY · REELS
    ad_id: Aside = ""
    ad_title: Aside = ""
    original_media_id: Id = ""

    @property
    def advert(self) -> bool:
        return bool(self.ad_id) or self.media_product_type == "AD"


class Comment(Payload):
    id: Id = ""
    text: Text = ""
    parent_id: Id = ""
    author: Annotated[Author, BeforeValidator(lambda value: {} if value is None else value)] = Field(
        default_factory=Author, alias="from"
    )
    media: Annotated[MediaPart, BeforeValidator(as_mapping)] = Field(default_factory=MediaPart)


class Mention(Payload):
    media_id: Id = ""
    comment_id: Id = ""
