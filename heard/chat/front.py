"""`/chat/…`: the visitors' side, as raw ASGI because it holds a connection for each open window.

One table of verbs. Every call but the script and the files is answered to the very origins that the window's
admin allowed, and is known by a token in a header: no cookies, nothing in addresses.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from heard.buckets import Buckets
from heard.channels.chat.channel import LARGEST_FILE, LONGEST_LINE, MOST_FILES
from heard.chat import files, history, lines, sessions
from heard.chat.colours import words_on
from heard.chat.http import (
    ALLOWED_HEADERS,
    Asked,
    Gone,
    Receive,
    Refused,
    Said,
    Scope,
    Send,
    allowed,
    answer,
    asked_from,
    said,
)
from heard.chat.news import News
from heard.chat.rows import AWAY, Rows, VisitorRow, WidgetRow
from heard.chat.script import script
from heard.chat.stream import tell
from heard.chat.texts import direction_of, texts_for
from heard.chat.watch import Watch
from heard.inboxes.models import Inbox
from heard.ingest.store import RawCallStore, StoreAway, StoreFull

log = logging.getLogger(__name__)

SESSIONS_A_MINUTE = 60
LOOKS_A_MINUTE = 600
METHODS = {"settings": "GET", "live": "GET"}
VERBS = frozenset({"settings", "live", "sessions", "lines", "seen", "typing", "page", "files", "earlier"})
# Of one visitor, in all processes together. What is not named is a sign: typing, a page, a look back.
SIGNS_A_MINUTE = 120
A_MINUTE = {"lines": 20, "files": 10}


class Chat:
    """`store` is the one that hooks use: a visitor's line shares its commits with them."""

    def __init__(self, *, database_url: str, store: RawCallStore, proxies: int) -> None:
        self.rows = Rows(database_url)
        self.store, self.proxies = store, proxies
        self.watch = Watch(database_url, self.rows)
        self.news = News(self.rows)
        # Of a process: a look is answered from memory, and only its own time is to be guarded.
        self._looks = Buckets(LOOKS_A_MINUTE)

    async def open(self) -> None:
        await self.rows.open()
        self.watch.open()

    async def close(self) -> None:
        await self.watch.close()
        await self.rows.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = asked_from(scope, receive, proxies=self.proxies)
        parts = scope["path"].split("/")[2:]
        cors: dict[str, str] = {}
        try:
            widget = await self._widget(parts)
            if len(parts) == 1:
                await answer(send, script(asked))
            elif len(parts) == 3 and parts[1] == "files" and asked.method == "GET":
                await files.serve(parts[2], widget, self.rows, send)
            else:
                cors = _cors(asked, widget)
                await self._verb(parts, asked, widget, send, cors)
        except Gone:
            return
        except Refused as refused:
            await answer(send, _refusal(refused, cors))
        except (StoreFull, StoreAway, *AWAY):
            await answer(send, _refusal(Refused(503, "away", after=5), cors))

    async def _widget(self, parts: list[str]) -> WidgetRow:
        key = parts[0].removesuffix(".js") if len(parts) == 1 else parts[0]
        if (len(parts) == 1) is not parts[0].endswith(".js") or len(key) > 40:
            raise Refused(404, "no_such_window")
        widget = await self.rows.widget(key)
        if widget is None or widget.state == Inbox.State.DISCONNECTED:
            raise Refused(404, "no_such_window")
        return widget

    async def _verb(
        self, parts: list[str], asked: Asked, widget: WidgetRow, send: Send, cors: dict[str, str]
    ) -> None:
        verb = parts[1] if len(parts) == 2 else ""
        if verb not in VERBS:
            raise Refused(404, "no_such_verb")
        if asked.method == "OPTIONS":
            await answer(send, _preflight(cors))
            return
        if asked.method != METHODS.get(verb, "POST"):
            raise Refused(405, "wrong_method")
        if verb == "live":
            visitor = await self._visitor(asked, widget)
            await tell(asked, widget, visitor, self.rows, self.news, self.watch, send)
            return
        found = await self._answer(verb, asked, widget)
        await answer(send, Said(found.status, found.body, {**found.headers, **cors}))

    async def _answer(self, verb: str, asked: Asked, widget: WidgetRow) -> Said:
        if verb == "settings":
            rate = self._looks.take(asked.caller)
            _require_patience(rate.retry_after)
            return _settings(asked, widget)
        if verb == "sessions":
            new = await self.rows.wait(f"chat session {asked.caller}", a_minute=SESSIONS_A_MINUTE)
            _require_patience(new)
            return await sessions.begin(asked, widget, self.rows, self.store)
        visitor = await self._visitor_who(verb, asked, widget)
        match verb:
            case "lines":
                return await lines.say(asked, widget, visitor, self.rows, self.store)
            case "seen":
                return await lines.see(asked, widget, visitor, self.rows, self.store)
            case "typing":
                return await lines.type_on(asked, visitor, self.rows)
            case "earlier":
                return await history.go_back(asked, widget, visitor, self.rows)
            case "page":
                return await lines.go_to(asked, visitor, self.rows)
            case _:
                return await lines.hand_over(asked, visitor, self.rows)

    async def _visitor(self, asked: Asked, widget: WidgetRow) -> VisitorRow:
        return _known(await self.rows.visitor(asked.token, widget.inbox_id))

    async def _visitor_who(self, verb: str, asked: Asked, widget: WidgetRow) -> VisitorRow:
        what = verb if verb in A_MINUTE else "signs"
        visitor, wait = await self.rows.visitor_who(
            what, asked.token, widget.inbox_id, a_minute=A_MINUTE.get(verb, SIGNS_A_MINUTE)
        )
        _require_patience(wait)
        return _known(visitor)


def _known(visitor: VisitorRow | None) -> VisitorRow:
    if visitor is None:
        raise Refused(401, "no_session")
    return visitor


def _settings(asked: Asked, widget: WidgetRow) -> Said:
    """How the window looks and what it says, in the visitor's language."""
    language, texts = texts_for(asked.query.get("language", ""), widget.texts)
    hours = widget.hours_at(datetime.now(UTC))
    return said(
        {
            "language": language,
            "dir": direction_of(language),
            "texts": texts,
            "colour": widget.colour,
            "ink": words_on(widget.colour),
            "position": widget.position,
            "name": widget.name,
            "open": hours.is_open,
            "until": hours.until.isoformat() if hours.until else None,
            "opens": hours.opens.isoformat() if hours.opens else None,
            "longest": LONGEST_LINE,
            "largest": LARGEST_FILE,
            "files": MOST_FILES,
        }
    )


def _require_patience(wait: float) -> None:
    if wait > 0:
        raise Refused(429, "too_many", after=wait)


def _cors(asked: Asked, widget: WidgetRow) -> dict[str, str]:
    if asked.origin not in widget.domains:
        raise Refused(403, "not_this_site")
    return allowed(asked.origin)


def _preflight(cors: dict[str, str]) -> Said:
    may = {
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": ALLOWED_HEADERS.decode(),
        "access-control-max-age": "600",
    }
    return Said(204, b"", {**cors, **may})


def _refusal(refused: Refused, cors: dict[str, str]) -> Said:
    told = said({"error": refused.code}, refused.status)
    later = {"retry-after": str(int(refused.after + 0.999))} if refused.after else {}
    return Said(told.status, told.body, {**told.headers, **later, **cors})
