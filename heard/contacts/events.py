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


@dataclass(frozen=True, kw_only=True)
class ContactSpeaks(Event):
    """A person said which language this contact speaks. Empty: nobody knows after all."""

    contact_id: int
    language: str
    before: str


@dataclass(frozen=True, kw_only=True)
class ContactAddressed(Event):
    """A person said how this contact is to be addressed. Empty: as usual."""

    contact_id: int
    formality: str


@dataclass(frozen=True, kw_only=True)
class UsualFormalityChanged(Event):
    changed: dict[str, str]  # language → formality
