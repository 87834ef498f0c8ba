from __future__ import annotations

from zoneinfo import ZoneInfo

from heard.replies.hours_written import hours_written, zone_written
from heard.workspaces.hours import Hours, Span

PRAGUE = ZoneInfo("Europe/Prague")
WEEK = tuple(Span(day, 540, 1020) for day in range(5))


def test_days_that_are_alike_are_said_together() -> None:
    table = {
        (): "",
        WEEK: "Mon–Fri 9:00–17:00",
        (*WEEK, Span(5, 540, 720), Span(6, 540, 720)): "Mon–Fri 9:00–17:00, Sat, Sun 9:00–12:00",
        (
            Span(0, 480, 720),
            Span(0, 780, 1020),
            Span(2, 0, 1440),
        ): "Mon 8:00–12:00, 13:00–17:00, Wed 0:00–24:00",
    }
    assert {spans: hours_written(Hours(PRAGUE, spans), "en") for spans in table} == table


def test_every_language_says_them_in_its_own_way() -> None:
    hours = Hours(PRAGUE, WEEK)

    assert {one: hours_written(hours, one) for one in ("cs", "sl", "hu", "el")} == {
        "cs": "po–pá 9:00–17:00",
        "sl": "pon.–pet. 9.00–17.00",
        "hu": "H–P 9:00–17:00",
        "el": "Δευ–Παρ 9:00–17:00",
    }
    assert zone_written(PRAGUE, "cs") == "středoevropský čas"
    assert zone_written(ZoneInfo("UTC"), "cs") == "UTC"
