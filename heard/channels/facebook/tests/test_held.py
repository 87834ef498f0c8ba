from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from pytest_httpserver import HTTPServer

from heard.channels.contract import Ignored, Incoming, Kind, MessageIn, PostPublished
from heard.channels.facebook.channel import Facebook
from heard.channels.tests.wire import HttpWire

NOON = datetime(2026, 10, 3, 12, tzinfo=UTC)
ACME, ANA = {"id": "104500", "name": "Acme"}, {"id": "77", "name": "Ana"}


def when(minutes: int) -> str:
    return (NOON + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+0000")


def a_post(number: int, minutes: int, *, by: dict[str, str] = ACME, updated: int | None = None) -> Any:
    post = {"id": f"104500_{number}", "from": by, "message": f"post {number}", "created_time": when(minutes)}
    return post | ({} if updated is None else {"updated_time": when(updated)})


def a_comment(number: int, minutes: int, **more: Any) -> Any:
    return {"id": f"5_{number}", "from": ANA, "message": "Hi", "created_time": when(minutes)} | more


def held(wire: HttpWire[Any], since: int = 0, until: int = 60) -> list[Incoming]:
    window = {"since": NOON + timedelta(minutes=since), "until": NOON + timedelta(minutes=until)}
    return list(Facebook().held(wire, **window))


def nothing_on(server: HTTPServer, *edges: str) -> None:
    for edge in edges:
        server.expect_request(f"/v26.0/104500/{edge}").respond_with_json({"data": []})


def test_comments_of_the_time_are_found_under_older_posts(
    facebook_wire: HttpWire[Any], httpserver: HTTPServer
) -> None:
    nothing_on(httpserver, "tagged", "ratings")
    httpserver.expect_request("/v26.0/104500/feed").respond_with_json({"data": [a_post(5, -600)]})
    listed = [a_comment(1, -1), a_comment(2, 5), a_comment(3, 6, parent={"id": "5_2"}), a_comment(4, 61)]
    httpserver.expect_request("/v26.0/104500_5/comments").respond_with_json({"data": listed})
    first, second = held(facebook_wire)
    assert isinstance(first, MessageIn)
    assert isinstance(second, MessageIn)
    assert (first.external_id, first.thread, first.parent) == ("5_2", "5_2", "")
    assert (second.external_id, second.thread, second.parent) == ("5_3", "5_2", "5_2")
    assert first.raw == listed[1]
    assert (first.account, first.channel) == ("104500", "facebook")


def test_old_posts_without_news_are_not_opened(facebook_wire: HttpWire[Any], httpserver: HTTPServer) -> None:
    nothing_on(httpserver, "tagged", "ratings")
    posts = [a_post(6, -60 * 24 * 8, updated=-10), a_post(5, -60 * 24 * 31, updated=5)]
    httpserver.expect_request("/v26.0/104500/feed").respond_with_json({"data": posts})
    assert held(facebook_wire) == []
    assert not [request.path for request, _ in httpserver.log if "comments" in request.path]


def test_young_posts_are_opened_whatever_facebook_says(
    facebook_wire: HttpWire[Any], httpserver: HTTPServer
) -> None:
    nothing_on(httpserver, "tagged", "ratings")
    listed = {"data": [a_post(6, -60 * 24 * 6, updated=-10)]}
    httpserver.expect_request("/v26.0/104500/feed").respond_with_json(listed)
    httpserver.expect_request("/v26.0/104500_6/comments").respond_with_json({"data": [a_comment(2, 5)]})
    assert len(held(facebook_wire)) == 1


def test_visitors_posts_mentions_and_reviews_are_found(
    facebook_wire: HttpWire[Any], httpserver: HTTPServer
) -> None:
    feed = [a_post(9, 9, by=ANA), a_post(8, 8)]
    for number in (9, 8):
        nothing = {"data": list[str]()}
        httpserver.expect_request(f"/v26.0/104500_{number}/comments").respond_with_json(nothing)
    mention = {"id": "88_1", "message": "@Acme", "created_time": when(3)}
    review = {
        "open_graph_story": {"id": "904801"},
        "reviewer": ANA,
        "rating": 2,
        "review_text": "Slow",
        "created_time": when(4),
    }
    httpserver.expect_request("/v26.0/104500/feed").respond_with_json({"data": feed})
    httpserver.expect_request("/v26.0/104500/tagged").respond_with_json({"data": [mention]})
    httpserver.expect_request("/v26.0/104500/ratings").respond_with_json({"data": [review]})
    under = {"data": [a_comment(7, 5)]}
    httpserver.expect_request("/v26.0/904801/comments").respond_with_json(under)
    visitors, ours, named, rated, said_below = held(facebook_wire)
    assert isinstance(said_below, MessageIn)
    assert (said_below.thread, said_below.parent) == ("904801", "904801")
    assert isinstance(ours, PostPublished)
    for fact, kind in ((visitors, Kind.POST), (named, Kind.MENTION), (rated, Kind.REVIEW)):
        assert isinstance(fact, MessageIn)
        assert fact.kind is kind
    assert isinstance(rated, MessageIn)
    assert (rated.stars, rated.external_id) == (2, "904801")


def test_what_facebook_refuses_to_list_is_said_and_the_rest_goes_on(
    facebook_wire: HttpWire[Any], httpserver: HTTPServer
) -> None:
    nothing_on(httpserver, "tagged")
    refusal = {"error": {"message": "Needs pages_read_user_content", "code": 10}}
    httpserver.expect_request("/v26.0/104500/ratings").respond_with_json(refusal, status=403)
    httpserver.expect_request("/v26.0/104500/feed").respond_with_json({"data": [a_post(9, 9, by=ANA)]})
    httpserver.expect_request("/v26.0/104500_9/comments").respond_with_json(refusal, status=403)
    visitors, comments, ratings = held(facebook_wire)
    assert isinstance(visitors, MessageIn)
    assert isinstance(comments, Ignored)
    assert isinstance(ratings, Ignored)
    assert "pages_read_user_content" in ratings.reason
