"""Is there a blank that nobody filled in?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.links import link_spans, overlaps

_NAME: Final = r"[^\W\d_][\w '’./|-]{0,40}"
_HTML: Final = (
    r"(?:[abipsu]|br|em|hr|li|ol|ul|td|th|tr|code|div|h[1-6]|img|pre|small|span|strong|sub|sup|table)"
)
_DASH_OR_COMMA: Final = r"[ \t]*(?:,|[-–—:](?!\w))"

# Greetings that are nothing without a name …
_NEEDS_NAME: Final = (
    r"Dear(?: (?:Mr|Mrs|Ms|Miss|Dr)\.?)?",
    r"Kedves|Tisztelt|Drága",
    r"Milý|Milá|Drahý|Drahá|Vážený(?: pane)?|Vážená(?: paní)?",
    r"Dragi|Draga|Spoštovani gospod|Spoštovana gospa",
    r"Αγαπητέ(?: κύριε)?|Αγαπητή(?: κυρία)?",
)
# … and those that are complete, unless a gap before the comma shows that a name fell out.
_GREETS: Final = (
    r"Hello|Hi|Hey|Good (?:morning|afternoon|evening)",
    r"Dobrý den|Dobré ráno|Ahoj",
    r"Dober dan|Pozdravljen[ai]?|Spoštovan[ai]|Živjo|Zdravo",
    r"Jó napot|Üdvözlöm|Szia|Helló",
    r"Γει[αά] σ(?:ας|ου)|Καλη(?:μέρα|σπέρα)(?: σας)?",
)


def _any(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


_UNFILLED: Final = _any(
    r"\{\{[^{}]{0,60}\}\}",  # {{ name }}
    r"\{%[^{}]{0,60}%\}",  # {% name %}
    rf"[#$%]?\{{\s*{_NAME}\s*\}}",  # {name} #{name} ${name}
    rf"\[{_NAME}\](?!\(|\[|:\s*https?:)",  # [name], and not a link in Markdown
    r"%\(\w+\)s",
    r"(?<![\w%])%(?![0-9A-Fa-f]{2}%)[^\W\d]\w{0,40}%(?!\w)",  # %name%, and not %C3%A9
    rf"<(?!{_HTML}>){_NAME}>",
)
_GREETING: Final = rf"^[ \t]*(?:{_any(*_NEEDS_NAME)}{_DASH_OR_COMMA}|{_any(*_GREETS)}[ \t]+,)"
_BLANK: Final = re.compile(rf"{_UNFILLED}|(?P<greeting>{_GREETING})", re.MULTILINE)


def blanks(draft: Draft) -> Iterator[Finding]:
    links = link_spans(draft.text)
    for found in _BLANK.finditer(draft.text):
        if overlaps(found.span(), links):
            continue
        shown = found.group().strip()
        start = found.end() - len(shown)
        if found.lastgroup == "greeting":
            code, reason = "blanks.greeting", N_("A name is missing after “%(blank)s”.")
            shown = shown.rstrip(",-–—: \t")
        else:
            code, reason = "blanks.unfilled", N_("“%(blank)s” has not been filled in.")
        yield Finding("blanks", code, reason, start, found.end(), overridable=True, params={"blank": shown})
