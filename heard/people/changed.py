"""Save only what differs, and know what that was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models


def save_changes(row: models.Model, wanted: Mapping[str, Any]) -> list[str]:
    """The names of the fields that changed, saved; an empty list when nothing did."""
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
    return changed
