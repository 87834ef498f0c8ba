"""X's API over HTTP: who calls, what is left of the limits and the credits, and which function answers."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from heard.sandbox.answers import Json
from heard.sandbox.delivery.faults import Faults
from heard.sandbox.talks import endpoint
from heard.sandbox.talks.endpoint import Call
from heard.sandbox.x import calls, hook_calls, lists, messages, rules
from heard.sandbox.x.caller import Caller, recognise
from heard.sandbox.x.refusals import (
    NOT_MENTIONED,
    Refused,
    forbidden,
    invalid,
    no_credits,
    too_many,
    unauthorized,
    unknown_path,
)

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

Answering = Callable[..., "dict[str, Any] | Response | Awaitable[dict[str, Any]]"]
ID = r"(\d{1,25})"
# Method, path, the kind of call that its limit is for, the right it needs, and what answers.
TABLE: tuple[tuple[str, str, str, str, Answering], ...] = (
    ("GET", "users/me", "GET me", "users.read", lists.me),
    ("GET", rf"users/{ID}", "GET user", "users.read", lists.user),
    ("GET", rf"users/{ID}/mentions", "GET mentions", "tweet.read", lists.mentions),
    ("GET", rf"users/{ID}/tweets", "GET timeline", "tweet.read", lists.own_posts),
    ("GET", rf"tweets/{ID}", "GET tweets", "tweet.read", lists.post),
    ("GET", "tweets", "GET tweets", "tweet.read", lists.posts),
    ("GET", "tweets/search/recent", "GET search", "tweet.read", lists.search),
    ("GET", "tweets/search/stream/rules", "GET rules", "", rules.listed),
    ("POST", "tweets/search/stream/rules", "POST rules", "", rules.change),
    ("GET", "tweets/search/stream", "GET stream", "", rules.stream),
    ("POST", "tweets", "POST tweets", "tweet.write", calls.post),
    ("DELETE", rf"tweets/{ID}", "DELETE tweets", "tweet.write", calls.delete),
    ("PUT", rf"tweets/{ID}/hidden", "PUT hidden", "tweet.moderate.write", calls.hide),
    ("POST", rf"users/{ID}/likes", "POST likes", "like.write", calls.like),
    ("DELETE", rf"users/{ID}/likes/{ID}", "DELETE likes", "like.write", calls.unlike),
    ("POST", rf"users/{ID}/retweets", "POST retweets", "tweet.write", calls.repost),
    ("DELETE", rf"users/{ID}/retweets/{ID}", "DELETE retweets", "tweet.write", calls.take_repost_back),
    ("POST", "media/upload", "POST media", "media.write", calls.upload),
    ("POST", "media/metadata", "POST media", "media.write", calls.describe),
    ("POST", rf"dm_conversations/with/{ID}/messages", "POST messages", "dm.write", messages.send),
    ("POST", r"dm_conversations/(\d+-\d+)/messages", "POST messages", "dm.write", messages.send_into),
    ("GET", rf"dm_conversations/with/{ID}/dm_events", "GET dm_events", "dm.read", messages.with_person),
    ("GET", "dm_events", "GET dm_events", "dm.read", messages.listed),
    ("DELETE", rf"dm_events/{ID}", "DELETE dm_events", "dm.write", messages.delete),
    ("GET", "webhooks", "GET webhooks", "", hook_calls.listed),
    ("POST", "webhooks", "POST webhooks", "", hook_calls.create),
    ("POST", "webhooks/replay", "POST replay", "", hook_calls.replay),
    (
        "POST",
        rf"account_activity/webhooks/{ID}/subscriptions/all",
        "POST old",
        "dm.read",
        hook_calls.subscribe_old,
    ),
    (
        "DELETE",
        rf"account_activity/webhooks/{ID}/subscriptions/{ID}/all",
        "DELETE old",
        "",
        hook_calls.unsubscribe_old,
    ),
    ("PUT", rf"webhooks/{ID}", "PUT webhooks", "", hook_calls.check),
    ("DELETE", rf"webhooks/{ID}", "DELETE webhooks", "", hook_calls.delete),
    ("GET", "activity/subscriptions", "GET subscriptions", "", hook_calls.subscriptions),
    ("POST", "activity/subscriptions", "POST subscriptions", "users.read", hook_calls.subscribe),
    ("DELETE", rf"activity/subscriptions/{ID}", "DELETE subscriptions", "", hook_calls.unsubscribe),
)
SAYS_SOMETHING = re.compile(r"/(tweets|messages|likes|retweets|hidden)(/\d+)?\Z")


class Endpoint(endpoint.Endpoint):
    twin: XTwin

    def path(self, request: Request) -> str:
        return request.url.path

    def changes(self, call: Call) -> bool:
        return call.method != "GET" and bool(SAYS_SOMETHING.search(call.path))

    def not_json(self) -> Response:
        return self._refused(invalid("The body is not JSON."))

    def refusal(self, fault: int | str, faults: Faults) -> Response:
        match fault:
            case 429:
                return self._refused(too_many(str(int(self.twin.now()) + faults.retry_after)))
            case 500:
                return Json({"title": "Internal Server Error", "status": 500}, status_code=500)
            case "token_expired":
                return self._refused(unauthorized())
            case "window":
                return self._refused(forbidden(NOT_MENTIONED))
            case "blocked":
                return self._refused(forbidden("You have been blocked from the author of this post."))
        return self._refused(forbidden("You are not permitted to perform this action.", "client-forbidden"))

    async def outcome(self, call: Call, request: Request) -> Response:
        try:
            return await self._answered(call, request)
        except Refused as refused:
            return self._refused(refused)

    async def _answered(self, call: Call, request: Request) -> Response:
        path = request.path_params["path"].removeprefix("2/")
        if (call.method, path) == ("POST", "oauth2/token"):
            return Json(self.twin.sign_in.exchange(call))
        if (call.method, path) == ("POST", "oauth/request_token"):
            return self.twin.old_sign_in.request_token(request)
        if (call.method, path) == ("POST", "oauth/access_token"):
            return self.twin.old_sign_in.access_token(request)
        caller = recognise(self.twin, request)
        for method, pattern, kind, right, answering in TABLE:
            found = re.fullmatch(pattern, path)
            if found and method == call.method:
                headers = self._allowed(caller, kind, right)
                done = answering(self.twin, caller, call, *found.groups())
                said = await done if inspect.isawaitable(done) else done
                if isinstance(said, Response):
                    said.headers.update(headers)
                    return said
                status = 201 if method == "POST" and kind in ("POST tweets", "POST messages") else 200
                return Json(said, status_code=status, headers=headers)
        raise unknown_path()

    def _allowed(self, caller: Caller, kind: str, right: str) -> dict[str, str]:
        """The headers of the answer. Raises Refused."""
        headers = self.twin.limits.count(caller.name, kind)
        if headers["x-rate-limit-remaining"].startswith("-"):
            raise too_many(headers["x-rate-limit-reset"])
        if right and caller.scopes is not None and right not in caller.scopes:
            raise forbidden("You are not permitted to perform this action.", "client-forbidden")
        if self.twin.credits.are_gone:
            raise no_credits()
        return headers

    def _refused(self, refused: Refused) -> Response:
        return Json(refused.body, status_code=refused.status, headers=refused.headers)
