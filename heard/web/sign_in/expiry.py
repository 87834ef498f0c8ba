"""A session ends 12 hours after its last use and 14 days after its start, whichever comes first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

LONGEST_IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
# Written at most this often: otherwise every page that is looked at would write a row.
NOTED_EVERY = timedelta(minutes=5)

BEGAN, USED = "began_at", "used_at"


class SessionExpiryMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._end_or_note(request)
        return self.get_response(request)

    def _end_or_note(self, request: HttpRequest) -> None:
        now = timezone.now().timestamp()
        request.session.setdefault(BEGAN, now)
        used = request.session.setdefault(USED, now)
        if has_ended(request.session, now=now):
            logout(request)
            messages.info(request, _("You were signed out because your session ended. Sign in again."))
        elif now - used > NOTED_EVERY.total_seconds() and not _by_itself(request):
            request.session[USED] = now


def has_ended(session: Mapping[str, Any], *, now: float) -> bool:
    """Raises KeyError for a session that has not been used yet."""
    idle, since = now - session[USED], now - session[BEGAN]
    return bool(idle > LONGEST_IDLE.total_seconds() or since > LONGEST.total_seconds())


def _by_itself(request: HttpRequest) -> bool:
    """A page that keeps itself up to date does not mean that somebody is there."""
    return "X-Heard-Live" in request.headers
