"""HTML as text that people and searches can read."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from typing import Final

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig

from heard.channels.email.letters import tidy
from heard.channels.email.mail import MAX_HTML, MAX_TAGS

_CONFIG: Final = ParserConfig(css=CSS_PROFILES["strict"])
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"<(script|style|title|template)\b", re.IGNORECASE)
_UNSEEN_END: Final = {
    name: re.compile(rf"</{name}[^<>]*>?", re.IGNORECASE) for name in ("script", "style", "title", "template")
}
_COMMENT: Final = re.compile("<!--")
_COMMENT_END: Final = re.compile("-->")
_BREAK: Final = re.compile(
    r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?blockquote|/?table)\b[^<>]{0,2000}>", re.IGNORECASE
)
_CELL: Final = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")
_SPACES: Final = re.compile(r"[ \t]+")
_WIDEST_LINE: Final = 2_000
_MOST_READ: Final = 2_000_000
_MOST_CELLS: Final = 2_000


def too_much(html: str) -> bool:
    """So large, or with so many tags, that reading it as HTML could take for ever."""
    return len(html) > MAX_HTML or html.count("<") > MAX_TAGS


def plain_text(html: str, *, careful: bool = False) -> str:
    """`careful`: without a parser, in time that grows with the length alone."""
    html = html[:_MOST_READ]
    if careful or too_much(html) or html.lower().count("<td") > _MOST_CELLS:
        return _stripped(html)
    try:
        text = get_text(_DECLARATION.sub("", html, count=1), _CONFIG)
    except Exception:  # the parser is a stranger's, and this HTML was made to break it
        return _stripped(html)
    if len(text) > 2 * len(html) + _WIDEST_LINE:  # columns as wide as their widest cell
        return _stripped(html)
    return neat(text)


def neat(text: str) -> str:
    lines = (line.rstrip() for line in tidy(text.replace("\u00a0", " ")).split("\n"))
    text = "\n".join(lines)
    return _EMPTY_LINES.sub("\n\n", text).strip("\n")


def seen(html: str) -> str:
    """Without comments, scripts, styles and what else no reader sees; in one pass each."""
    html = _without(html, _COMMENT, lambda _: _COMMENT_END)
    return _without(html, _UNSEEN, lambda found: _UNSEEN_END[found[1].lower()])


def _stripped(html: str) -> str:
    html = _CELL.sub(" ", _BREAK.sub("\n", seen(html)))
    text = entities.unescape(_TAG.sub("", html))
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r", "\n").split("\n"))
    return neat("\n".join(lines))


def _without(html: str, begins: re.Pattern[str], ends: Callable[[re.Match[str]], re.Pattern[str]]) -> str:
    """Cuts out what stands between; what is never ended ends with the HTML."""
    kept: list[str] = []
    place = 0
    while found := begins.search(html, place):
        kept.append(html[place : found.start()])
        closed = ends(found).search(html, found.end())
        if closed is None:
            return "".join(kept)
        place = closed.end()
    return "".join([*kept, html[place:]])
