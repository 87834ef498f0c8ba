"""Things to rows of JSON and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeVar

from heard.sandbox.meta.things import Media, Subscription, Thing

ThingT = TypeVar("ThingT", bound=Thing)


def kind(thing: type[Thing]) -> str:
    return "meta." + thing.__name__.lower()


def row(thing: Thing) -> dict[str, Any]:
    return asdict(thing)


def thing(made: type[ThingT], row: dict[str, Any]) -> ThingT:
    if "media" in row:
        row["media"] = [Media(**one) for one in row["media"]]
    if "subscriptions" in row:
        row["subscriptions"] = {name: Subscription(**one) for name, one in row["subscriptions"].items()}
    return made(**row)
