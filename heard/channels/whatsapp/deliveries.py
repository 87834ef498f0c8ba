"""Which reader takes which change. Start here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import Happening, Hook, Ignored, Incoming
from heard.channels.fields import as_list, as_mapping, what_is_wrong
from heard.channels.meta.envelope import shown
from heard.channels.whatsapp.envelope import Change, changes_of
from heard.channels.whatsapp.history import history
from heard.channels.whatsapp.messages import facts_of_message
from heard.channels.whatsapp.moves import user_id_update
from heard.channels.whatsapp.persons import person_of
from heard.channels.whatsapp.statuses import facts_of_status

TEMPLATES = "templates_changed"

# What concerns the account or a conversation and is nothing said.
HAPPENINGS: Final[Mapping[str, str]] = {
    "message_template_status_update": TEMPLATES,
    "message_template_components_update": TEMPLATES,
    "message_template_quality_update": TEMPLATES,
    "template_category_update": TEMPLATES,
    "phone_number_quality_update": "quality_changed",
    "phone_number_name_update": "name_decided",
    "account_update": "account_changed",
    "account_alerts": "account_alert",
    "account_review_update": "account_reviewed",
    "account_settings_update": "account_changed",
    "business_capability_update": "limits_changed",
    "business_status_update": "account_changed",
    "business_username_update": "name_decided",
    "security": "security_changed",
    "payment_configuration_update": "account_changed",
    "partner_solutions": "account_changed",
    "flows": "form_changed",
    "smb_app_state_sync": "address_book",
    "calls": "call",
    "group_lifecycle_update": "group_changed",
    "group_participants_update": "group_changed",
    "group_settings_update": "group_changed",
    "group_status_update": "group_changed",
    "automatic_events": "event_found",
    "tracking_events": "event_found",
}


def parse(hook: Hook) -> list[Incoming]:
    """Raises Unreadable."""
    facts: list[Incoming] = []
    for change in changes_of(hook.body):
        facts += [change] if isinstance(change, Ignored) else _facts(change)
    return facts


def _facts(change: Change) -> Iterator[Incoming]:
    if change.field in HAPPENINGS:
        yield Happening(**change.stamp(None), name=HAPPENINGS[change.field], detail=change.value)
        return
    lists = LISTS.get(change.field)
    if lists is None:
        yield change.ignored(f"The change is of {shown(change.field)}, which Heard does not know.")
        return
    found = [(name, item) for name in lists for item in as_list(change.value.get(name))]
    if not found:
        yield change.ignored("The change holds nothing that Heard reads.")
    for name, item in found:
        yield from _read(change, name, item)


def _read(change: Change, name: str, item: Any) -> list[Incoming]:
    if not isinstance(item, dict):
        return [change.ignored("The event is not an object.", **{name: item})]
    try:
        return READERS[name](change, item)
    except ValidationError as error:
        wrong = what_is_wrong(error)
    except ValueError as error:
        wrong = str(error)[:200]
    return [change.ignored(f"The event is not as documented: {wrong}.", **{name: item})]


def _preference(change: Change, item: Mapping[str, Any]) -> list[Incoming]:
    """Somebody wants no more advertising, or wants it again."""
    person = person_of(_told(item, "wa_id"), _told(item, "user_id"))
    stamp = change.stamp(None, preference=dict(item))
    address = person.address if person else ""
    return [Happening(**stamp, name="preference_changed", address=address, detail=item)]


def _told(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value[:200] if isinstance(value, str) else ""


def _error(change: Change, item: Mapping[str, Any]) -> list[Incoming]:
    """Something went wrong at WhatsApp that belongs to no message."""
    return [Happening(**change.stamp(None, error=dict(item)), name="error", detail=as_mapping(item))]


LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "messages": ("messages", "statuses", "errors"),
    "history": ("history", "messages", "errors"),
    "smb_message_echoes": ("message_echoes", "errors"),
    "message_echoes": ("message_echoes", "errors"),
    "user_id_update": ("user_id_update",),
    "user_preferences": ("user_preferences",),
}
READERS: Final[Mapping[str, Callable[[Change, Mapping[str, Any]], list[Incoming]]]] = {
    "messages": lambda change, item: facts_of_message(
        change, item, ours=False, past=change.field == "history"
    ),
    "history": history,
    "message_echoes": lambda change, item: facts_of_message(change, item, ours=True),
    "statuses": facts_of_status,
    "errors": _error,
    "user_id_update": user_id_update,
    "user_preferences": _preference,
}
