"""When this happens, do that: the only file that joins features."""

from __future__ import annotations

from collections.abc import Sequence

from heard.events.publishing import On

SUBSCRIPTIONS: Sequence[On] = ()
