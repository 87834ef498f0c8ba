"""What pages and persons show of themselves."""

from __future__ import annotations

from heard.sandbox.meta import media
from heard.sandbox.meta.authors import username_of
from heard.sandbox.meta.graph.fields import Node
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Page, Profile

PAGE = "name,id"
USER = "name,id"
PROFILE = "first_name,last_name,profile_pic,id"


def page(network: Network, thing: Page, token: str) -> Node:
    return {
        "id": thing.id,
        "name": thing.name,
        "about": thing.about,
        "username": None,
        "link": network.address.below(f"facebook?page={thing.id}"),
        "category": "Shopping & retail",
        "category_list": [{"id": "200600219953504", "name": "Shopping & retail"}],
        "access_token": token or None,
        "tasks": ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
        "picture": {
            "data": {
                "url": network.address.below(f"{media.HOST}/page/{thing.id}.png"),
                "height": 200,
                "width": 200,
                "is_silhouette": False,
            }
        },
        "fan_count": 1204,
        "followers_count": 1231,
        "is_published": True,
        "has_transitioned_to_new_page_experience": True,
        "instagram_business_account": linked(network, thing.id),
        "messaging_feature_status": {"hop_v2": False},
        "overall_star_rating": None,
        "rating_count": None,
    }


def user(network: Network, page_id: str, handle: str) -> Node:
    """Somebody seen by a comment. The network tells little: a name and a picture."""
    person = network.person(handle)
    link = portrait(network, handle)
    return {
        "id": network.public_id(page_id, handle),
        "name": person.name,
        "picture": {"data": {"url": link, "height": 50, "width": 50, "is_silhouette": False}},
    }


def profile(network: Network, page_id: str, handle: str) -> Node:
    """Somebody seen by Messenger."""
    person = network.person(handle)
    return {
        "id": network.psid(page_id, handle),
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "profile_pic": portrait(network, handle),
        "locale": None,
        "timezone": None,
        "gender": None,
    }


FOLLOWER = "name,username,id"


def follower(network: Network, profile_id: str, handle: str) -> Node:
    """Somebody seen by Instagram's messages."""
    return {
        "id": network.psid(profile_id, handle),
        "name": network.person(handle).name,
        "username": username_of(handle),
        "profile_pic": portrait(network, handle),
        "follower_count": 311,
        "is_user_follow_business": True,
        "is_business_follow_user": False,
        "is_verified_user": False,
    }


def linked(network: Network, page_id: str) -> Node | None:
    profile = network.profile_of(page_id)
    return account(network, profile) if profile else None


def account(network: Network, profile: Profile) -> Node:
    """An account on Instagram, as it sees itself."""
    pictures = [post for post in network.posts.values() if post.page == profile.id and not post.removed]
    return {
        "id": profile.id,
        "ig_id": profile.id[4:],
        "username": profile.username,
        "name": profile.name,
        "biography": profile.about,
        "profile_picture_url": media.link(network, f"page/{profile.id}.png"),
        "followers_count": 1204,
        "follows_count": 31,
        "media_count": len(pictures),
        "website": None,
        "account_type": "BUSINESS",
    }


def portrait(network: Network, handle: str) -> str:
    return media.link(network, f"person/{handle}.png")
