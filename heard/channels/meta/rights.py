"""The rights that connecting a page asks for, in plain words."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Scope

SHOW_LIST: Final = Scope(
    "pages_show_list",
    allows="See which pages you look after, so that you can choose one.",
    without="You cannot choose a page.",
)
READ_ENGAGEMENT: Final = Scope(
    "pages_read_engagement",
    allows="Read the page's posts and who follows it.",
    without="Agents do not see the post that a comment belongs to.",
)
READ_USER_CONTENT: Final = Scope(
    "pages_read_user_content",
    allows="Read what visitors write on the page: comments, posts, reviews and mentions.",
    without="Nothing that visitors write arrives, or it arrives without a name.",
)
MANAGE_METADATA: Final = Scope(
    "pages_manage_metadata",
    allows="Be told at once when something is written.",
    without="Nothing arrives by itself.",
)
MANAGE_ENGAGEMENT: Final = Scope(
    "pages_manage_engagement",
    allows="Answer, like, hide and delete comments as the page.",
    without="Comments can be read and not answered.",
)
MESSAGING: Final = Scope(
    "pages_messaging",
    allows="Read and write private messages as the page.",
    without="Private messages neither arrive nor go out.",
)
PRIVATE_REPLIES: Final = Scope(
    "pages_messaging",
    allows="Answer a comment with a private message.",
    without="Comments can only be answered in public.",
    required=False,
)
BUSINESS: Final = Scope(
    "business_management",
    allows="Reach pages that belong to a business account.",
    without="Pages of a business account may be missing from the list.",
    required=False,
)

PUBLIC_SIDE: Final = (
    SHOW_LIST,
    READ_ENGAGEMENT,
    READ_USER_CONTENT,
    MANAGE_METADATA,
    MANAGE_ENGAGEMENT,
    PRIVATE_REPLIES,
    BUSINESS,
)
PRIVATE_SIDE: Final = (SHOW_LIST, MESSAGING, MANAGE_METADATA, READ_ENGAGEMENT, BUSINESS)
