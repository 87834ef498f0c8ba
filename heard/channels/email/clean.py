"""A stranger's HTML made harmless, for a frame of its own. What is not known to be harmless is left out."""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import nh3

from heard.channels.email.html_text import plain_text, too_much
from heard.channels.email.quotes import fold_html

POLICY: Final = 1  # raise it when anything here changes: what was cleaned before is cleaned again
MAX_OPEN: Final = 400  # elements within each other; deeper ones cost the parser the square of it

_STYLED: Final = frozenset(
    {
        *(
            "color",
            "background-color",
            "font-family",
            "font-size",
            "font-style",
            "font-weight",
            "line-height",
        ),
        *("text-align", "text-decoration", "vertical-align", "white-space", "width", "max-width", "height"),
        *("padding", "padding-left", "padding-right", "padding-top", "padding-bottom"),
        *("margin", "margin-left", "margin-right", "margin-top", "margin-bottom"),
        *("border", "border-left", "border-right", "border-top", "border-bottom", "border-color"),
        *("border-collapse", "border-radius", "border-spacing", "list-style-type", "direction"),
    }
)
_TAGS: Final = frozenset(
    {
        *(
            "a",
            "abbr",
            "address",
            "article",
            "aside",
            "b",
            "bdi",
            "bdo",
            "blockquote",
            "br",
            "caption",
            "center",
        ),
        *(
            "cite",
            "code",
            "col",
            "colgroup",
            "dd",
            "del",
            "dfn",
            "div",
            "dl",
            "dt",
            "em",
            "figcaption",
            "figure",
        ),
        *(
            "font",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "i",
            "img",
            "ins",
            "kbd",
            "li",
        ),
        *("main", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike"),
        *(
            "strong",
            "sub",
            "sup",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "time",
            "tr",
            "tt",
            "u",
            "ul",
        ),
        *("var", "wbr"),
    }
)
# These go with all that stands in them; of any other unknown element the words stay.
_GONE: Final = frozenset(
    {
        *(
            "applet",
            "audio",
            "canvas",
            "embed",
            "frame",
            "frameset",
            "iframe",
            "math",
            "meta",
            "noembed",
            "noframes",
        ),
        *(
            "noscript",
            "object",
            "plaintext",
            "script",
            "select",
            "style",
            "svg",
            "template",
            "textarea",
            "title",
        ),
        *("video", "xmp"),
    }
)
_TABLE: Final = frozenset({"align", "valign", "bgcolor", "width", "height"})
_ATTRIBUTES: Final = {
    "*": {"style", "dir", "lang", "title", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "face", "size"},
    "table": {*_TABLE, "border", "cellpadding", "cellspacing"},
    "tr": set(_TABLE),
    "td": {*_TABLE, "colspan", "rowspan", "nowrap"},
    "th": {*_TABLE, "colspan", "rowspan", "nowrap"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "li": {"value"},
    "time": {"datetime"},
}
_LINKS: Final = ("http://", "https://", "mailto:", "tel:")
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "cid"})
# A style that could fetch something, or is written so that nobody sees what it does.
_FETCHES: Final = re.compile(
    r"url|image|import|expression|behaviou?r|binding|attr\s*\(|var\s*\(|[\\@<>{}]|/\*", re.IGNORECASE
)
_NEGATIVE: Final = re.compile(r"(?:margin|padding)[^;]*-\s*[\d.]", re.IGNORECASE)
_LARGEST_SPAN: Final = 100
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*(>?)")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
# They hold nothing, or end by themselves when the next of their kind begins.
_NOT_DEEP: Final = frozenset(
    {
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ),
        *("dd", "dt", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"),
    }
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`blocked`: how many pictures from elsewhere were left out."""

    html: str
    blocked: int = 0


def clean_html(
    html: str, *, inline: Mapping[str, str], remote: bool, through: Callable[[str], str] = str
) -> Cleaned:
    """`inline`: where the pictures that came with the mail are to be had, by content id.

    `remote` shows pictures from elsewhere too, each under the address that `through` makes of its own.
    What the mail quotes is folded, and opens without any script. Too much of it is shown as text.
    """
    if too_much(html) or _too_deep(html):
        return Cleaned(_as_text(html))
    pictures = _Pictures({name.strip("<> ").lower(): url for name, url in inline.items()}, remote, through)
    new, quoted = fold_html(html)
    shown = _sanitised(new, pictures)
    if quoted:
        shown += f"<details><summary>…</summary>{_sanitised(quoted, pictures)}</details>"
    return Cleaned(shown, pictures.blocked)


class _Pictures:
    """Which attributes stay, and as what."""

    def __init__(self, inline: Mapping[str, str], remote: bool, through: Callable[[str], str]) -> None:
        self.inline, self.remote, self.through = inline, remote, through
        self.blocked = 0
        self._ours: set[str] = set()

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return self._source(value.strip())
        if name == "href":
            return value if value.strip().lower().startswith(_LINKS) else None
        if name == "style":
            return None if _FETCHES.search(value) or _NEGATIVE.search(value) else value
        if name in ("colspan", "rowspan", "span"):
            return value if value.isascii() and value.isdigit() and int(value[:9]) <= _LARGEST_SPAN else None
        return value

    def _source(self, url: str) -> str | None:
        scheme, _, rest = url.partition(":")
        if scheme.lower() == "cid":
            return self._shown(self.inline.get(rest.strip("<> ").lower(), ""))
        if scheme.lower() not in ("http", "https"):
            return None
        if not self.remote:
            self.blocked += 1
            return None
        return self._shown(self.through(url))

    def _shown(self, url: str) -> str | None:
        self._ours.add(url)
        return url or None

    def relative(self, url: str) -> str | None:
        """Only what we made ourselves may lie beside our own pages."""
        return url if url in self._ours else None


def _sanitised(html: str, pictures: _Pictures) -> str:
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        attribute_filter=pictures.attribute,
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=set(_SCHEMES),
        url_relative=pictures.relative,
        filter_style_properties=set(_STYLED),
    )


def _too_deep(html: str) -> bool:
    """How deep it can be at the most: what is opened and not closed by its own name, anywhere on the way."""
    open_: Counter[str] = Counter()
    depth, within = 0, False
    for found in _TAG.finditer(_COMMENT.sub("", html)):
        name, closing = found[2].lower(), bool(found[1])
        if name in _NOT_DEEP or (closing and (within or not open_[name])):
            continue
        within = not closing and not found[3]  # what comes next stands within this tag, and closes nothing
        open_[name] += -1 if closing else 1
        depth += -1 if closing else 1
        if depth > MAX_OPEN:
            return True
    return False


def _as_text(html: str) -> str:
    text = entities.escape(plain_text(html[:2_000_000], careful=True))
    return f'<div style="white-space: pre-wrap">{text}</div>'
