"""Why the gate stopped a reply, in the reader's language, zone and way of writing times."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from heard.checks.finding import Finding


def finding_words(finding: Finding) -> str:
    return gettext(finding.reason) % {name: _told(name, value) for name, value in finding.params.items()}


def _told(name: str, value: str | int) -> str | int:
    """Checks know no time zones and no languages; they hand times over as ISO 8601."""
    if name.endswith("_on") and isinstance(value, str) and value:
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if not name.endswith("_at") or not isinstance(value, str):
        return value
    return date_format(timezone.localtime(datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
