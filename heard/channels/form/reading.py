"""A submission as a message: the answers in lines that read well, the machine's form of them kept as raw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import UNKNOWN_TIME, Ignored, Incoming, Kind, Media, MessageIn, Person
from heard.channels.fields import what_is_wrong
from heard.channels.form.payloads import Answered, KeptFile, Submission

PICTURE: Final = "image/"
ENDS: Final = "?!:.;؟…"  # the Greek question mark is a semicolon
NEW_LINE: Final = "\n"


def fact(document: Mapping[str, Any]) -> Incoming:
    try:
        read = Submission.model_validate(document)
    except ValidationError as error:
        return Ignored(at=UNKNOWN_TIME, raw=document, reason=f"Not a submission: {what_is_wrong(error)}.")
    if not read.submission:
        return Ignored(at=UNKNOWN_TIME, raw=document, reason="A submission without its number.")
    return MessageIn(
        at=read.at or UNKNOWN_TIME,
        raw=document,
        kind=Kind.FORM,
        external_id=read.submission,
        thread=read.thread or read.submission,
        text=text_of(read.answers),
        subject=read.subject or read.form,
        author=_author(read),
        public=False,
        media=list(_media(read.files)),
        note=read.form,
        verified=False,
    )


def text_of(answers: Iterable[Answered]) -> str:
    """`Label: answer`, one line each; what takes several lines stands below its label."""
    return "\n".join(line for answered in answers if (line := _line(answered)))


def _line(answered: Answered) -> str:
    said = [str(answer).strip() for answer in answered.answers if isinstance(answer, str | int | float)]
    said = [answer for answer in said if answer]
    if not said:
        return ""
    together = ", ".join(said)
    label = answered.label.strip()
    if not label:
        return together
    asked = label if label[-1] in ENDS else f"{label}:"
    return f"{asked}{NEW_LINE if NEW_LINE in together else ' '}{together}"


def _author(read: Submission) -> Person | None:
    """Nobody proved it: whoever fills in a form may type any address."""
    if read.author is None or not read.author.address:
        return None
    return Person(address=read.author.address[:200], name=read.author.name[:200])


def _media(files: Iterable[Any]) -> Iterator[Media]:
    for file in files:
        try:
            kept = KeptFile.model_validate(file)
        except ValidationError:
            continue  # a spoilt name of a file costs the file, never what was said
        kind = "image" if kept.content_type.startswith(PICTURE) else "file"
        detail = {"key": kept.key, "size": kept.size}
        # There is nothing to fetch: the copy is ours from the beginning.
        yield Media(kind, name=kept.name, content_type=kept.content_type, detail=detail, keep=False)
