"""The rights that connecting asks X for, in plain words."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Scope
from heard.channels.words import N_

SCOPES: Final = (
    Scope("tweet.read", N_("Read posts."), N_("Nothing can be taken in.")),
    Scope("users.read", N_("See who wrote."), N_("Nothing can be taken in.")),
    Scope("tweet.write", N_("Reply, post and repost."), N_("Nothing can be answered in public.")),
    Scope("tweet.moderate.write", N_("Hide replies."), N_("Replies cannot be hidden."), required=False),
    Scope("dm.read", N_("Read direct messages."), N_("Direct messages do not arrive."), required=False),
    Scope(
        "dm.write", N_("Write direct messages."), N_("Direct messages cannot be answered."), required=False
    ),
    Scope("like.read", N_("See likes."), N_("Likes are not shown."), required=False),
    Scope("like.write", N_("Like posts."), N_("Posts cannot be liked."), required=False),
    Scope("media.write", N_("Upload pictures."), N_("Posts go out without pictures."), required=False),
    Scope(
        "offline.access",
        N_("Stay connected."),
        N_("The connection ends after two hours."),
    ),
)
