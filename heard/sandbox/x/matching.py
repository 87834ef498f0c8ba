"""X's query language, as far as people use it: words, phrases, #tags, @names, OR, brackets, from:, is:, has:, lang:."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from heard.channels.web_addresses import web_addresses
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

TOKEN = re.compile(r'\(|\)|-?[a-z_]+:"[^"]*"|-?"[^"]*"|[^\s()]+')
NEEDS_OTHERS = ("is:", "has:", "lang:", "sample:")


class BadQuery(Exception):
    """The message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A post with what queries ask about."""

    post: Post
    text: str
    author: str
    answered: str


Test = Callable[[Seen], bool]


def seen(twin: XTwin, post: Post) -> Seen:
    """Queries look at the quoted text too."""
    quoted = twin.held.post(post.quoted)
    text = f"{post.text} {quoted.text if quoted else ''}".casefold()
    answered = twin.username(post.parent_author) if post.parent_author else ""
    return Seen(post, text, twin.username(post.author).casefold(), answered.casefold())


def read(query: str) -> Test:
    """Raises BadQuery."""
    tokens = TOKEN.findall(query)
    if not tokens:
        raise BadQuery("Rule must not be empty.")
    standing = [
        one for one in tokens if one not in ("(", ")", "OR") and not one.startswith(("-", *NEEDS_OTHERS))
    ]
    if not standing:
        raise BadQuery("Rules must contain at least one positive, non-stopword clause.")
    test, rest = _either(tokens)
    if rest:
        raise BadQuery(f"no viable alternative at input '{rest[0]}'")
    return test


def _either(tokens: list[str]) -> tuple[Test, list[str]]:
    """AND binds tighter than OR."""
    tests = []
    while True:
        test, tokens = _all(tokens)
        tests.append(test)
        if not tokens or tokens[0] != "OR":
            return (lambda post: any(one(post) for one in tests)), tokens
        tokens = tokens[1:]


def _all(tokens: list[str]) -> tuple[Test, list[str]]:
    tests: list[Test] = []
    while tokens and tokens[0] not in (")", "OR"):
        if tokens[0] == "(":
            test, tokens = _either(tokens[1:])
            if not tokens or tokens[0] != ")":
                raise BadQuery("missing ')'")
            tokens = tokens[1:]
        else:
            test, tokens = _one(tokens[0]), tokens[1:]
        tests.append(test)
    if not tests:
        raise BadQuery("missing a clause")
    return (lambda post: all(one(post) for one in tests)), tokens


def _one(token: str) -> Test:
    if token.startswith("-"):
        wanted = _one(token[1:])
        return lambda post: not wanted(post)
    name, colon, value = token.partition(":")
    if colon and name in OPERATORS:
        operator, given = OPERATORS[name], value.strip('"').casefold()
        return lambda post: operator(post, given)
    word = re.escape(token.strip('"').casefold())
    pattern = re.compile(rf"(?<![\w@#]){word}(?!\w)")
    return lambda post: bool(pattern.search(post.text))


def _is(seen: Seen, what: str) -> bool:
    return {"reply": bool(seen.post.parent), "quote": bool(seen.post.quoted)}.get(what, False)


def _has(seen: Seen, what: str) -> bool:
    return {
        "links": any(web_addresses(seen.post.text)),
        "media": bool(seen.post.media),
        "images": any(one.kind == "image" for one in seen.post.media),
        "mentions": "@" in seen.post.text,
        "hashtags": "#" in seen.post.text,
    }.get(what, False)


OPERATORS: dict[str, Callable[[Seen, str], bool]] = {
    "from": lambda seen, name: seen.author == name.removeprefix("@") or seen.post.author == name,
    "to": lambda seen, name: seen.answered == name.removeprefix("@"),
    "is": _is,
    "has": _has,
    "lang": lambda seen, code: True,
    "url": lambda seen, part: part in seen.text and any(web_addresses(seen.post.text)),
    "conversation_id": lambda seen, id: seen.post.conversation == id,
    "in_reply_to_tweet_id": lambda seen, id: seen.post.parent == id,
}
