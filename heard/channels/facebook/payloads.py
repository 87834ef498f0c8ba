"""What Meta writes into the `changes` of a page: comments, posts, reactions, mentions and reviews."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from heard.channels.fields import Aside, Flag, Id, Payload, Text, Time, Url, Urls, as_mapping


class Author(Payload):
    id: Id = ""
    name: Aside = ""


class PostPart(Payload):
    """The few words about the post that come with a comment."""

    id: Aside = ""
    permalink_url: Url = ""
    is_published: Flag = None
    promotion_status: Aside = ""


class Change(Payload):
    """The `value` of one change. Nearly every key is missing somewhere, so every key has a default."""

    item: Text = ""
    verb: Text = ""

    comment_id: Id = ""
    post_id: Id = ""
    parent_id: Id = ""
    photo_id: Id = ""
    video_id: Id = ""
    share_id: Id = ""
    album_id: Id = ""
    event_id: Id = ""

    author: Annotated[Author, BeforeValidator(lambda value: {} if value is None else value)] = Field(
        default_factory=Author, alias="from"
    )
    sender_id: Id = ""  # older shape of `from`
    sender_name: Aside = ""
    user_id: Id = ""  # of a like of the page itself

    message: Text = ""
    created_time: Time = None
    permalink_url: Url = ""
    photo: Url = ""
    video: Url = ""
    photos: Urls = ()
    link: Url = ""
    published: Flag = None
    promotion_status: Aside = ""
    post: Annotated[PostPart, BeforeValidator(as_mapping)] = Field(default_factory=PostPart)

    reaction_type: Aside = ""

    open_graph_story_id: Id = ""
    reviewer_id: Id = ""
    reviewer_name: Aside = ""
    rating: object = None
    recommendation_type: Aside = ""
    review_text: Text = ""

    @property
    def author_id(self) -> str:
        return self.author.id or self.sender_id or self.user_id

    @property
    def author_name(self) -> str:
        return self.author.name or self.sender_name

    @property
    def object_id(self) -> str:
        """The id of the post, picture, video … that the change is about."""
        ids = (self.post_id, self.photo_id, self.video_id, self.share_id, self.album_id, self.event_id)
        return next(filter(None, ids), "")
