"""What somebody typed as an e-mail address."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 200


class BadAddress(Exception):
    """That is no e-mail address."""


def mail_address(typed: str) -> str:
    """As we keep it. Raises BadAddress."""
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise BadAddress(address) from error
    if len(address) > LONGEST:
        raise BadAddress(address)
    return address
