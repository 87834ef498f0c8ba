"""What is new in a mail, and what it only repeats. Folding hides, it never deletes: both halves are kept.

Where it is not clear, everything counts as new: a quote too many is a nuisance, a sentence too few is lost.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from heard.channels.email import quote_words as words
from heard.channels.email.html_text import seen

_MOST_LINES: Final = (
    5_000  # looked at; what comes later in a mail is folded with what comes before, or not at all
)
_LONGEST_ATTRIBUTION: Final = 400
_LONGEST_SIGN: Final = 300  # of a line that says where a quote begins
_QUOTED: Final = re.compile(r"\s{0,3}>")
_SIGNATURE: Final = re.compile(r"--[ \u00a0]?")
_LONGEST_DEVICE_LINE: Final = 120


def fold(text: str, *, forwarded: bool = False) -> tuple[str, str]:
    """What is new, and what is quoted or signature. A `forwarded` mail is all new."""
    lines = text.split("\n")
    if forwarded or any(_is(words.FORWARDED, line) for line in lines[:_MOST_LINES]):
        return text, ""
    new, quoted = _above_the_quote(lines)
    new, before, after = _without_blocks(new)
    new, signature = _without_signature(new)
    said = "\n".join(new).strip("\n").rstrip()
    if not said.strip():
        return text, ""
    rest = "\n".join([*before, *signature, *after, *quoted]).strip("\n")
    return said, rest


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST_SIGN and bool(pattern.fullmatch(line))


def _above_the_quote(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    for place, line in enumerate(lines[:_MOST_LINES]):
        if _is(words.ORIGINAL, line) or _is(words.OUR_LINE, line) or _is_header_block(lines, place):
            begun = _with_rule(lines, place)
        elif (opened := _attribution(lines, place)) is not None and _rest_is_quoted(lines, place):
            begun = opened
        else:
            continue
        return list(lines[:begun]), list(lines[begun:])
    return list(lines), []


def _is_header_block(lines: Sequence[str], place: int) -> bool:
    """From, and soon below it two of Sent, To and Subject: how Outlook quotes."""
    if not words.LABELS["from"].match(lines[place][:60]):
        return False
    below = [line[:60] for line in lines[place + 1 : place + 9]]
    named = sum(any(words.LABELS[name].match(line) for line in below) for name in ("sent", "to", "subject"))
    return named >= 2


def _with_rule(lines: Sequence[str], place: int) -> int:
    above = place - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and words.RULE.fullmatch(lines[above][:200]) else place


def _attribution(lines: Sequence[str], last: int) -> int | None:
    """Where the words "On … somebody wrote:" begin that end on this line."""
    if not lines[last].rstrip(" \t*\u00a0").endswith((":", "：")):
        return None
    said = ""
    for first in range(last, max(-1, last - 4), -1):
        if not lines[first].strip():
            return None
        said = f"{lines[first].strip()} {said}"
        if len(said) > _LONGEST_ATTRIBUTION:
            return None
        if words.WROTE.search(said) and (words.TIME.search(said) or words.DATE.search(said)):
            return _opening(lines, first, last)
    return None


def _opening(lines: Sequence[str], first: int, last: int) -> int:
    """A long one is wrapped, and its date may stand a line or two above."""
    if words.OPENS.match(lines[first].lstrip(" *")[:200]):
        return first
    for above in range(first - 1, max(-1, last - 4), -1):
        if not lines[above].strip():
            break
        if words.OPENS.match(lines[above].lstrip(" *")[:200]):
            return above
    return first


def _rest_is_quoted(lines: Sequence[str], last: int) -> bool:
    """Without marks before its lines a quote is believed only when the attribution has date and time."""
    below = next((line for line in lines[last + 1 :] if line.strip()), "")
    if _QUOTED.match(below):
        return False  # a block with an end, and perhaps an answer below it
    said = " ".join(lines[max(0, last - 3) : last + 1])
    return bool(words.TIME.search(said) and words.DATE.search(said))


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that begin with `>`, and the attribution above them."""

    first: int
    last: int
    attributed: bool

    @property
    def counts(self) -> bool:
        return self.attributed or self.last > self.first


def _without_blocks(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """A quote below everything new, or above it. Between answers it stays: it is what they answer."""
    blocks = [block for block in _blocks(lines) if block.counts]
    if not blocks:
        return lines, [], []
    last = blocks[-1]
    if _nothing_but_signature(lines[last.last + 1 :]):
        below = lines[last.last + 1 :]
        return [*lines[: last.first], *below], [], lines[last.first : last.last + 1]
    if len(blocks) == 1 and not "".join(lines[: last.first]).strip():
        return lines[last.last + 1 :], lines[: last.last + 1], []
    return lines, [], []


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    place = 0
    while place < min(len(lines), _MOST_LINES):
        if not _QUOTED.match(lines[place]):
            place += 1
            continue
        last = place
        for below in range(place + 1, len(lines)):
            if _QUOTED.match(lines[below]):
                last = below
            elif lines[below].strip():
                break
        opened = _attribution_above(lines, place)
        yield _Block(place if opened is None else opened, last, opened is not None)
        place = last + 1


def _attribution_above(lines: Sequence[str], place: int) -> int | None:
    above = place - 1
    while above >= max(0, place - 3) and not lines[above].strip():
        above -= 1
    return _attribution(lines, above) if above >= 0 else None


def _nothing_but_signature(lines: Sequence[str]) -> bool:
    said = [line for line in lines if line.strip()]
    return not said or bool(_SIGNATURE.fullmatch(said[0])) or (len(said) == 1 and _is_device_line(said[0]))


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    for place, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line):
            lines, signature = lines[:place], lines[place:]
            break
    else:
        signature = []
    filled = [place for place, line in enumerate(lines) if line.strip()]
    if filled and _is_device_line(lines[filled[-1]]):
        return lines[: filled[-1]], [*lines[filled[-1] :], *signature]
    return lines, signature


def _is_device_line(line: str) -> bool:
    return len(line) <= _LONGEST_DEVICE_LINE and bool(words.DEVICE.fullmatch(line.strip("*_ ")))


# ── HTML ──────────────────────────────────────────────────────────────────────────────────────────

_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})\b([^<>]{0,2000})>")
_BOX: Final = re.compile(
    r"""\b(?:class\s*=\s*["']?[^"'>]{0,200}\b(?:gmail_quote|gmx_quote|yahoo_quoted|protonmail_quote|tutanota_quote"""
    r"""|zmail_extra|moz-cite-prefix|ms-outlook-mobile-reference-message)\b|type\s*=\s*["']?cite\b"""
    r"""|name\s*=\s*["']?quote\b)""",
    re.IGNORECASE,
)
_LINE_ABOVE: Final = re.compile(
    r"""\bid\s*=\s*["']?(?:x_)*(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|stopSpelling"""
    r"""|OLK_SRC_BODY_SECTION)\b|\bclass\s*=\s*["']?OutlookMessageHeader"""
    r"""|border-top:\s*(?:solid\s+#(?:E1E1E1|B5C4DF|ccc\w*)|#(?:E1E1E1|B5C4DF)\s+1(?:\.0)?pt\s+solid)""",
    re.IGNORECASE,
)
_ANY_TAG: Final = re.compile(r"<[^<>]{0,5000}>")
_PICTURE: Final = re.compile(r"<img\b", re.IGNORECASE)


def fold_html(html: str, *, forwarded: bool = False) -> tuple[str, str]:
    """Like `fold`. The halves are fragments: tags may stay open until they are cleaned."""
    if forwarded:
        return html, ""
    for found in _TAG.finditer(html):
        closing, tag, attributes = found[1], found[2].lower(), found[3]
        if closing or tag not in ("div", "blockquote", "hr", "span", "table"):
            continue
        if _LINE_ABOVE.search(attributes):
            return _split(html, found.start(), len(html))
        if box := _BOX.search(attributes):
            last = _end_of(html, found.end(), tag)
            if "moz-cite-prefix" in box[0]:
                last = _end_of_next(html, last)  # only the attribution; the quote itself comes next
            return _split(html, found.start(), last)
    return html, ""


def _split(html: str, first: int, last: int) -> tuple[str, str]:
    if _forwards(html[first : first + 3_000]):
        return html, ""
    after = html[last:]
    outside = _without_boxes(after)
    if not _says(outside):
        new, quoted = html[:first], html[first:]  # boxes in a row, and nothing of the writer's own in between
    elif outside != after:
        return html, ""  # answers between quotes
    else:
        new, quoted = html[:first] + after, html[first:last]
    return (new, quoted) if _says(new) else (html, "")


def _without_boxes(html: str) -> str:
    kept: list[str] = []
    place = 0
    for found in _TAG.finditer(html):
        if found.start() >= place and not found[1] and _BOX.search(found[3]):
            kept.append(html[place : found.start()])
            place = _end_of(html, found.end(), found[2].lower())
    return "".join([*kept, html[place:]])


def _end_of(html: str, place: int, tag: str) -> int:
    depth = 1
    for found in _TAG.finditer(html, place):
        if found[2].lower() == tag:
            depth += -1 if found[1] else 1
            if depth == 0:
                return found.end()
    return len(html)


def _end_of_next(html: str, place: int) -> int:
    found = _TAG.search(html, place)
    if found is None or found[1] or not _BOX.search(found[3]):
        return place
    return _end_of(html, found.end(), found[2].lower())


def _forwards(html: str) -> bool:
    text = entities.unescape(_ANY_TAG.sub("\n", html))
    return any(_is(words.FORWARDED, line) for line in text.split("\n")[:40] if line.strip())


def _says(html: str) -> bool:
    shown = seen(html)
    return bool(_PICTURE.search(shown) or entities.unescape(_ANY_TAG.sub("", shown)).strip())
