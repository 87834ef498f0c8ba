from __future__ import annotations

import pytest
from django.test import Client

from heard.publishing.tests.conftest import billboard as billboard
from heard.publishing.tests.conftest import board as board
from heard.publishing.tests.conftest import four_eyes as four_eyes
from heard.publishing.tests.conftest import networks as networks
from heard.publishing.tests.conftest import wall as wall
from heard.workspaces.models import Agent, Workspace
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in


@pytest.fixture
def athens(acme: Workspace) -> Workspace:
    acme.time_zone = "Europe/Athens"
    acme.save(update_fields=["time_zone"])
    return acme


@pytest.fixture
def browser_of_bea(bea: Agent, plain_static: None) -> Client:
    return signed_in(bea)
