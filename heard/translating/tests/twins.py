"""DeepL and LibreTranslate as their documents describe them: over real HTTP, with the bodies that they take.

What they "translate" into is the same text in capitals, so that whatever was not to be translated shows.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from heard.translating.models import Translator
from heard.translating.setting import Setting, change_translator
from heard.workspaces.models import Agent
from tests.cast import NOON

FREE_KEY = "279a2e9d-83b3-c416-7e2d-f721593e42a0:fx"
DEEPL_TARGETS = {"CS", "DE", "EL", "EN-GB", "EN-US", "HU", "PT-PT", "SL", "NB"}
LANGUAGES = {"cs", "de", "el", "en", "hu", "sl", "nb"}


class Twin:
    """`heard` are the bodies of all calls; `fault` is answered instead of a translation."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.fault: tuple[int, dict[str, Any]] | None = None
        self.source = "cs"

    def body(self, request: Request) -> dict[str, Any]:
        assert request.content_type == "application/json"
        told: dict[str, Any] = json.loads(request.get_data())
        self.heard.append(told)
        return told


class DeepLTwin(Twin):
    def answer(self, request: Request) -> Response:
        self.keys.append(request.headers.get("Authorization", ""))
        if self.keys[-1] != f"DeepL-Auth-Key {FREE_KEY}":
            return Response(status=403)
        told = self.body(request)
        if self.fault:
            return _json(*self.fault)
        if told["target_lang"] not in DEEPL_TARGETS:
            return _json(400, {"message": "Value for 'target_lang' not supported."})
        assert told["tag_handling"] == "xml"
        assert len(told["text"]) <= 50
        found = [_capitals_of_xml(text, told["ignore_tags"]) for text in told["text"]]
        source = told.get("source_lang", self.source.upper())
        rows = [{"detected_source_language": source, "text": text} for text in found]
        return _json(200, {"translations": rows})


class LibreTwin(Twin):
    key = ""

    def answer(self, request: Request) -> Response:
        told = self.body(request)
        if self.fault:
            return _json(*self.fault)
        if told.get("api_key", "") != self.key:
            return _json(403, {"error": "Invalid API key"})
        for code in {told["source"], told["target"]} - LANGUAGES - {"auto"}:
            return _json(400, {"error": f"{code} is not supported"})
        plain = told["format"] == "text"
        # Also of what is HTML: the real one unescapes all that it gives.
        texts = [text.upper() if plain else html.unescape(_capitals_of_html(text)) for text in told["q"]]
        found: dict[str, Any] = {"translatedText": texts}
        if told["source"] == "auto":
            found["detectedLanguage"] = [{"confidence": 90.0, "language": self.source}] * len(texts)
        return _json(200, found)


@contextmanager
def deepl(server: HTTPServer, ann: Agent, **fields: Any) -> Iterator[DeepLTwin]:
    """The workspace of Ann translates by DeepL."""
    twin = DeepLTwin()
    server.expect_request("/v2/translate", method="POST").respond_with_handler(twin.answer)
    setting = Setting(Translator.Provider.DEEPL, server.url_for("").rstrip("/"), FREE_KEY, **fields)
    change_translator(ann.workspace, setting, by=ann, now=NOON)
    yield twin
    server.check_assertions()


@contextmanager
def libretranslate(server: HTTPServer, ann: Agent, **fields: Any) -> Iterator[LibreTwin]:
    twin = LibreTwin()
    server.expect_request("/translate", method="POST").respond_with_handler(twin.answer)
    setting = Setting(Translator.Provider.LIBRETRANSLATE, server.url_for("").rstrip("/"), **fields)
    change_translator(ann.workspace, setting, by=ann, now=NOON)
    yield twin
    server.check_assertions()


def _json(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def _capitals_of_xml(text: str, ignored: list[str]) -> str:
    """Strictly parsed: a stray `&` or `<` is an error there, too."""
    root = ElementTree.fromstring(f"<root>{text}</root>")

    def inside(element: ElementTree.Element) -> str:
        keeps = element.tag in ignored
        words = [html.escape(element.text or "", quote=False) if keeps else _capitals(element.text)]
        for child in element:
            words += [f"<{child.tag}>{inside(child)}</{child.tag}>", _capitals(child.tail)]
        return "".join(words)

    return inside(root)


def _capitals(text: str | None) -> str:
    return html.escape((text or "").upper(), quote=False)


class _Capitals(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said, self.keeps = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.keeps = ("translate", "no") in attrs
        self.said += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        self.keeps = False
        self.said += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.said += html.escape(data if self.keeps else data.upper(), quote=False)


def _capitals_of_html(text: str) -> str:
    parser = _Capitals()
    parser.feed(text)
    parser.close()
    return parser.said
