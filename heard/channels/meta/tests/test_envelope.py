from __future__ import annotations

from heard.channels.conftest import a_hook
from heard.channels.contract import Hook, Ignored, MessageIn
from heard.channels.meta.deliveries import parse

COMMENT = {
    "field": "feed",
    "value": {"item": "comment", "verb": "add", "comment_id": "5_1", "post_id": "1_5", "message": "Hi"},
}
DIRECT = {"sender": {"id": "77"}, "recipient": {"id": "1"}, "timestamp": 1791000000523}
SAID = DIRECT | {"message": {"mid": "m_1", "text": "Hi"}}


def a_call(*entries: object) -> object:
    return {"object": "page", "entry": list(entries)}


def test_one_call_carries_events_of_both_channels_and_of_several_pages() -> None:
    facts = parse(
        a_hook(a_call({"id": "1", "changes": [COMMENT], "messaging": [SAID]}, {"id": 2, "standby": [SAID]}))
    )
    assert [(fact.account, fact.channel) for fact in facts] == [
        ("1", "facebook"),
        ("1", "messenger"),
        ("2", "messenger"),
    ]


def test_a_bad_event_costs_only_itself() -> None:
    bad = [7, None, {"field": "feed", "value": {"item": 3}}, {"field": "feed"}, {}]
    facts = parse(a_hook(a_call({"id": "1", "changes": [COMMENT, *bad, COMMENT]}, 9, {"no": "id"})))
    assert [type(fact) for fact in facts] == [MessageIn, *[Ignored] * 5, MessageIn, Ignored, Ignored]


def test_numbers_that_no_database_takes_do_not_raise() -> None:
    body = (
        b'{"object":"page","entry":[{"id":' + b"9" * 5000 + b',"time":1e400,"changes":[]},'
        b'{"id":1,"time":1e400,"changes":[{"field":"feed","value":{"item":"comment","verb":"add",'
        b'"comment_id":'
        + b"7" * 30
        + b',"created_time":1e999,"message":"a\\u0000b\\ud83dc","x":'
        + b"1" * 9000
        + b"}}]}]}"
    )
    [ignored, said] = parse(Hook("POST", {}, {}, body))
    assert isinstance(ignored, Ignored)
    assert isinstance(said, MessageIn)
    assert said.external_id == "7" * 30
    assert said.text == "ab\ufffdc"
    assert said.at.year == 1970


def test_a_time_is_taken_from_the_entry_where_the_event_has_none() -> None:
    [in_seconds] = parse(a_hook(a_call({"id": "1", "time": 1791000000, "changes": [COMMENT]})))
    [in_milliseconds] = parse(a_hook(a_call({"id": "1", "time": 1791000000871, "changes": [COMMENT]})))
    assert in_seconds.at.isoformat() == "2026-10-03T04:00:00+00:00"
    assert in_milliseconds.at.isoformat() == "2026-10-03T04:00:00.871000+00:00"


def test_another_product_of_meta_is_ignored() -> None:
    [fact] = parse(
        a_hook({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [COMMENT]}]})
    )
    assert isinstance(fact, Ignored)
    assert '"whatsapp_business_account"' in fact.reason
