from __future__ import annotations

from collections.abc import Iterator

import pytest

from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.tests.graph import Graph, graph_of
from heard.sandbox.tests.hooks import Receiver, receiving


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as ready:
        yield ready


@pytest.fixture
def facebook(sandbox: Running, receiver: Receiver) -> Iterator[Graph]:
    """The page's public side, connected to the receiver."""
    graph = graph_of(sandbox, "facebook")
    graph.connect(receiver)
    yield graph
    graph.close()


@pytest.fixture
def messenger(sandbox: Running, receiver: Receiver) -> Iterator[Graph]:
    """The page's private side, connected to the receiver."""
    graph = graph_of(sandbox, "messenger")
    graph.connect(receiver)
    yield graph
    graph.close()
