"""Addresses in one line, as people type them."""

from __future__ import annotations

import re


def several(typed: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", typed) if one]
