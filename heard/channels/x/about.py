"""What the readers of one element share: whose it is, what came along, how it came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heard.channels.contract import UNKNOWN_TIME, Happening, Ignored
from heard.channels.x.payloads import Includes


@dataclass(frozen=True, slots=True)
class About:
    """`account` is ours, empty where X did not say. `summoned`: X says that this is about us.

    `note` is how it came: a search rule's tag.
    """

    raw: Mapping[str, Any]
    account: str = ""
    includes: Includes = field(default_factory=lambda: Includes({}))
    summoned: bool = False
    note: str = ""

    def is_ours(self, id: str) -> bool:
        return bool(self.account) and id == self.account

    def ignored(self, reason: str) -> Ignored:
        return Ignored(at=UNKNOWN_TIME, raw=self.raw, account=self.account, reason=reason)

    def happening(
        self, name: str, at: datetime | None, *, address: str = "", detail: Mapping[str, Any] | None = None
    ) -> Happening:
        return Happening(
            at=at or UNKNOWN_TIME,
            raw=self.raw,
            account=self.account,
            name=name,
            address="" if self.is_ours(address) else address,
            detail=detail or {},
        )
