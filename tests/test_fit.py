"""What our own look at a page finds: what axe finds, also where it remembers colours from other pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests import looks
from tests.looks import fit, fit_in_the_dark

PAGE = """<!doctype html><html lang="en"><title>Colours</title><style>
  html {{ color-scheme: light dark; background: light-dark(white, black); color: light-dark(#444, #ccc) }}
  {style}
</style><main><h1>Colours</h1>{body}</main></html>"""
GREY = "<p>Grey on the ground of the page</p>"
FAINT = ["color-contrast"]


def found(page: Page, body: str, style: str = "", *, dark: bool = False) -> list[str]:
    page.set_content(PAGE.format(style=style, body=body))
    told = fit_in_the_dark(page, "page") if dark else fit(page, "page")
    return [line.split(": ")[1] for line in told]


def test_what_was_right_on_one_page_hides_nothing_on_the_next(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "RIGHT", set())
    assert found(page, GREY) == []
    assert len(looks.RIGHT) == 2  # a title and a paragraph
    assert found(page, GREY, dark=True) == []

    for style in (
        "p { color: #999 }",
        "p { background: #777 }",
        "main { background: #777 }",
        "main { background: white; opacity: 0.5 }",
        "body { opacity: 0.5 }",
    ):
        assert found(page, GREY, style) == FAINT, style
    assert found(page, GREY, "p { color: light-dark(#444, #333) }") == []
    assert found(page, GREY, "p { color: light-dark(#444, #333) }", dark=True) == FAINT
    # Seen for the first time where nobody sees it, and only then where somebody does.
    assert found(page, "<p hidden>Grey</p>", "p { color: #999 }") == []
    assert found(page, GREY, "p { color: #999 }") == FAINT


def test_a_text_that_lies_over_something_else_is_looked_at_wherever_it_stands(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "RIGHT", set())
    assert found(page, GREY) == []
    over = f"<div></div><section>{GREY}</section>"
    block = "div { background: #777; height: 200px }"

    assert found(page, over, block) == []
    for style in ("section { position: absolute; top: 100px }", "p { translate: 0 -120px }"):
        assert found(page, over, f"{block} {style}") == FAINT, style
    # As wide as its own ground, it does not matter what is under that.
    assert found(page, over, f"{block} section {{ position: absolute; top: 100px; background: white }}") == []


def test_the_rest_of_axe_is_asked_as_before(page: Page) -> None:
    assert found(page, "<button></button><img src='data:,'>") == ["button-name", "image-alt"]


def test_a_cell_that_does_not_stand_in_its_row_is_found(page: Page) -> None:
    table = "<table><tr><th scope='row'>Inbox</th><td class='beside'>1</td><td>2</td></tr></table>"
    assert found(page, table) == []
    assert found(page, table, ".beside { display: grid }") == ["torn-rows"]
    assert found(page, table, ".beside { display: none }") == []
    # A row may be a card of its own where there is no room for columns.
    assert found(page, table, "tr, .beside { display: grid }") == []
