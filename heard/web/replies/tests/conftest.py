from __future__ import annotations

import pytest
from django.test import Client

from heard.workspaces.models import Agent
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in


@pytest.fixture
def of_ann(ann: Agent, plain_static: None) -> Client:
    return signed_in(ann)


@pytest.fixture
def of_bea(bea: Agent, plain_static: None) -> Client:
    return signed_in(bea)


@pytest.fixture
def of_oto(oto: Agent, plain_static: None) -> Client:
    return signed_in(oto)
