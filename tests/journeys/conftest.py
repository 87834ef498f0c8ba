"""A desk at work in real browsers: the whole of Heard, its people signed in, customers who write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page

from heard.workspaces.models import Agent
from tests.cast import Network, a_workspace, an_agent, an_inbox
from tests.visitors import signed_in

Open = Callable[..., Page]


@pytest.fixture
def bea(site: str) -> Agent:
    return an_agent(a_workspace(), "Bea")


@pytest.fixture
def oto(bea: Agent) -> Agent:
    return an_agent(bea.workspace, "Oto")


@pytest.fixture
def facebook(bea: Agent) -> Network:
    return Network(an_inbox(bea.workspace, "facebook"), now=timezone.now() - timedelta(hours=2))


@pytest.fixture
def messenger(bea: Agent) -> Network:
    return Network(an_inbox(bea.workspace, "messenger"), now=timezone.now() - timedelta(hours=2))


@pytest.fixture
def browser_of(site: str, browser: Browser) -> Iterator[Open]:
    """Opens a page of Heard as an agent, in a browser of their own."""
    contexts = []

    def opened(agent: Agent, path: str = "/tickets", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=site, **options)
        contexts.append(context)
        session = signed_in(agent).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
