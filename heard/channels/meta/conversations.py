"""Reading conversations back. Only the newest 20 messages of each can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.meta.graph import Graph

_MESSAGE: Final = "id,created_time,from,to,message,attachments"
FIELDS: Final = f"id,updated_time,participants,messages{{{_MESSAGE}}}"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where one of our accounts keeps its conversations. `node` is how the Graph API calls that place."""

    graph: Graph
    account: str
    node: str
    platform: str = "messenger"

    def conversations(self, *, person: str = "") -> Iterator[Mapping[str, Any]]:
        """Newest first; with `person` only theirs."""
        asked = {"platform": self.platform, "fields": FIELDS}
        if person:
            asked["user_id"] = person
        return self.graph.pages(self.node, "conversations", params=asked)


def messages_of(conversation: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = as_mapping(conversation.get("messages"))
    return [as_mapping(message) for message in as_list(listed.get("data"))]


def said_in(graph: Graph, conversation_id: str) -> list[Mapping[str, Any]]:
    return messages_of(graph.read(conversation_id, params={"fields": f"messages{{{_MESSAGE}}}"}))


def person_in(message: Mapping[str, Any], page: str) -> str:
    """The address of the one who is not our page."""
    people = [as_mapping(message.get("from")), *_receivers(message)]
    ids = (str(person["id"]) for person in people if person.get("id"))
    return next((found for found in ids if found != page), "")


def name_in(message: Mapping[str, Any], address: str) -> str:
    people = [as_mapping(message.get("from")), *_receivers(message)]
    named = (as_aside(p.get("name")) or as_aside(p.get("username")) for p in people if _id(p) == address)
    return next(named, "")


def _id(person: Mapping[str, Any]) -> str:
    return str(person.get("id"))


def _receivers(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [as_mapping(person) for person in as_list(as_mapping(message.get("to")).get("data"))]
