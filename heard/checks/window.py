"""Does the network still let us answer?"""

from __future__ import annotations

from collections.abc import Iterator

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding


def window(draft: Draft) -> Iterator[Finding]:
    if not draft.window_closed:
        return
    reason, params = N_("The time in which this can be answered is over."), {}
    if draft.window_closed_at is not None:
        reason = N_("The time in which this could be answered ended on %(closed_at)s.")
        params = {"closed_at": draft.window_closed_at.isoformat()}
    yield Finding("window", "window.closed", reason, 0, len(draft.text), overridable=False, params=params)
