"""One reply, as many messages as the network needs: each is one call that is sent, proved or lost by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from heard.channels.contract import Button, Count, Files
from heard.language.lengths import length
from heard.uploads.models import UploadedFile


@dataclass(frozen=True, slots=True)
class Part:
    text: str = ""
    files: Sequence[UploadedFile] = ()
    buttons: Sequence[Button] = ()


def parts(
    text: str,
    files: Sequence[UploadedFile],
    *,
    taken: Files | None,
    counts: Count,
    buttons: Sequence[Button] = (),
) -> list[Part]:
    """In the order in which they go. Buttons stand under the words, so those come last; else they come first."""
    if not files or taken is None:
        return [Part(text, buttons=buttons)]
    groups = list(_groups(files, taken))
    if buttons:
        return [*(Part(files=group) for group in groups), Part(text, buttons=buttons)]
    fits = taken.text_too and (taken.caption is None or length(text, counts) <= taken.caption)
    if text.strip() and not fits:
        return [Part(text), *(Part(files=group) for group in groups)]
    return [Part(text if number == 0 else "", group) for number, group in enumerate(groups)]


def _groups(files: Sequence[UploadedFile], taken: Files) -> Iterator[list[UploadedFile]]:
    group: list[UploadedFile] = []
    for file in files:
        is_alone = file.content_type in taken.alone
        if group and (is_alone or len(group) >= taken.most or group[0].content_type in taken.alone):
            yield group
            group = []
        group.append(file)
    if group:
        yield group
