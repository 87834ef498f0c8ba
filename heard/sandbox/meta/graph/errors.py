"""How the Graph API refuses."""

from __future__ import annotations

import json
import secrets
from typing import Any

from heard.channels.meta.simulator import refusal


class GraphError(Exception):
    """Nothing was accepted. `headers` go out with the answer."""

    def __init__(
        self,
        message: str,
        *,
        code: int,
        subcode: int = 0,
        status: int = 400,
        kind: str = "OAuthException",
        transient: bool = False,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.subcode, self.status = message, code, subcode, status
        self.kind, self.transient, self.headers = kind, transient, headers or {}

    def body(self) -> dict[str, Any]:
        trace = "A" + secrets.token_urlsafe(16)
        return refusal(
            self.message,
            code=self.code,
            subcode=self.subcode,
            kind=self.kind,
            transient=self.transient,
            trace=trace,
        )


def gone(id: str, verb: str) -> GraphError:
    return GraphError(
        f"Unsupported {verb.lower()} request. Object with ID '{id}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        code=100,
        subcode=33,
        kind="GraphMethodException",
    )


def wrong(message: str, *, subcode: int = 0) -> GraphError:
    return GraphError(f"(#100) {message}", code=100, subcode=subcode)


def expired(at: str) -> GraphError:
    message = f"Error validating access token: Session has expired on {at}. The current time is later."
    return GraphError(message, code=190, subcode=463, status=401)


def revoked() -> GraphError:
    message = "Error validating access token: The user has not authorized application."
    return GraphError(message, code=190, subcode=458, status=401)


def unreadable_token() -> GraphError:
    return GraphError("Invalid OAuth access token - Cannot parse access token", code=190, status=401)


def no_permission(scope: str) -> GraphError:
    return GraphError(f"(#200) Requires {scope} permission to manage the object", code=200, status=403)


def window_closed(subcode: int = 2018278) -> GraphError:
    return GraphError(
        "(#10) This message is sent outside of allowed window. Learn more about the new policy here: "
        "https://developers.facebook.com/docs/messenger-platform/policy-overview",
        code=10,
        subcode=subcode,
        status=403,
    )


def not_owner() -> GraphError:
    return GraphError(
        "(#10) Message failed to send because another app is controlling this thread now.",
        code=10,
        subcode=2018300,
        status=403,
    )


def unavailable() -> GraphError:
    return GraphError("(#551) This person isn't available right now.", code=551, subcode=1545041)


def throttled(*, app: bool, retry_after: int, page: str, used: int = 60) -> GraphError:
    """`used` is what the headers say of the quota, in percent."""
    usage = json.dumps({"call_count": used, "total_time": 31, "total_cputime": 28})
    blocked = {
        "type": "pages",
        "call_count": used,
        "total_cputime": 28,
        "total_time": 31,
        "estimated_time_to_regain_access": 0,
    }
    business = json.dumps({page: [blocked]})
    message = "Application request limit reached" if app else "Page request limit reached"
    code = 4 if app else 32
    return GraphError(
        f"(#{code}) {message}",
        code=code,
        status=429,
        transient=True,
        headers={
            "X-App-Usage": usage,
            "X-Business-Use-Case-Usage": business,
            "Retry-After": str(retry_after),
        },
    )


def broken() -> GraphError:
    return GraphError(
        "An unexpected error has occurred. Please retry your request later.",
        code=2,
        status=500,
        transient=True,
    )
