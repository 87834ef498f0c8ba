from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from heard.channels.contract import Rejected, TryAgain
from heard.channels.meta.graph import Graph
from heard.channels.meta.private import sent
from heard.channels.meta.subscriptions import page_graph

NEARLY_USED_UP = {"X-App-Usage": json.dumps({"call_count": 85})}


@pytest.fixture
def graph(facebook_wire: Any) -> Graph:
    return page_graph(facebook_wire)


def test_the_token_travels_in_a_header_and_never_in_the_address(graph: Graph, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/1").respond_with_json({"id": "1"})
    graph.read("1", params={"fields": "id"})
    [(request, _)] = httpserver.log
    assert request.headers["Authorization"] == "Bearer page-token-of-acme"
    assert request.query_string == b"fields=id"


def test_a_nearly_used_up_quota_never_spoils_what_was_accepted(graph: Graph, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/1/comments").respond_with_json({"id": "9"}, headers=NEARLY_USED_UP)
    accepted = sent(graph.send("1", "comments", json={})["id"], graph)
    assert accepted.external_id == "9"
    assert accepted.pause == timedelta(minutes=1)


@pytest.mark.parametrize("success", [True, "true"])
def test_success_may_be_a_word(success: Any, graph: Graph, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/1").respond_with_json({"success": success})
    graph.change("POST", "1", json={"is_hidden": True})


@pytest.mark.parametrize("success", [False, "false"])
def test_no_success_is_a_rejection(success: Any, graph: Graph, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/1").respond_with_json({"success": success})
    with pytest.raises(Rejected):
        graph.change("POST", "1", json={"is_hidden": True})


def in_pages(request: Request) -> Response:
    after = request.args.get("after", "")
    number = int(after or 0)
    said: dict[str, Any] = {"data": [{"id": str(number)}], "paging": {"cursors": {"after": str(number + 1)}}}
    if number < 2:
        said["paging"]["next"] = "http://169.254.169.254/?access_token=stolen"
    return Response(json.dumps(said))


def test_a_list_is_read_to_its_end_without_calling_the_given_address(
    graph: Graph, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/v26.0/1/feed").respond_with_handler(in_pages)
    assert [item["id"] for item in graph.pages("1", "feed", params={"limit": "1"})] == ["0", "1", "2"]


def test_a_list_that_turns_in_circles_ends(graph: Graph, httpserver: HTTPServer) -> None:
    said = {"data": [{"id": "1"}], "paging": {"next": "http://x/?after=a", "cursors": {"after": "a"}}}
    httpserver.expect_request("/v26.0/1/feed").respond_with_json(said)
    assert len(list(graph.pages("1", "feed", params={}))) == 2


def test_reading_back_stops_when_the_quota_is_nearly_used_up(graph: Graph, httpserver: HTTPServer) -> None:
    said = {"data": [{"id": "1"}], "paging": {"next": "http://x/?after=a", "cursors": {"after": "a"}}}
    httpserver.expect_request("/v26.0/1/feed").respond_with_json(said, headers=NEARLY_USED_UP)
    items = graph.pages("1", "feed", params={})
    assert next(items)["id"] == "1"
    with pytest.raises(TryAgain) as caught:
        next(items)
    assert caught.value.after == timedelta(minutes=1)
