"""A stranger's HTML: nothing of it runs, nothing is fetched, and what is honest is still to be seen."""

from __future__ import annotations

import html as entities
import re
import time

import pytest
from playwright.sync_api import Dialog, Page
from pytest_httpserver import HTTPServer

from heard.channels.email.clean import clean_html
from heard.channels.email.tests.payloads_of_evil import LINKS, RUNS

BAD = re.compile(
    r"<\s*(?:script|style|svg|math|form|iframe|object|embed|template|link|meta|base|input|button|noscript)\b"
    r"|<[^>]*\son\w+\s*=|<[^>]*\b(?:srcdoc|srcset|ping|background|poster|formaction|action|id|class|name)\s*="
    r"|url\(|position:|expression",
    re.IGNORECASE,
)


def cleaned(html: str, **named: object) -> str:
    return clean_html(html, inline={}, remote=False).html


@pytest.mark.parametrize("evil", RUNS)
def test_nothing_that_runs_or_fetches_is_left(evil: str) -> None:
    left = cleaned(f"<p>Hello</p>{evil}")
    assert not BAD.search(entities.unescape(re.sub(r"&lt;.*?(?=<|$)", "", left, flags=re.DOTALL)))
    assert "/ran" not in left or "&lt;" in left
    assert cleaned(left) == left or "<details>" in left


@pytest.mark.parametrize("address", LINKS)
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    assert "href" not in cleaned(f'<a href="{address}">x</a>')


def test_links_open_elsewhere_and_tell_nobody_where_from() -> None:
    left = cleaned('<a href="https://a.example/?b=1&amp;c=2" target=_self rel=opener onclick=x>x</a>')
    assert 'href="https://a.example/?b=1&amp;c=2"' in left
    assert 'target="_blank"' in left
    assert 'rel="noopener noreferrer nofollow"' in left


def test_pictures_from_elsewhere_wait_until_they_are_allowed() -> None:
    html = '<img src="http://a.example/1.png" alt="Logo" width="1"><img src="HTTPS://a.example/2.png">'
    hidden = clean_html(html, inline={}, remote=False)
    assert (hidden.blocked, "src" in hidden.html, 'alt="Logo"' in hidden.html) == (2, False, True)
    shown = clean_html(html, inline={}, remote=True, through=lambda url: f"/picture?of={len(url)}")
    assert (shown.blocked, shown.html.count('src="/picture?of=')) == (0, 2)


def test_pictures_in_the_mail_are_shown_from_where_we_keep_them() -> None:
    inline = {"<Logo@x>": "/attachments/1"}
    html = '<img src="cid:logo@X"><img src="cid:other"><img src="/attachments/1"><img src="data:image/png;base64,AA">'
    assert clean_html(html, inline=inline, remote=False).html == '<img src="/attachments/1"><img><img><img>'


def test_some_styles_stay() -> None:
    left = cleaned(
        '<td style="color: red; padding: 3px; position: fixed; top: 0" bgcolor=red>x</td><p style="color:red">'
    )
    assert "position" not in left
    assert 'style="color:red"' in left


def test_what_is_quoted_is_folded() -> None:
    left = cleaned('<p>New</p><div class="gmail_quote">On Monday … wrote:<blockquote>Old</blockquote></div>')
    assert left.startswith("<p>New</p><details><summary>…</summary>")
    assert "Old" in left


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5_000 + "Hello",
        "<b>x</b>" * 20_000 + "Hello",
        "Hello" + " " * 1_100_000,
        "<x1>a</x2>" * 9_000 + "Hello",
        "<!-- </div> --><div>" * 6_000 + "Hello",
        "<div title='</div>'>" * 6_000 + "Hello",
    ],
)
def test_too_much_is_shown_as_text(html: str) -> None:
    left = cleaned(html)
    assert "Hello" in left
    assert left.count("<") == 2


@pytest.mark.parametrize(
    "tag", ["div", "b", "a", "p", "table", "td", "li", "font", "nobr", "h1", "button", "ruby"]
)
def test_cleaning_is_quick(tag: str) -> None:
    begun = time.process_time()
    for html in (
        f"<{tag}>x</{tag}>" * 9_000,
        f"<{tag}>" * 390 + "x",
        f"<{tag}>" * 19_000,
        f"<{tag}>x</p>" * 9_000,
    ):
        cleaned(html)
    assert time.process_time() - begun < 8


def test_in_a_browser_nothing_runs_and_nothing_is_fetched(page: Page, httpserver: HTTPServer) -> None:
    """Without the frame and the policy that guard it on our pages: cleaning alone has to be enough."""
    bodies = [cleaned(evil) for evil in RUNS] + [cleaned(f'<a href="{one}">x</a>') for one in LINKS]
    every = "".join(f"<section>{body}</section>" for body in bodies)
    httpserver.expect_request("/").respond_with_data(
        f"<!doctype html><title>x</title>{every}", content_type="text/html"
    )
    happened: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        happened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("request", lambda request: happened.append(request.url))
    page.goto(httpserver.url_for("/"))
    page.evaluate(
        "document.querySelectorAll('section *').forEach(one => { one.focus?.(); one.href || one.click?.() })"
    )
    page.wait_for_load_state("networkidle")
    assert [one for one in happened if not one.endswith(("/", "/favicon.ico"))] == []
