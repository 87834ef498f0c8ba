"""What can happen to the list of products."""

from __future__ import annotations

from dataclasses import dataclass

from heard.events.publishing import Event


@dataclass(frozen=True, kw_only=True)
class ProductWritten(Event):
    """A new one, or other words of one."""

    product_id: int
    code: str
    is_on: bool
