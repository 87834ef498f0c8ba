"""`fields=id,from{name},comments.limit(5){message}`: reading the wish, and picking from a node."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from heard.sandbox.meta.graph.errors import GraphError, wrong


@dataclass(slots=True)
class Field:
    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    sub: list[Field] = field(default_factory=list)


Node = Mapping[str, Any]
Edge = Callable[[Field], Any]  # a part of a node that is only made when it is asked for

_TOKEN = re.compile(r"\s*([A-Za-z_][\w]*|[.,{}()]|[^.,{}()\s]+)")


def parse(text: str) -> list[Field]:
    """Raises GraphError (2500) for anything that is not a list of fields."""
    tokens = _TOKEN.findall(text)
    fields, rest = _read(tokens, 0)
    if rest != len(tokens):
        raise _syntax(text)
    return fields


def _read(tokens: list[str], at: int) -> tuple[list[Field], int]:
    fields: list[Field] = []
    while at < len(tokens) and tokens[at] != "}":
        one = Field(tokens[at])
        at += 1
        while at < len(tokens) and tokens[at] == ".":
            at = _modifier(one, tokens, at + 1)
        if at < len(tokens) and tokens[at] == "{":
            one.sub, at = _read(tokens, at + 1)
            if at >= len(tokens):
                raise _syntax("{")
            at += 1
        fields.append(one)
        if at < len(tokens) and tokens[at] == ",":
            at += 1
    return fields, at


def _modifier(one: Field, tokens: list[str], at: int) -> int:
    try:
        name, end = tokens[at], tokens.index(")", at)
        if tokens[at + 1] != "(":
            raise _syntax(name)
    except (IndexError, ValueError):
        raise _syntax(one.name) from None
    one.arguments[name] = "".join(tokens[at + 2 : end])
    return end + 1


def _syntax(near: str) -> GraphError:
    return GraphError(f"Syntax error near {near!r}", code=2500)


def pick(node: Node, fields: list[Field], *, kind: str) -> dict[str, Any]:
    """The wished parts and always the id. What has no value is left out, as the network does.

    Raises GraphError (100) for a field that this kind of node does not have.
    """
    picked: dict[str, Any] = {}
    for one in fields:
        if one.name not in node:
            raise wrong(f"Tried accessing nonexisting field ({one.name}) on node type ({kind})")
        value = node[one.name]
        if callable(value):
            value = value(one)
        elif one.sub and isinstance(value, Mapping):
            value = {sub.name: value[sub.name] for sub in one.sub if sub.name in value} | (
                {"id": value["id"]} if "id" in value else {}
            )
        if value is not None:
            picked[one.name] = value
    if "id" in node:
        picked["id"] = node["id"]
    return picked
