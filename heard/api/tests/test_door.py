from __future__ import annotations

import json

import pytest
from django.test import Client

from heard.api.tests.conftest import Program
from tests.cast import Network, a_ticket


@pytest.fixture
def notes(facebook: Network) -> str:
    return f"/tickets/{a_ticket(facebook, said='Hello').number}/note"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/x", "/api/v2/tickets"])
def test_where_nothing_is_a_problem_says_so(path: str) -> None:
    answer = Client().get(path)

    assert answer.status_code == 404
    assert answer.json()["instance"] == path


def test_a_method_that_is_not_there_names_those_that_are(program: Program) -> None:
    answer = program.client.delete("/api/v1/tickets")

    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "POST"})
    assert answer.json()["type"] == "urn:heard:problem:method-not-allowed"


def test_a_body_may_have_one_mebibyte(program: Program, notes: str) -> None:
    fits = "a" * (1024 * 1024 - len(json.dumps({"text": ""})))

    assert program.post(notes, text=fits).json()["errors"][0]["code"] == "string_too_long"
    assert program.post(notes, text=fits + "a").status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""])
def test_only_json_is_read(program: Program, notes: str, kind: str) -> None:
    answer = program.client.post(f"/api/v1{notes}", b'{"text": "a"}', content_type=kind)

    assert (answer.status_code, answer.headers["Content-Type"]) == (415, "application/problem+json")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"text": NaN}',
        b'{"x": -Infinity}',
        b"[" * 100_000,
        b'{"a":' * 65,
        b"\xff\xfe\xff",
    ],
)
def test_what_is_no_json_is_a_bad_request(program: Program, notes: str, body: bytes) -> None:
    assert program.post(notes, body).status_code == 400


@pytest.mark.parametrize(
    "body", ['{"text": "a\\u0000"}', '{"text": "\\ud83d"}', '{"\\ud800": 1, "text": "a"}']
)
def test_what_cannot_be_stored_is_refused(program: Program, notes: str, body: str) -> None:
    answer = program.post(notes, body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "unstorable"


def test_nul_in_a_query_is_refused(program: Program) -> None:
    assert program.get("/tickets", q="a\x00b").status_code == 422
    assert program.get("/tickets", tag="\x00").status_code == 422


def test_an_emoji_written_as_a_pair_is_one_character(program: Program, notes: str) -> None:
    assert program.post(notes, '{"text": "\\ud83d\\ude00"}').json()["text"] == "😀"


def test_a_field_that_is_not_there_is_named(program: Program, notes: str) -> None:
    answer = program.post(notes, text="a", txet="b")

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"field": "body.txet", "code": "extra_forbidden", "reason": "There is no such field."}
    ]


def test_a_misspelt_filter_does_not_find_everything(program: Program) -> None:
    answer = program.get("/tickets", asignee="me")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.asignee"


@pytest.mark.parametrize("number", ["0", str(2**63), "9" * 5000, "-1", "1.5", "x"])
def test_a_number_that_no_ticket_can_have_is_not_there(program: Program, number: str) -> None:
    assert program.get(f"/tickets/{number}").status_code == 404


def test_every_answer_carries_the_id_of_its_request(program: Program) -> None:
    assert len(program.get("/me").headers["X-Request-Id"]) == 16

    sent = program.client.get("/api/v1/tickets/1", headers={"x-request-id": "edge-0001"})

    assert sent.headers["X-Request-Id"] == sent.json()["request_id"] == "edge-0001"


def test_a_crash_tells_its_id_and_nothing_of_its_inside(
    program: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("heard.api.me.agent_shape", lambda agent: 1 / 0)

    answer = program.get("/me")

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "ZeroDivision" not in answer.content.decode()
    assert answer.json()["request_id"] in caplog.text


def test_a_string_that_never_ends_is_read_in_linear_time() -> None:
    """A quadratic scan would take minutes for this."""
    from heard.api.reading import STRING_OR_BRACKET

    for body in (b'"' + b'\\"' * 400_000, b'"' + b'\\"' * 400_000 + b"\\"):
        assert sum(1 for _ in STRING_OR_BRACKET.finditer(body)) == 1
