"""Somebody named us in a caption or a comment elsewhere. Instagram tells ids only: the words are fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from heard.channels.contract import Incoming, Kind, MessageIn, Post
from heard.channels.instagram.payloads import Mention
from heard.channels.meta.envelope import Element

_JOINT: Final = "_"
_MENTION: Final = re.compile(rf"\d+{_JOINT}\d*")


@dataclass(frozen=True, slots=True)
class Where:
    """Both ids in one, because an answer to a comment elsewhere has to name the picture as well.

    Of a mention in a caption the second one is empty. Nothing else on Instagram has such an id.
    """

    media: str
    comment: str = ""

    @classmethod
    def read(cls, external_id: str) -> Where:
        media, _, comment = external_id.partition(_JOINT)
        return cls(media, comment)

    def __str__(self) -> str:
        return f"{self.media}{_JOINT}{self.comment}"


def is_mention(external_id: str) -> bool:
    """Ids of messages may hold the joint, too; those of pictures and comments are numbers."""
    return _MENTION.fullmatch(external_id) is not None


def mention(element: Element, value: Any) -> Incoming:
    said = Mention.model_validate(value)
    if not said.media_id:
        return element.ignored("A mention came without the picture's id.")
    external_id = str(Where(said.media_id, said.comment_id))
    return MessageIn(
        **element.stamp(None),
        kind=Kind.MENTION,
        external_id=external_id,
        thread=external_id,
        post=Post(external_id),
    )
