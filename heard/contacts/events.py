"""What can happen to contacts. Each is a row of the event log."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class ContactsMerged(Event):
    """Whatever points to `gone_id` is now to point to `kept_id`. `members`: it and what had gone into it."""

    merge_id: int
    kept_id: int
    gone_id: int
    members: list[int]


@dataclass(frozen=True, kw_only=True)
class ContactsUnmerged(Event):
    """What came from `gone_id` and from `members`, which had gone into it, leaves `kept_id` again."""

    merge_id: int
    kept_id: int
    gone_id: int
    members: list[int]


@dataclass(frozen=True, kw_only=True)
class SuggestionDismissed(Event):
    one_id: int
    other_id: int
