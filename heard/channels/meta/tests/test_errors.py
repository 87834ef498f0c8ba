"""Walks Meta's error codes: each ends in the class that the documentation gives it, over real HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.contract import Problem, ReconnectNeeded, Rejected, TryAgain, Unconfirmed
from heard.channels.meta.errors import LONG_WAIT, MEANINGS
from heard.channels.meta.graph import Graph
from heard.channels.meta.subscriptions import page_graph

TRY_AGAIN, RECONNECT = TryAgain, ReconnectNeeded

# Written out from Meta's documentation, not from the table under test.
CODES: list[tuple[int, int | None, Any]] = [
    (0, None, RECONNECT),
    (1, None, TRY_AGAIN),
    (2, None, TRY_AGAIN),
    (3, None, Problem.PERMISSION),
    (10, None, Problem.PERMISSION),
    (10, 2018278, Problem.WINDOW_CLOSED),
    (10, 2534022, Problem.WINDOW_CLOSED),
    (10, 2018065, Problem.WINDOW_CLOSED),
    (10, 2018300, Problem.PERMISSION),
    (10, 1893063, TRY_AGAIN),
    (200, None, Problem.PERMISSION),
    (200, 2018108, Problem.PERMISSION),
    (200, 2018028, Problem.PERMISSION),
    (283, None, Problem.PERMISSION),
    (299, None, Problem.PERMISSION),
    (4, None, TRY_AGAIN),
    (17, None, TRY_AGAIN),
    (32, None, TRY_AGAIN),
    (613, None, TRY_AGAIN),
    (341, None, TRY_AGAIN),
    (80001, None, TRY_AGAIN),
    (80002, None, TRY_AGAIN),
    (80006, None, TRY_AGAIN),
    (80007, None, TRY_AGAIN),
    (100, None, Problem.INVALID),
    (100, 33, Problem.GONE),
    (100, 2018001, Problem.RECIPIENT_BLOCKED),
    (102, None, RECONNECT),
    (190, None, RECONNECT),
    (190, 458, RECONNECT),
    (190, 459, RECONNECT),
    (190, 460, RECONNECT),
    (190, 463, RECONNECT),
    (190, 464, RECONNECT),
    (190, 467, RECONNECT),
    (230, None, Problem.PERMISSION),
    (368, None, TRY_AGAIN),
    (506, None, Problem.DUPLICATE),
    (551, 1545041, Problem.RECIPIENT_BLOCKED),
    *((code, None, TRY_AGAIN) for code in (130429, 131000, 131016, 131048, 131056, 131057, 133016, 135000)),
    *((code, None, Problem.RECIPIENT_BLOCKED) for code in (130472, 130497, 131026, 131049, 131050)),
    *((code, None, Problem.INVALID) for code in (131008, 131009, 131021, 131051, 131062, 132000, 132012)),
    *((code, None, Problem.PERMISSION) for code in (131005, 131030, 131031, 131037, 131042, 131045)),
    *((code, None, Problem.PERMISSION) for code in (132007, 132015, 132016, 133010)),
    *((code, None, Problem.MEDIA_REJECTED) for code in (131052, 131053)),
    *((code, None, Problem.GONE) for code in (33, 132001)),
    (131047, None, Problem.WINDOW_CLOSED),
    (132005, None, Problem.TOO_LONG),
    (9, 2207042, TRY_AGAIN),
    (9004, None, Problem.MEDIA_REJECTED),
    (9007, None, TRY_AGAIN),
    (9010, None, Problem.GONE),
    (36000, None, Problem.MEDIA_REJECTED),
    (36001, None, Problem.MEDIA_REJECTED),
    (36003, None, Problem.MEDIA_REJECTED),
    (36004, None, Problem.TOO_LONG),
]


@pytest.fixture
def graph(facebook_wire: Any) -> Graph:
    return page_graph(facebook_wire)


def answering(server: HTTPServer, error: dict[str, Any], *, status: int = 400, **headers: str) -> None:
    said = {"error": {"message": "No", "type": "OAuthException", "fbtrace_id": "x"} | error}
    server.expect_request("/v26.0/1/comments").respond_with_json(said, status=status, headers=headers)


@pytest.mark.parametrize(("code", "subcode", "expected"), CODES)
@pytest.mark.parametrize("status", [400, 200, 500])
def test_every_code_has_its_class(
    code: int, subcode: int | None, expected: Any, status: int, graph: Graph, httpserver: HTTPServer
) -> None:
    answering(httpserver, {"code": code, "error_subcode": subcode}, status=status)
    with pytest.raises((TryAgain, Rejected, ReconnectNeeded)) as caught:
        graph.send("1", "comments", json={})
    said = caught.value
    assert vars(said)["code"] == (f"{code}/{subcode}" if subcode else str(code))
    assert expected is (said.problem if isinstance(said, Rejected) else type(said))


def test_no_code_of_the_table_is_forgotten_here() -> None:
    assert set(MEANINGS) <= {(code, subcode) for code, subcode, _ in CODES} | {(551, None)}


def test_codes_may_be_written_as_text(graph: Graph, httpserver: HTTPServer) -> None:
    answering(httpserver, {"code": "190", "error_subcode": "460"})
    with pytest.raises(ReconnectNeeded):
        graph.send("1", "comments", json={})


def test_a_text_that_is_too_long_is_told_from_other_bad_parameters(
    graph: Graph, httpserver: HTTPServer
) -> None:
    text = "(#100) Length of param message[text] must be less than or equal to 2000"
    answering(httpserver, {"code": 100, "message": text})
    with pytest.raises(Rejected) as caught:
        graph.send("1", "comments", json={})
    assert caught.value.problem is Problem.TOO_LONG


@pytest.mark.parametrize("error", [{"code": 368}, {"code": 10, "error_subcode": 1893063}])
def test_a_block_for_spam_is_waited_out_for_long(
    error: dict[str, Any], graph: Graph, httpserver: HTTPServer
) -> None:
    answering(httpserver, error)
    with pytest.raises(TryAgain) as caught:
        graph.send("1", "comments", json={})
    assert caught.value.after == LONG_WAIT


def test_an_error_that_says_it_is_transient_is_tried_again(graph: Graph, httpserver: HTTPServer) -> None:
    answering(httpserver, {"code": 99999, "is_transient": True}, status=500)
    with pytest.raises(TryAgain):
        graph.send("1", "comments", json={})


def test_an_unknown_code_is_a_rejection(graph: Graph, httpserver: HTTPServer) -> None:
    answering(httpserver, {"code": 99999})
    with pytest.raises(Rejected) as caught:
        graph.send("1", "comments", json={})
    assert caught.value.problem is Problem.INVALID


def test_an_unknown_code_of_a_broken_server_proves_nothing(graph: Graph, httpserver: HTTPServer) -> None:
    answering(httpserver, {"code": 99999}, status=500)
    with pytest.raises(Unconfirmed):
        graph.send("1", "comments", json={})
    with pytest.raises(TryAgain):
        graph.change("POST", "1", "comments")


def test_the_networks_own_wish_for_a_pause_is_passed_on(graph: Graph, httpserver: HTTPServer) -> None:
    answering(httpserver, {"code": 613}, status=429, **{"Retry-After": "120"})
    with pytest.raises(TryAgain) as caught:
        graph.send("1", "comments", json={})
    assert caught.value.after == timedelta(seconds=120)


def test_a_limit_without_a_wish_leaves_the_wait_to_the_outbox(graph: Graph, httpserver: HTTPServer) -> None:
    answering(httpserver, {"code": 4})
    with pytest.raises(TryAgain) as caught:
        graph.send("1", "comments", json={})
    assert caught.value.after is None
