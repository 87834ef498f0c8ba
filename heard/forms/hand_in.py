"""A program fills a form in for somebody: the same checks as for a customer, and files that it uploaded before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import translation

from heard.forms.answers import check
from heard.forms.models import Field, Form, KeptUpload, Submission
from heard.forms.shown import ShownForm, shown
from heard.forms.submit import submit
from heard.forms.uploads import MOST, FileRefused, keep_upload
from heard.kept_files import drop_file, path_of
from heard.uploads.taken import NoSuchFile, end, uploads_of
from heard.workspaces.models import Agent


class FormIsOff(Exception):
    """Nothing is taken by it."""


class NotAnswered(Exception):
    """What is wrong, by the key of the question."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


@transaction.atomic
def hand_in(
    form: Form,
    *,
    typed: Mapping[str, Sequence[str]],
    files: Mapping[str, Sequence[int]],
    language: str,
    by: Agent,
    now: datetime,
) -> Submission:
    """`files`: ids of what `by` has uploaded, by question. Raises FormIsOff, NotAnswered or NoSuchFile."""
    if not form.is_on:
        raise FormIsOff
    seen = shown(form, language=language or form.language, now=now)
    with translation.override(seen.language):
        uploads = _files(seen, files, by=by, now=now)
        names = {
            upload.field_key: [one.name for one in uploads if one.field_key == upload.field_key]
            for upload in uploads
        }
        checked = check(seen, typed, files=names)
        unknown = {key for key in typed if not _is_known(seen, key)}
        wrong = {**checked.wrong, **dict.fromkeys(unknown, "")}
        if wrong:
            raise NotAnswered(wrong)
        return submit(seen, checked=checked, key=uuid.uuid4(), uploads=uploads, now=now)


def _is_known(seen: ShownForm, key: str) -> bool:
    return any(key in (question.key, question.other_key) for question in seen.questions)


def _files(
    seen: ShownForm, files: Mapping[str, Sequence[int]], *, by: Agent, now: datetime
) -> list[KeptUpload]:
    """They are the submission's from now on."""
    kept: list[KeptUpload] = []
    for key, ids in files.items():
        question = seen.question(key)
        given = uploads_of(ids, by=by, lock=True)
        if question is None or question.kind != Field.Kind.FILE or len(kept) + len(given) > MOST:
            raise NoSuchFile
        for one in given:
            try:
                content = path_of(str(one.key)).read_bytes()
                kept.append(keep_upload(seen.form, field_key=key, name=one.name, content=content, now=now))
            except FileRefused as refused:
                raise NotAnswered({key: refused.reason}) from refused
        end(given)
        for one in given:
            transaction.on_commit(partial(drop_file, str(one.key)))
    return kept
