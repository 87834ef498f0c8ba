from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.shop import Shop, a_shop


@pytest.fixture
def shop(transactional_db: None) -> Iterator[Shop]:
    with a_shop() as shop:
        yield shop
