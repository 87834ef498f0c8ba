"""The rights that connecting a page asks for, in plain words."""

from __future__ import annotations

from typing import Final

from heard.channels.contract import Scope
from heard.channels.words import N_

SHOW_LIST: Final = Scope(
    "pages_show_list",
    allows=N_("See which pages you look after, so that you can choose one."),
    without=N_("You cannot choose a page."),
)
READ_ENGAGEMENT: Final = Scope(
    "pages_read_engagement",
    allows=N_("Read the page's posts and who follows it."),
    without=N_("Agents do not see the post that a comment belongs to."),
)
READ_USER_CONTENT: Final = Scope(
    "pages_read_user_content",
    allows=N_("Read what visitors write on the page: comments, posts, reviews and mentions."),
    without=N_("Nothing that visitors write arrives, or it arrives without a name."),
)
MANAGE_METADATA: Final = Scope(
    "pages_manage_metadata",
    allows=N_("Be told at once when something is written."),
    without=N_("Nothing arrives by itself."),
)
MANAGE_ENGAGEMENT: Final = Scope(
    "pages_manage_engagement",
    allows=N_("Answer, like, hide and delete comments as the page."),
    without=N_("Comments can be read and not answered."),
)
PUBLISH: Final = Scope(
    "pages_manage_posts",
    allows=N_("Publish posts as the page."),
    without=N_("Heard cannot publish posts."),
    required=False,
)
MESSAGING: Final = Scope(
    "pages_messaging",
    allows=N_("Read and write private messages as the page."),
    without=N_("Private messages neither arrive nor go out."),
)
PRIVATE_REPLIES: Final = Scope(
    "pages_messaging",
    allows=N_("Answer a comment with a private message."),
    without=N_("Comments can only be answered in public."),
    required=False,
)
BUSINESS: Final = Scope(
    "business_management",
    allows=N_("Reach pages that belong to a business account."),
    without=N_("Pages of a business account may be missing from the list."),
    required=False,
)

PUBLIC_SIDE: Final = (
    SHOW_LIST,
    READ_ENGAGEMENT,
    READ_USER_CONTENT,
    MANAGE_METADATA,
    MANAGE_ENGAGEMENT,
    PUBLISH,
    PRIVATE_REPLIES,
    BUSINESS,
)
PRIVATE_SIDE: Final = (SHOW_LIST, MESSAGING, MANAGE_METADATA, READ_ENGAGEMENT, BUSINESS)
