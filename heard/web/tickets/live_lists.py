"""The list for a crowd of open pages, in front of Django: a change brings all of them in the same moment.

Natural groups, as with stored calls: while one round is answered, whoever comes is collected, and the next round
answers them together. Who they are is asked once for all, and so is what stands in the list; each of them alone
took Django three milliseconds. Whatever is not plain goes to Django: an open ticket, a search, a folder of one's
own, a session that is new or over, a database that is away.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error, connection
from django.http import QueryDict
from django.http.request import split_domain_port, validate_host
from django.utils import timezone, translation

from heard.realtime.stream import cookie_of
from heard.web.sign_in.at_work import at_work
from heard.web.tickets.together import THEIR_OWN, list_for
from heard.web.tickets.where import Where, rows_shown, where_in
from heard.workspaces.models import Agent

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)

# What the script of a page sends while its stream lives. It does not mean that somebody is there.
BY_ITSELF = (b"x-heard-live", b"1")
# What a stranger sends must not cost the others of a round their answer.
SESSION = re.compile(r"[a-z0-9]{1,40}")
LONGEST_QUERY = 1_000


@dataclass(frozen=True, slots=True)
class Question:
    session: str
    where: Where
    limit: int
    arrived: float


@dataclass(frozen=True, slots=True)
class Answer:
    html: bytes
    language: str


class LiveLists:
    def __init__(self) -> None:
        self._waiting: list[tuple[Question, asyncio.Future[Answer | None]]] = []
        self._rounds: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(
            1, "live lists"
        )  # its one connection is given back after each round

    async def __call__(self, scope: Scope, send: Send) -> bool:
        """False: nothing was said, Django shall answer."""
        question = question_in(scope)
        answer = await self._ask(question) if question else None
        if answer is None:
            return False
        await send({"type": "http.response.start", "status": 200, "headers": _fields(answer)})
        await send({"type": "http.response.body", "body": answer.html})
        return True

    async def _ask(self, question: Question) -> Answer | None:
        answered: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answered))
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._answer_all())
        return await answered

    async def _answer_all(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                answers = await asyncio.get_running_loop().run_in_executor(
                    self._thread, _answered_apart, [question for question, _answered in some]
                )
                for (_question, answered), answer in zip(some, answers, strict=True):
                    if not answered.done():
                        answered.set_result(answer)
        finally:
            self._rounds = None


def question_in(scope: Scope) -> Question | None:
    """None for what is not asked by an open page, or not plain."""
    fields = scope["headers"]
    if scope["method"] != "GET" or BY_ITSELF not in fields:
        return None
    host = next((value for name, value in fields if name == b"host"), b"")
    asked = _asked(scope["query_string"])
    session = cookie_of(scope, settings.SESSION_COOKIE_NAME)
    if asked is None or not SESSION.fullmatch(session) or not _is_ours(host.decode("latin-1")):
        return None
    return Question(session, *asked, arrived=time.monotonic())


@lru_cache(maxsize=512)
def _asked(query: bytes) -> tuple[Where, int] | None:
    if len(query) > LONGEST_QUERY:
        return None
    given = QueryDict(query)
    where = where_in(given)
    if "list" not in given or given.get("open") or where.words or where.folder in THEIR_OWN:
        return None
    return where, rows_shown(given)


@lru_cache(maxsize=64)
def _is_ours(host: str) -> bool:
    return validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _answered_apart(questions: Sequence[Question]) -> Sequence[Answer | None]:
    try:
        return answers(questions)
    except Exception as error:
        # Whatever it is, Django says it to those who ask, and whoever comes after them must be answered.
        if not isinstance(error, Error):
            log.exception("%d open pages are answered one by one", len(questions))
        return [None] * len(questions)
    finally:
        connection.close()


def answers(questions: Sequence[Question]) -> list[Answer | None]:
    agents = at_work({question.session for question in questions}, now=timezone.now())
    return [_answer(question, agents.get(question.session)) for question in questions]


def _answer(question: Question, agent: Agent | None) -> Answer | None:
    if agent is None:
        return None
    language = agent.user.language
    with translation.override(language), timezone.override(ZoneInfo(agent.user.time_zone)):
        html = list_for(agent, question.where, limit=question.limit, since=question.arrived)
    return Answer(html.encode(), language)


def _fields(answer: Answer) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(answer.html)).encode()),
        (b"content-language", answer.language.encode()),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),  # a part, and no page
        (b"cache-control", b"no-store"),
        (b"referrer-policy", b"same-origin"),
        (b"vary", b"HX-Request, HX-Target, X-Heard-Live, Cookie"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
    ]
