"""Telephone numbers, as E.164 writes them."""

from __future__ import annotations

import phonenumbers
from babel.core import get_global
from phonenumbers import NumberParseException, PhoneNumberFormat

from heard.workspaces.models import Workspace


class NoNumber(Exception):
    """That is no telephone number that could be called."""


def e164(text: str, *, workspace: Workspace) -> str:
    """Without a country code it is one of the workspace's own country. Raises NoNumber."""
    try:
        number = phonenumbers.parse(text, _country(workspace))
    except NumberParseException as error:
        raise NoNumber(text) from error
    if not phonenumbers.is_possible_number(number):
        raise NoNumber(text)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def readable_number(number: str) -> str:
    """With spaces, as people write it; as it stands where it is none."""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)


def _country(workspace: Workspace) -> str | None:
    """Where its clocks stand is the best that we know."""
    found = get_global("zone_territories").get(workspace.time_zone)
    return found if found and found.isalpha() else None
