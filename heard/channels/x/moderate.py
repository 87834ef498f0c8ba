"""Like, repost, hide and delete, each harmless when repeated."""

from __future__ import annotations

from heard.channels.contract import Problem, Rejected
from heard.channels.x.api import Api, checked


def like(api: Api, post: str, *, liked: bool) -> None:
    _switch(api, "likes", post, on=liked)


def repost(api: Api, post: str, *, reposted: bool) -> None:
    _switch(api, "retweets", post, on=reposted)


def hide(api: Api, post: str, *, hidden: bool) -> None:
    api.change("PUT", "tweets", post, "hidden", json={"hidden": hidden})


def delete(api: Api, post: str) -> None:
    """Only what our own account wrote."""
    try:
        api.change("DELETE", "tweets", post)
    except Rejected as rejected:
        if rejected.problem is not Problem.GONE:
            raise


def _switch(api: Api, name: str, post: str, *, on: bool) -> None:
    try:
        if on:
            api.change("POST", "users", api.account, name, json={"tweet_id": checked(post)})
        else:
            api.change("DELETE", "users", api.account, name, post)
    except Rejected as rejected:
        # "Already" is what the second try hears when the answer to the first got lost.
        if rejected.problem is not Problem.DUPLICATE:
            raise
