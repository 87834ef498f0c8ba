"""How X refuses."""

from __future__ import annotations

from typing import Any

from heard.channels.x.simulator import problem

NOT_MENTIONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by "
    "the author of the post you are replying to."
)


class Refused(Exception):
    """The call was refused; nothing happened."""

    def __init__(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        super().__init__(str(body))
        self.status, self.body, self.headers = status, body, headers or {}


def invalid(message: str, parameter: str = "") -> Refused:
    body = problem(
        400, "Invalid Request", "One or more parameters to your request was invalid.", "invalid-request"
    )
    return Refused(
        400, {"errors": [{"message": message, "parameters": {parameter: []} if parameter else {}}], **body}
    )


def unauthorized() -> Refused:
    return Refused(401, problem(401, "Unauthorized", "Unauthorized"))


def forbidden(detail: str, kind: str = "") -> Refused:
    return Refused(403, problem(403, "Forbidden", detail, kind))


def no_credits() -> Refused:
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return Refused(402, problem(402, "CreditsDepleted", detail))


def too_many(reset: str) -> Refused:
    headers = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
    return Refused(429, problem(429, "Too Many Requests", "Too Many Requests"), headers)


def not_found(what: str, id: str) -> dict[str, Any]:
    """X says with status 200 that it found nothing."""
    detail = f"Could not find {what} with id: [{id}]."
    error = problem(404, "Not Found Error", detail, "resource-not-found")
    return {"errors": [{**error, "resource_type": what, "resource_id": id, "value": id}]}


def unknown_path() -> Refused:
    return Refused(404, problem(404, "Not Found", "Not Found"))
