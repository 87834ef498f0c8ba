"""Does the network take these buttons?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from heard.channels.contract import Buttons
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.checks.regex import regex

_WEB_ADDRESS: Final = regex(r"https?://[^\s/]+\.[^\s]+\Z", re.IGNORECASE)
_LONGEST_ADDRESS: Final = 1_000


def buttons(draft: Draft) -> Iterator[Finding]:
    if not draft.buttons:
        return
    if draft.buttons_taken is None:
        yield _stop("none", N_("No buttons can be sent here."))
        return
    yield from _each(draft, draft.buttons_taken)
    yield from _together(draft, draft.buttons_taken)


def _each(draft: Draft, taken: Buttons) -> Iterator[Finding]:
    for button in draft.buttons:
        if not button.label.strip():
            yield _stop("label", N_("Every button needs a word."))
        elif len(button.label) > taken.label:
            reason = N_("The button “%(label)s” is too long, %(most)s characters fit.")
            yield _stop("long", reason, label=button.label, most=taken.label)
        if button.url and not taken.links:
            yield _stop("link", N_("Buttons with a web address cannot be sent here."))
        elif button.url and (len(button.url) > _LONGEST_ADDRESS or not _WEB_ADDRESS.match(button.url)):
            yield _stop(
                "address", N_("The button “%(label)s” has no proper web address."), label=button.label
            )


def _together(draft: Draft, taken: Buttons) -> Iterator[Finding]:
    count = len(draft.buttons)
    if count > taken.most:
        reason = N_("%(count)s buttons are too many, %(most)s are allowed.")
        yield _stop("many", reason, count=count, most=taken.most)
    if len({button.label.strip().casefold() for button in draft.buttons}) < count:
        yield _stop("twice", N_("Two buttons say the same."))
    if not draft.text.strip():
        yield _stop("words", N_("Buttons need words above them."))
    elif taken.text_limit is not None and len(draft.text) > taken.text_limit:
        yield _stop("text", N_("Above buttons only %(most)s characters fit."), most=taken.text_limit)
    if draft.files and not draft.divides:
        yield _stop("files", N_("Only one message is allowed here: send either files or buttons."))


def _stop(code: str, reason: str, **params: str | int) -> Finding:
    return Finding("buttons", f"buttons.{code}", reason, 0, 0, overridable=False, params=params)
