"""The rights that connecting an account asks for, in plain words.

Each of Meta's two sign-ins has names of its own for the same rights. Heard speaks of them by Instagram's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from heard.channels.contract import Scope
from heard.channels.words import N_

RIGHTS: Final = (
    Scope(
        "instagram_business_basic",
        allows=N_("See the account, its pictures and their captions."),
        without=N_("The account cannot be connected."),
    ),
    Scope(
        "instagram_business_manage_comments",
        allows=N_("Read, answer, hide and delete comments, and be told of mentions."),
        without=N_("Comments neither arrive nor can be answered."),
    ),
    Scope(
        "instagram_business_manage_messages",
        allows=N_("Read and write private messages as the account."),
        without=N_("Private messages neither arrive nor go out."),
    ),
    Scope(
        "instagram_business_content_publish",
        allows=N_("Publish pictures as the account."),
        without=N_("Heard cannot publish posts."),
        required=False,
    ),
)

_AT_FACEBOOK: Final = {
    "instagram_basic": "instagram_business_basic",
    "instagram_manage_comments": "instagram_business_manage_comments",
    "instagram_manage_messages": "instagram_business_manage_messages",
    "instagram_content_publish": "instagram_business_content_publish",
}
_OF_THE_PAGE: Final = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_metadata",
    "pages_messaging",
    "business_management",
)
ASKED_AT_FACEBOOK: Final = (*_AT_FACEBOOK, *_OF_THE_PAGE)


def by_our_names(granted: Iterable[str]) -> frozenset[str]:
    return frozenset(_AT_FACEBOOK.get(name, name) for name in granted)
