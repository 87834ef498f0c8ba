"""What tests of the agents' screen share, wherever they stand."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from heard.workspaces.models import Agent
from tests.visitors import signed_in


@pytest.fixture(autouse=True)
def counted_anew() -> None:
    """Counts are kept for a second, which is longer than a test."""
    cache.clear()


@pytest.fixture
def of_bea(bea: Agent, plain_static: None) -> Client:
    return signed_in(bea)


@pytest.fixture
def of_oto(oto: Agent, plain_static: None) -> Client:
    return signed_in(oto)


@pytest.fixture
def of_cyril(cyril: Agent, plain_static: None) -> Client:
    return signed_in(cyril)
