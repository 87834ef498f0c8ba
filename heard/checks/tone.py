"""A joke where somebody complains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding, Weight
from heard.checks.links import Span, Taken, link_spans
from heard.checks.passages import code_spans, quoted_spans
from heard.checks.regex import regex

_LAUGHS: Final = (
    "😀😃😄😁😆😅😂🤣😹😺😸🙃😉😜😝😛🤪😎😏🤭🥳🎉🎊🎈🍾🥂🍻💃🕺🤡👻💩🔥💯🤩😋😇🤑🤓🙈🙉🙊🌞✨💥🚀🎁🏆"
)
_SMILES: Final = "🙂😊☺😌😍🥰😘💋🤗👍👌👏🙌💪✌🤙😻💕💖💘🌸🌹🌷💐"
_LAUGHTER: Final = regex(
    r"(?<!\w)(?:(?:a?ha){2,20}h?|(?:he){2,20}h?|(?:hi){2,20}|(?:ho){3,20}|(?:χα ?){2,20}|χεχε|χιχι|"
    r"lo+l|lmao|rofl|xd+|"
    r"(?:just|only) (?:kidding|joking)|jk|pun intended|"
    r"to byl (?:jen )?(?:vtip|žert)|(?:jen )?(?:si )?dělá(?:m|me) (?:si )?(?:jen )?(?:legraci|srandu|psinu)|žertujeme|"
    r"(?:samo )?hec(?:a|amo se)?|hec,? hec|(?:malo )?(?:se )?(?:šalimo|šalim)(?: se)?|to je bila šala|"
    r"csak (?:vicc\w{0,6}|tréf\w{1,6})|vicceltünk|vicceltem|tréfálunk|"
    r"πλάκα (?:κάν\w{1,5}|ήταν)|αστειευ\w{3,8}|αστειάκι)(?!\w)",
    re.IGNORECASE,
)
_FACE: Final = regex(
    r"(?:(?<=[\s\w.,!?;])|^)(?:[:;=]['’]?-?[)DPp*](?!\w)\)*|\^_?\^|<3(?!\d)|[:;]-?\]{1,3})", re.MULTILINE
)
_EMOJI: Final = regex(f"([{_LAUGHS}])|[{_SMILES}]\ufe0f?[\U0001f3fb-\U0001f3ff]?")


def tone(draft: Draft) -> Iterator[Finding]:
    """Only in a complaint. An emoji that feels with somebody (🙏, 😔) is none of these."""
    if not draft.complaint:
        return
    text = draft.text
    taken = Taken(text, link_spans(text), code_spans(text), quoted_spans(text))
    for found in _LAUGHTER.finditer(text):
        if taken.take(found.span()):
            yield _finding("tone.joke", N_("“%(found)s” is out of place in a complaint."), found, "warn")
    for found in _EMOJI.finditer(text):
        if taken.take(found.span()):
            yield _finding(
                "tone.emoji",
                N_("%(found)s may hurt somebody who complains."),
                found,
                "warn" if found[1] else "hint",
            )
    for found in _FACE.finditer(text):
        if taken.take(found.span()) and not _closes_a_bracket(text, found):
            yield _finding("tone.emoji", N_("%(found)s may hurt somebody who complains."), found, "warn")


def jokes(text: str) -> Iterator[Span]:
    """Laughter and words that say it was a joke, outside of links, code and quotations."""
    taken = Taken(text, link_spans(text), code_spans(text), quoted_spans(text))
    for found in _LAUGHTER.finditer(text):
        if taken.take(found.span()):
            yield found.span()


def _finding(code: str, reason: str, found: re.Match[str], weight: Weight) -> Finding:
    params = {"found": found.group()}
    return Finding("tone", code, reason, *found.span(), True, mend="", params=params, weight=weight)


def _closes_a_bracket(text: str, found: re.Match[str]) -> bool:
    """ "(see point 2:)" smiles at nobody."""
    before = text[max(0, found.start() - 80) : found.start()]
    return found.group().endswith(")") and before.rfind("(") > before.rfind(")")
