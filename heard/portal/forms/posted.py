"""What a browser sent: typed words, files that are new and files that lie with us already."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from heard.forms.models import Field, KeptUpload
from heard.forms.shown import ShownForm
from heard.forms.signs import BadSign, read_stamp, read_upload
from heard.forms.uploads import LARGEST, MOST, FileRefused, keep_upload, too_many_words

WHOLE_BODY = MOST * LARGEST + 1024 * 1024


@dataclass
class Posted:
    typed: Mapping[str, Sequence[str]]
    uploads: list[KeptUpload] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  # why, by the question's key

    def refuse(self, key: str, reason: str) -> None:
        """Each reason once: of several files each may have its own."""
        known = self.refused.get(key, "")
        if reason not in known:
            self.refused[key] = f"{known} {reason}".strip()

    def names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for upload in self.uploads:
            found.setdefault(upload.field_key, []).append(upload.name)
        return found

    def of(self, key: str) -> list[KeptUpload]:
        return [upload for upload in self.uploads if upload.field_key == key]


def is_too_large(request: HttpRequest) -> bool:
    """Told before a byte of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > WHOLE_BODY


def read_posted(request: HttpRequest, shown: ShownForm, *, now: datetime, keeps: bool = True) -> Posted:
    """`keeps`: new files are kept."""
    posted = Posted({key: request.POST.getlist(key) for key in request.POST})
    posted.uploads = _kept_before(request, shown)
    for question in shown.questions:
        if keeps and question.kind == Field.Kind.FILE:
            for file in request.FILES.getlist(question.key):
                _keep(posted, shown, question.key, file, now)
    return posted


def _kept_before(request: HttpRequest, shown: ShownForm) -> list[KeptUpload]:
    """Those of an earlier attempt, unless the visitor took them away again.

    Also those that this very form was sent with: a button pressed twice sends the same once more.
    """
    removed, found = set(request.POST.getlist("form-drop")), []
    sent_as = _key_of(request, shown)
    for signed in request.POST.getlist("form-kept")[: 2 * MOST]:
        try:
            upload = read_upload(shown.form, signed, sent_as=sent_as)
        except BadSign:
            continue
        if signed not in removed and upload not in found:
            found.append(upload)
    return found


def _key_of(request: HttpRequest, shown: ShownForm) -> uuid.UUID | None:
    try:
        return read_stamp(shown.form, request.POST.get("form-stamp", "")).key
    except BadSign:
        return None


def _keep(posted: Posted, shown: ShownForm, key: str, file: UploadedFile[bytes], now: datetime) -> None:
    if len(posted.uploads) >= MOST:
        posted.refuse(key, too_many_words())
        return
    # One byte more than allowed says as much as all of it.
    content = file.read(LARGEST + 1)
    try:
        upload = keep_upload(shown.form, field_key=key, name=file.name or "", content=content, now=now)
    except FileRefused as refused:
        posted.refuse(key, refused.reason)
    else:
        posted.uploads.append(upload)
