"""What every simulated network stands on."""

from __future__ import annotations

from dataclasses import dataclass

from heard.sandbox.address import Address
from heard.sandbox.clock import Clock
from heard.sandbox.delivery.engine import Engine
from heard.sandbox.persons import Cast
from heard.sandbox.storage import Storage


@dataclass(frozen=True, slots=True)
class Ground:
    storage: Storage
    clock: Clock
    address: Address
    engine: Engine
    cast: Cast
