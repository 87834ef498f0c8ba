"""Where a contact's clock stands: what we were told, else what their telephone number says."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from phonenumbers.timezone import time_zones_for_number

from heard.contacts.models import Contact


def zone_of(contact: Contact, addresses: Iterable[str] | None = None) -> ZoneInfo | None:
    """None where nobody knows: a guess would send an answer in the middle of somebody's night.

    `addresses` are the contact's, where they have been read already.
    """
    if addresses is None:
        addresses = contact.identities.values_list("address", flat=True)
    return _zone(contact.time_zone) or _zone_of_numbers(addresses)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _zone_of_numbers(addresses: Iterable[str]) -> ZoneInfo | None:
    """Numbers of large countries lie in several zones, and then say nothing."""
    found = {zone for address in addresses if address.startswith("+") for zone in _zones(address)}
    return _zone(found.pop()) if len(found) == 1 else None


def _zones(number: str) -> tuple[str, ...]:
    try:
        return tuple(time_zones_for_number(phonenumbers.parse(number)))
    except phonenumbers.NumberParseException:
        return ()
