"""What goes out: the calls that WhatsApp really gets, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.contract import (
    Blank,
    FilledTemplate,
    Kind,
    Located,
    Media,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    Template,
)
from heard.channels.tests.wire import HttpWire
from heard.channels.whatsapp.channel import WhatsApp

WHATSAPP = WhatsApp()
USER = "BG.13491208655302741918"
MESSAGES = "/v26.0/106540352242922/messages"
ACCOUNT = "/v26.0/102290129340398"
Wire = HttpWire[Any]

COMPONENTS = [
    {"type": "HEADER", "format": "TEXT", "text": "Order {{1}}", "example": {"header_text": ["5521"]}},
    {
        "type": "BODY",
        "text": "Hello {{1}}, it comes on {{2}}.",
        "example": {"body_text": [["Ana", "Monday"]]},
    },
    {"type": "FOOTER", "text": "Acme Shop"},
    {
        "type": "BUTTONS",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Thanks"},
            {"type": "URL", "text": "Track it", "url": "https://acme.example/t/{{1}}", "example": ["8812"]},
        ],
    },
]
ORDER = Template(
    "order_update",
    "en",
    "Order {{1}}\n\nHello {{2}}, it comes on {{3}}.\n\nAcme Shop\n\n→ Thanks\n\n"
    "→ Track it: https://acme.example/t/{{4}}",
    "utility",
    (
        Blank("", "5521", "header"),
        Blank("", "Ana", "body"),
        Blank("", "Monday", "body"),
        Blank("", "8812", "button 1 url"),
    ),
)


def a_message(**changed: Any) -> Outgoing:
    said = {"kind": Kind.DIRECT, "text": "Hello", "to": USER, "token": "out:8f3a"}
    return Outgoing(**(said | changed))


def taken(server: HTTPServer, body: dict[str, Any]) -> None:
    whole = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": "out:8f3a",
    }
    answer = {
        "messaging_product": "whatsapp",
        "messages": [{"id": "wamid.OUT", "message_status": "accepted"}],
    }
    server.expect_request(MESSAGES, method="POST", json=whole | body).respond_with_json(answer)


@pytest.mark.parametrize(
    ("to", "named"),
    [
        (USER, {"recipient": USER}),
        ("BG.ENT.11815799212886844830", {"recipient": "BG.ENT.11815799212886844830"}),
        ("359888123456", {"to": "359888123456"}),
    ],
)
def test_people_are_named_by_id_or_by_number(
    to: str, named: dict[str, str], wire: Wire, httpserver: HTTPServer
) -> None:
    taken(httpserver, {**named, "type": "text", "text": {"body": "Hello", "preview_url": True}})
    assert WHATSAPP.send(a_message(to=to), wire) == Sent("wamid.OUT")


def test_an_answer_to_an_earlier_message_quotes_it(wire: Wire, httpserver: HTTPServer) -> None:
    text = {"body": "Hello", "preview_url": True}
    context = {"message_id": "wamid.IN0"}
    taken(httpserver, {"recipient": USER, "type": "text", "text": text, "context": context})
    assert WHATSAPP.send(a_message(quotes="wamid.IN0"), wire) == Sent("wamid.OUT")


def test_templates_are_read_with_their_blanks_numbered_through(wire: Wire, httpserver: HTTPServer) -> None:
    told = {"name": "order_update", "language": "en", "status": "APPROVED", "category": "UTILITY"}
    others = [
        {**told, "name": "waits", "status": "PENDING", "components": COMPONENTS},
        {**told, "name": "code", "category": "AUTHENTICATION", "components": COMPONENTS},
        {**told, "name": "picture", "components": [{"type": "HEADER", "format": "IMAGE"}, COMPONENTS[1]]},
        {**told, "name": "cards", "components": [COMPONENTS[1], {"type": "CAROUSEL"}]},
    ]
    listed = {"data": [{**told, "components": COMPONENTS}, *others]}
    httpserver.expect_request(f"{ACCOUNT}/message_templates").respond_with_json(listed)
    assert WHATSAPP.templates(wire) == [ORDER]


def test_named_blanks_keep_their_names(wire: Wire, httpserver: HTTPServer) -> None:
    body = {
        "type": "BODY",
        "text": "Hello {{customer}}.",
        "example": {"body_text_named_params": [{"param_name": "customer", "example": "Ana"}]},
    }
    told = {"name": "hello", "language": "en", "status": "APPROVED", "components": [body]}
    httpserver.expect_request(f"{ACCOUNT}/message_templates").respond_with_json({"data": [told]})
    [template] = WHATSAPP.templates(wire)
    assert template.text == "Hello {{1}}."
    assert template.blanks == (Blank("customer", "Ana", "body"),)


def test_a_filled_in_template_goes_instead_of_the_text(wire: Wire, httpserver: HTTPServer) -> None:
    chosen = FilledTemplate(ORDER, ("5521", "Ana", "Monday", "8812"))
    sent = {
        "name": "order_update",
        "language": {"code": "en"},
        "components": [
            {"type": "header", "parameters": [{"type": "text", "text": "5521"}]},
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "Monday"}],
            },
            {
                "type": "button",
                "index": "1",
                "sub_type": "url",
                "parameters": [{"type": "text", "text": "8812"}],
            },
        ],
    }
    taken(httpserver, {"recipient": USER, "type": "template", "template": sent})
    WHATSAPP.send(a_message(text=chosen.text, template=chosen), wire)
    assert chosen.text.startswith("Order 5521\n\nHello Ana, it comes on Monday.")


def test_what_is_filled_in_is_never_a_blank_itself() -> None:
    template = Template("t", "en", "{{1}} and {{2}}", blanks=(Blank(), Blank()))
    assert FilledTemplate(template, ("{{2}}", "salt")).text == "{{2}} and salt"


@pytest.mark.parametrize(("liked", "emoji"), [(True, "👍"), (False, "")])
def test_a_like_is_a_reaction(liked: bool, emoji: str, wire: Wire, httpserver: HTTPServer) -> None:
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "359888123456",
        "type": "reaction",
        "reaction": {"message_id": "wamid.IN1", "emoji": emoji},
    }
    httpserver.expect_request(MESSAGES, json=body).respond_with_json({"messages": [{"id": "wamid.R"}]})
    WHATSAPP.react("wamid.IN1", to="359888123456", liked=liked, wire=wire)
    httpserver.check()


def test_a_file_is_located_with_our_token(wire: Wire, httpserver: HTTPServer) -> None:
    url = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=884001"
    asked = {"phone_number_id": "106540352242922"}
    httpserver.expect_request("/v26.0/884001", query_string=asked).respond_with_json({"url": url})
    media = Media("image", detail={"id": "884001"})
    assert WHATSAPP.locate(media, wire) == Located(url, {"authorization": "Bearer token-of-acme"})


def test_a_file_that_is_gone_is_nowhere(wire: Wire, httpserver: HTTPServer) -> None:
    error = {"error": {"message": "Unsupported get request.", "code": 100, "error_subcode": 33}}
    httpserver.expect_request("/v26.0/884001").respond_with_json(error, status=400)
    assert WHATSAPP.locate(Media("image", detail={"id": "884001"}), wire) is None


def test_the_number_says_who_it_is_and_whether_it_calls_us(wire: Wire, httpserver: HTTPServer) -> None:
    said = {"id": "106540352242922", "display_phone_number": "+1 555", "verified_name": "Acme Shop"}
    token = {"is_valid": True, "expires_at": 1_791_000_000, "scopes": ["whatsapp_business_messaging"]}
    httpserver.expect_request("/v26.0/106540352242922").respond_with_json(said)
    httpserver.expect_request("/v26.0/debug_token").respond_with_json({"data": token})
    httpserver.expect_request(f"{ACCOUNT}/subscribed_apps").respond_with_json({"data": []})
    account = WHATSAPP.inspect(wire)
    assert (account.external_id, account.name, account.subscribed) == ("106540352242922", "Acme Shop", False)
    assert account.expires_at == datetime.fromtimestamp(1_791_000_000, UTC)


@pytest.mark.parametrize(
    ("numbers", "leaves"), [(["106540352242922"], True), (["106540352242922", "2"], False)]
)
def test_the_account_is_left_with_its_last_number(
    numbers: list[str], leaves: bool, wire: Wire, httpserver: HTTPServer
) -> None:
    listed = {"data": [{"id": number} for number in numbers]}
    httpserver.expect_request("/v26.0/106540352242922", method="POST").respond_with_json({"success": True})
    httpserver.expect_request(f"{ACCOUNT}/phone_numbers").respond_with_json(listed)
    httpserver.expect_request(f"{ACCOUNT}/subscribed_apps", method="DELETE").respond_with_json(
        {"success": True}
    )
    WHATSAPP.unsubscribe(wire)
    assert (httpserver.log[-1][0].method == "DELETE") is leaves


@pytest.mark.parametrize("changed", [{"kind": Kind.COMMENT}, {"private_reply": True}])
def test_only_direct_messages_are_sent(changed: dict[str, Any], wire: Wire) -> None:
    with pytest.raises(Rejected):
        WHATSAPP.send(a_message(**changed), wire)


def test_a_closed_window_is_a_rejection_that_says_so(wire: Wire, httpserver: HTTPServer) -> None:
    details = "More than 24 hours have passed since the customer last replied."
    error = {"message": "(#131047) Re-engagement message", "code": 131047, "error_data": {"details": details}}
    httpserver.expect_request(MESSAGES).respond_with_json({"error": error}, status=400)
    with pytest.raises(Rejected) as caught:
        WHATSAPP.send(a_message(), wire)
    assert caught.value.problem is Problem.WINDOW_CLOSED
    assert details in caught.value.reason
