"""A window shows the newest lines, and earlier ones page by page."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from heard.channels.chat import wording
from heard.chat.models import Visitor
from heard.chat.rows import PAGE
from heard.chat.tests.conftest import Browser
from heard.chat.tests.test_stream import listening
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall
from heard.tickets.models import Message
from tests import calls
from tests.front import Door

MORE = 7


def test_earlier_lines_come_page_by_page_and_never_another_ones(
    visitor: Browser, window: Inbox, door: Door
) -> None:
    visitor.opens()
    said = talked(window, Visitor.objects.get(), lines=2 * PAGE + MORE)
    with listening(visitor) as heard:
        assert heard.lines() == said[-PAGE:]
        (told,) = [told for name, told in heard.events if name == "before"]
    middle = visitor.call("earlier", {"before": told["more"]}).json()
    first = visitor.call("earlier", {"before": middle["more"]}).json()

    assert [line["text"] for line in middle["lines"]] == said[MORE : MORE + PAGE]
    assert [line["text"] for line in first["lines"]] == said[:MORE]
    assert first["more"] is None

    stranger = Browser(door.url, window).opens()
    assert stranger.call("earlier", {"before": told["more"]}).json() == {"lines": [], "more": None}
    assert visitor.call("earlier", {"before": "yesterday"}).status_code == 422
    assert visitor.call("earlier", {}).status_code == 422


def talked(window: Inbox, visitor: Visitor, *, lines: int) -> list[str]:
    """So many lines, an hour ago, all taken in at the same moment."""
    now, said = timezone.now() - timedelta(hours=1), [f"Line {number}" for number in range(lines)]
    who = {"id": visitor.addresses[0], "name": "Petros", "language": "en", "email": ""}
    for number, text in enumerate(said):
        at, key = now - timedelta(seconds=lines - number), f"00000000-0000-4000-8000-{number:012}"
        body = wording.line(
            key, visitor=who, text=text, at=at, page={"url": "", "title": ""}, files=[], aliases=[]
        )
        RawCall.objects.create(workspace_id=window.workspace_id, inbox=window, body=body)
    calls.take_all(now=now)
    assert Message.objects.count() == lines
    return said
