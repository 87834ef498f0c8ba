"""All that an account holds between two times, read back to find what no hook told us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from heard.channels.contract import Ignored, Incoming, PostPublished, Rejected, Wire
from heard.channels.fields import as_aside, as_id, as_list, as_mapping, as_time
from heard.channels.instagram.elements import facts_of_instagram
from heard.channels.instagram.graphs import account_graph, mailbox
from heard.channels.instagram.posted import MEDIA, as_post
from heard.channels.messenger import held as messages
from heard.channels.meta.envelope import CHANGES, INSTAGRAM, PICTURES, Element
from heard.channels.meta.graph import Graph

# People comment on pictures of last month, hardly ever on older ones.
LOOK_BACK: Final = timedelta(days=30)

_ONE: Final = "id,text,timestamp,from,username"
_COMMENT: Final = f"{_ONE},replies{{{_ONE}}}"


def held(wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
    """Pictures, comments and direct messages. Raises TryAgain or ReconnectNeeded.

    Mentions cannot be listed, nor comments on adverts that were never a picture of the account. What
    Instagram refuses to list is one `Ignored` with its reason, and the rest goes on.
    """
    reading = Reading(account_graph(wire), wire.credentials.account, since, until)
    try:
        yield from reading.pictures()
    except Rejected as rejected:
        reason = f"Instagram refused to list what it holds: {rejected.reason}"
        yield Ignored(at=until, account=reading.account, channel=PICTURES, reason=reason)
    yield from messages.held(mailbox(wire), channel=PICTURES, since=since, until=until)


@dataclass(frozen=True, slots=True)
class Reading:
    graph: Graph
    account: str
    since: datetime
    until: datetime

    def pictures(self) -> Iterator[Incoming]:
        asked = {"fields": f"{MEDIA},comments_count,media_product_type", "limit": "100"}
        for media in self.graph.pages(self.account, "media", params=asked):
            at = as_time(media.get("timestamp"))
            if at is not None and at < self.since - LOOK_BACK:
                return  # the list is newest first
            if at is not None and self._holds(at):
                yield self._published(media, at)
            if media.get("comments_count") != 0:
                yield from self._comments(media)

    def _comments(self, media: Mapping[str, Any]) -> Iterator[Incoming]:
        asked = {"fields": _COMMENT, "limit": "50"}
        for said in self.graph.pages(as_id(media.get("id")), "comments", params=asked):
            replies = as_list(as_mapping(said.get("replies")).get("data"))
            for one in (said, *map(as_mapping, replies)):
                at = as_time(one.get("timestamp"))
                if at is not None and self._holds(at):
                    yield self._comment(one, media, at, parent="" if one is said else as_id(said.get("id")))

    def _holds(self, at: datetime) -> bool:
        return self.since <= at <= self.until

    def _published(self, media: Mapping[str, Any], at: datetime) -> PostPublished:
        post = as_post(media, as_id(media.get("id")))
        return PostPublished(at=at, raw=media, account=self.account, channel=PICTURES, post=post)

    def _comment(
        self, said: Mapping[str, Any], media: Mapping[str, Any], at: datetime, *, parent: str
    ) -> Incoming:
        """The same fact as from a hook, so that what we have already stays one thing."""
        author = as_mapping(said.get("from")) or {"id": "", "username": as_aside(said.get("username"))}
        value = {
            "id": said.get("id"),
            "text": said.get("text"),
            "parent_id": parent,
            "from": author,
            "media": {"id": media.get("id"), "media_product_type": media.get("media_product_type")},
        }
        change = {"field": "comments", "value": value}
        [fact] = facts_of_instagram(Element(CHANGES, self.account, at, change, INSTAGRAM))
        return replace(fact, raw=said)
