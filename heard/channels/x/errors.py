"""What X's refusals mean for us: one table of codes, one of words, and nothing decided anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from heard.channels.contract import Problem
from heard.channels.fields import as_aside, as_list, as_mapping

# The last part of `type`, which names a page of X's documentation.
_TYPES: Final = {
    "resource-not-found": Problem.GONE,
    "not-authorized-for-resource": Problem.RECIPIENT_BLOCKED,  # a protected author
    "client-forbidden": Problem.PERMISSION,
    "not-authorized-for-field": Problem.PERMISSION,
    "unsupported-authentication": Problem.PERMISSION,
    "oauth1-permissions": Problem.PERMISSION,
    "usage-capped": Problem.RATE_LIMIT,
    "rate-limit-exceeded": Problem.RATE_LIMIT,
    "invalid-request": Problem.INVALID,
}
_CODES: Final = {
    32: Problem.AUTH_EXPIRED,
    64: Problem.AUTH_EXPIRED,  # our account is suspended
    88: Problem.RATE_LIMIT,
    89: Problem.AUTH_EXPIRED,
    130: Problem.TRANSIENT,
    131: Problem.TRANSIENT,
    136: Problem.RECIPIENT_BLOCKED,
    144: Problem.GONE,
    150: Problem.RECIPIENT_BLOCKED,
    179: Problem.RECIPIENT_BLOCKED,
    185: Problem.RATE_LIMIT,
    186: Problem.TOO_LONG,
    187: Problem.DUPLICATE,
    215: Problem.AUTH_EXPIRED,
    226: Problem.PERMISSION,
    324: Problem.MEDIA_REJECTED,
    325: Problem.MEDIA_REJECTED,
    326: Problem.AUTH_EXPIRED,  # our account is locked
    349: Problem.RECIPIENT_BLOCKED,
    385: Problem.GONE,
    433: Problem.PERMISSION,
}
# X tells most refusals apart by their sentence alone.
_WORDS: Final = (
    ("duplicate content", Problem.DUPLICATE),
    ("already retweeted", Problem.DUPLICATE),
    ("already liked", Problem.DUPLICATE),
    ("not been mentioned or otherwise engaged", Problem.PERMISSION),
    ("deleted or not visible", Problem.GONE),
    ("cannot send messages to this user", Problem.RECIPIENT_BLOCKED),
    ("not allowed to send direct messages", Problem.RECIPIENT_BLOCKED),
    ("dm conversation with one or more participants", Problem.RECIPIENT_BLOCKED),
    ("blocked", Problem.RECIPIENT_BLOCKED),
    ("needs to be a bit shorter", Problem.TOO_LONG),
    ("too long", Problem.TOO_LONG),
    ("media id", Problem.MEDIA_REJECTED),
    ("media type", Problem.MEDIA_REJECTED),
)
_STATUSES: Final = {
    401: Problem.AUTH_EXPIRED,
    402: Problem.RATE_LIMIT,  # no credits left
    403: Problem.PERMISSION,
    404: Problem.GONE,
    413: Problem.TOO_LONG,
    429: Problem.RATE_LIMIT,
}


@dataclass(frozen=True, slots=True)
class XError:
    """A refusal. `kind` is the last part of its `type`, `code` that of the older API; both may be missing."""

    status: int
    text: str
    kind: str = ""
    code: int = 0

    @property
    def label(self) -> str:
        return self.kind or str(self.code or self.status)

    @property
    def out_of_credits(self) -> bool:
        return self.kind == "usage-capped" or self.status == 402


def read_error(said: Any, status: int) -> XError:
    """The error in an answer, as far as it says one."""
    whole = as_mapping(said)
    inner = [as_mapping(error) for error in as_list(whole.get("errors"))]
    told = [whole, *inner]
    texts = [*_texts(inner), *_texts([whole])]
    return XError(
        status=status,
        text=" ".join(dict.fromkeys(texts)) or f"status {status} and no reason",
        kind=next(filter(None, map(_kind, told)), ""),
        code=next(filter(None, map(_code, told)), 0),
    )


def meaning(error: XError) -> Problem | None:
    """What the error means; None where nobody can know whether it was done all the same."""
    text = error.text.lower()
    worded = next((problem for words, problem in _WORDS if words in text), None)
    typed = _CODES.get(error.code) or _TYPES.get(error.kind)
    if error.status >= 500 and not typed:
        return None
    if error.status in (401, 402, 429):
        return _STATUSES[error.status]
    if error.kind == "invalid-request" or typed is None:
        typed = worded or typed
    return typed or _STATUSES.get(error.status, Problem.INVALID)


def _texts(errors: list[Mapping[str, Any]]) -> Iterator[str]:
    for error in errors:
        said = as_aside(error.get("detail")) or as_aside(error.get("message")) or as_aside(error.get("title"))
        if said:
            yield said


def _kind(error: Mapping[str, Any]) -> str:
    kind = as_aside(error.get("type")).rpartition("/")[2]
    return "" if kind == "about:blank" else kind


def _code(error: Mapping[str, Any]) -> int:
    code = error.get("code")
    return code if isinstance(code, int) and not isinstance(code, bool) else 0
