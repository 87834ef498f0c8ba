"""Pages for what went wrong: what happened, why, what to do now."""

from heard.web.errors.views import bad_request, crashed, csrf_failed, forbidden, not_found

__all__ = ["bad_request", "crashed", "csrf_failed", "forbidden", "not_found"]
