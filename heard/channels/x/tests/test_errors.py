from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heard.channels.contract import Problem
from heard.channels.x.errors import meaning, read_error
from heard.channels.x.limits import pause_asked

PROBLEMS = "https://api.x.com/2/problems/"
NOT_MENTIONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by "
    "the author of the post you are replying to."
)


@pytest.mark.parametrize(
    ("status", "said", "problem"),
    [
        (
            401,
            {"title": "Unauthorized", "detail": "Unauthorized", "type": "about:blank"},
            Problem.AUTH_EXPIRED,
        ),
        (402, {"title": "CreditsDepleted", "detail": "No credits."}, Problem.RATE_LIMIT),
        (403, {"detail": NOT_MENTIONED, "type": "about:blank"}, Problem.PERMISSION),
        (403, {"detail": "You are not allowed to create a Tweet with duplicate content."}, Problem.DUPLICATE),
        (403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}, Problem.DUPLICATE),
        (
            403,
            {"errors": [{"code": 349, "message": "You cannot send messages to this user."}]},
            Problem.RECIPIENT_BLOCKED,
        ),
        (403, {"detail": "You have been blocked from the author of this tweet."}, Problem.RECIPIENT_BLOCKED),
        (
            403,
            {"detail": "You attempted to reply to a Tweet that is deleted or not visible to you."},
            Problem.GONE,
        ),
        (403, {"detail": "Forbidden", "type": PROBLEMS + "client-forbidden"}, Problem.PERMISSION),
        (403, {"detail": "Cap exceeded", "type": PROBLEMS + "usage-capped"}, Problem.RATE_LIMIT),
        (404, {"detail": "Could not find tweet", "type": PROBLEMS + "resource-not-found"}, Problem.GONE),
        (
            400,
            {"detail": "One or more parameters was invalid.", "type": PROBLEMS + "invalid-request"},
            Problem.INVALID,
        ),
        (
            400,
            {
                "errors": [{"message": "Your Tweet text is too long. For more information, see the docs."}],
                "detail": "One or more parameters to your request was invalid.",
                "type": PROBLEMS + "invalid-request",
            },
            Problem.TOO_LONG,
        ),
        (
            400,
            {"detail": "Your media IDs are invalid.", "type": PROBLEMS + "invalid-request"},
            Problem.MEDIA_REJECTED,
        ),
        (429, {"title": "Too Many Requests"}, Problem.RATE_LIMIT),
        (200, {"errors": [{"detail": "Not found", "type": PROBLEMS + "resource-not-found"}]}, Problem.GONE),
        (200, {"errors": [{"type": PROBLEMS + "not-authorized-for-resource"}]}, Problem.RECIPIENT_BLOCKED),
        (503, {"title": "Service Unavailable"}, None),
        (503, {"errors": [{"code": 130, "message": "Over capacity"}]}, Problem.TRANSIENT),
    ],
)
def test_a_refusal_means_what_it_means(status: int, said: dict[str, Any], problem: Problem | None) -> None:
    assert meaning(read_error(said, status)) is problem


def _in(seconds: int) -> str:
    return str(int(datetime.now(UTC).timestamp()) + seconds)


def test_a_used_up_limit_asks_for_a_pause_until_it_ends() -> None:
    pause = pause_asked({"x-rate-limit-remaining": "0", "x-rate-limit-reset": _in(600)})
    assert pause
    assert timedelta(seconds=590) < pause <= timedelta(seconds=600)


def test_calls_that_are_left_ask_for_nothing() -> None:
    assert pause_asked({"x-rate-limit-remaining": "3", "x-rate-limit-reset": _in(600)}) is None
    assert pause_asked({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"}) is None


def test_the_longest_of_several_limits_counts() -> None:
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": _in(60)}
    headers |= {"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": _in(3600)}
    pause = pause_asked(headers)
    assert pause
    assert pause > timedelta(minutes=50)


def test_a_limit_that_is_long_over_asks_for_a_second() -> None:
    assert pause_asked({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "1"}) == timedelta(seconds=1)
