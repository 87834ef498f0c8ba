from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from heard.placeholders.fill import Money, Value
from heard.placeholders.known import PLACEHOLDERS
from heard.replies.typed import typed_values

PRAGUE, ATHENS = ZoneInfo("Europe/Prague"), ZoneInfo("Europe/Athens")


def test_every_kind_is_read_and_what_cannot_be_stays_a_blank() -> None:
    table: dict[tuple[str, str], Value | None] = {
        ("delivery_days", "2"): 2,
        ("delivery_days", "two"): None,
        ("delivery_days", "-1"): None,
        ("delivery_days", "٣"): None,
        ("delivery_date", "2026-11-30"): date(2026, 11, 30),
        ("delivery_date", "30.11."): None,
        ("eta", "2026-11-30T14:30"): datetime(2026, 11, 30, 13, 30, tzinfo=UTC),
        ("eta", "0001-01-01T00:00"): None,
        ("order_status", "shipped"): "shipped",
        ("order_status", "lost"): None,
        ("reason", " one\r\ntwo "): "one\ntwo",
        ("order_number", "  "): None,
        ("order_number", "A\x00-7"): "A-7",
        ("refund_amount", "5,50"): Money(Decimal("5.50"), "EUR"),
        ("refund_amount", "NaN"): None,
        ("refund_amount", "-1"): None,
        ("refund_amount", "1e99"): None,
    }
    found = {
        (name, text): typed_values(
            PLACEHOLDERS.values(),
            {name: text, "refund_amount.currency": "eur"},
            typed_in=PRAGUE,
            read_in=ATHENS,
        ).get(name)
        for name, text in table
    }
    assert found == table
    read = typed_values([PLACEHOLDERS["eta"]], {"eta": "2026-11-30T14:30"}, typed_in=PRAGUE, read_in=ATHENS)[
        "eta"
    ]
    assert isinstance(read, datetime)
    assert read.hour == 15


def test_a_text_has_an_end() -> None:
    asked = [PLACEHOLDERS["reason"]]

    typed = typed_values(asked, {"reason": "x" * 5000}, typed_in=PRAGUE, read_in=PRAGUE)

    assert len(str(typed["reason"])) == 2000
