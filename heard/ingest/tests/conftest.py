from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Network, a_workspace, an_inbox
from tests.front import Door, running_front


@pytest.fixture
def door(transactional_db: None) -> Iterator[Door]:
    with running_front() as door:
        yield door


@pytest.fixture
def shop(transactional_db: None) -> Network:
    """The public side of Acme's page, in a database that others see too."""
    return Network(an_inbox(a_workspace("Acme"), "facebook"))
