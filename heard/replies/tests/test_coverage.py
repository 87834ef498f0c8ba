from __future__ import annotations

from heard.replies.coverage import State, coverage, totals
from heard.replies.models import SavedReply
from heard.replies.tests.shelf import CS, EN, EN_PUBLIC, a_reply
from heard.replies.ways import Way
from heard.replies.write import say
from heard.workspaces.models import Agent
from tests.cast import NOON


def test_each_language_tells_what_is_there_stale_and_missing(bea: Agent) -> None:
    reply = a_reply(
        bea, {EN: "One", EN_PUBLIC: "Two", CS: "Jedna", Way("sl", "formal", "private", "short"): "Ena"}
    )
    say(reply, EN, "One and a half", by=bea, now=NOON)

    rows = coverage(SavedReply.objects.prefetch_related("variants"))

    cells = {cell.language: cell for cell in rows[0].cells}
    private, public = ("formal", "private"), ("formal", "public")
    assert cells["en"].states == {private: State.THERE, public: State.THERE}
    assert cells["cs"].states == {private: State.STALE, public: State.MISSING}
    assert (cells["en"].state, cells["cs"].state, cells["el"].state) == (
        State.THERE,
        State.STALE,
        State.MISSING,
    )
    assert (cells["en"].is_whole, cells["sl"].there, cells["el"].is_whole) == (True, 1, False)
    assert [(one.language, one.there, one.stale, one.missing) for one in totals(rows)] == [
        ("en", 2, 0, 0),
        ("el", 0, 0, 2),
        ("sl", 0, 1, 1),
        ("hu", 0, 0, 2),
        ("cs", 0, 1, 1),
    ]
