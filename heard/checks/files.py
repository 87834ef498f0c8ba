"""Does the network take these files?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from heard.channels.contract import Files
from heard.checks.draft import Draft
from heard.checks.finding import N_, Finding
from heard.language.lengths import length

MOST_AT_ONCE: Final = 10
_MEGABYTE: Final = 1024 * 1024


def files(draft: Draft) -> Iterator[Finding]:
    if not draft.files:
        return
    if draft.files_taken is None:
        yield _stop("none", N_("No files can be sent here."))
        return
    yield from _each(draft, draft.files_taken)
    yield from _together(draft, draft.files_taken)


def _each(draft: Draft, taken: Files) -> Iterator[Finding]:
    for file in draft.files:
        most = taken.largest(file.content_type)
        if most is None:
            yield _stop("kind", N_("This network does not take files like “%(name)s”."), name=file.name)
        elif file.size > most:
            reason = N_("“%(name)s” is too large, %(most)s MB are allowed.")
            yield _stop("size", reason, name=file.name, most=max(1, most // _MEGABYTE))


def _together(draft: Draft, taken: Files) -> Iterator[Finding]:
    """What cannot be divided among several messages has to fit into one."""
    most = max(MOST_AT_ONCE, taken.most) if draft.divides else taken.most
    count = len(draft.files)
    if count > most:
        yield _stop(
            "many", N_("%(count)s files are too many, %(most)s can be sent at once."), count=count, most=most
        )
        return
    if draft.divides:
        return
    if count > 1 and any(file.content_type in taken.alone for file in draft.files):
        yield _stop("alone", N_("A file of this kind goes alone: send one at a time."))
    if draft.text.strip() and not taken.text_too:
        yield _stop("or_text", N_("Only one message is allowed here: send either the words or a file."))
    elif taken.caption is not None and length(draft.text, draft.counts) > taken.caption:
        yield _stop("caption", N_("Beside a file only %(most)s characters fit."), most=taken.caption)


def _stop(code: str, reason: str, **params: str | int) -> Finding:
    return Finding("files", f"files.{code}", reason, 0, 0, overridable=False, params=params)
