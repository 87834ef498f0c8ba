"""Who sits in front of the page: the person being played, remembered in a cookie."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from heard.sandbox.persons import KNOWN

COOKIE = "sandbox_who"
NOBODY = "jana"


def visitor(request: Request) -> str:
    """The handle."""
    return unquote(request.cookies.get(COOKIE, "")) or NOBODY


def handle_of(name: str) -> str:
    """A handle for a name that somebody typed in; known people keep theirs."""
    for person in KNOWN.values():
        if person.name.casefold() == name.casefold():
            return person.handle
    return "-".join(name.casefold().split())[:40]


def back(path: str, *, who: str = "") -> Response:
    """To another of our pages, never elsewhere."""
    safe = path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(safe, status_code=303)
    if who:
        answer.set_cookie(COOKIE, quote(who), max_age=365 * 86400, httponly=True, samesite="lax")
    return answer


def from_our_pages(request: Request) -> bool:
    """A form of another site must not write here in the visitor's name."""
    origin = request.headers.get("origin")
    if origin is not None and origin != "null":
        return urlsplit(origin).netloc == request.headers.get("host")
    return request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
