"""Files that come with a form: taken by what they are, not by what they are called; kept until it is sent."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from heard.channels.reading import storable
from heard.customer_files import BrokenImage, without_traces
from heard.forms.models import Form, KeptUpload
from heard.images import image_type
from heard.kept_files import keep_file, path_of

LARGEST = 10 * 1024 * 1024
MOST = 5  # in one form
MOST_WAITING = 1_000  # of one form: a disk is no place for what nobody ever sends
KEPT = timedelta(hours=24)  # while the form is not sent
SWEPT_AT_ONCE = 500
ODD = re.compile(r"[\x00-\x1f\x7f/\\]+")
# The first bytes say what a file is; ISO media name their kind a little later.
BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"qt  ": "video/quicktime"}
FILMS = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"M4V ", b"3gp4", b"3gp5", b"3gp6", b"MSNV", b"dash")


class FileRefused(Exception):
    """Too large, empty, or of no kind that we take; `reason` says so to the person who chose it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(head: bytes) -> str:
    """Of a file that begins with these bytes; empty for what we do not take."""
    if image := image_type(head):
        return image
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "video/mp4" if brand in FILMS else BRANDS.get(brand, "")
    return ""


def keep_upload(form: Form, *, field_key: str, name: str, content: bytes, now: datetime) -> KeptUpload:
    """Raises FileRefused."""
    shown = clean_name(name)
    if not content:
        raise FileRefused(_("“{name}” is empty.").format(name=shown))
    if len(content) > LARGEST:
        raise FileRefused(too_large_words(shown))
    kind = kind_of(content[:16])
    if not kind:
        raise FileRefused(_("“{name}” is no picture, film or PDF.").format(name=shown))
    try:
        content = without_traces(content)
    except BrokenImage:
        raise FileRefused(_("“{name}” is damaged. Choose it again.").format(name=shown)) from None
    if KeptUpload.objects.filter(form=form, submission=None).count() >= MOST_WAITING:
        raise FileRefused(_("There is no room for files just now. Send it without them."))
    key = uuid.uuid4()
    # The file first: a row without its file would promise what is not there.
    keep_file(str(key), content)
    return KeptUpload.objects.create(
        workspace_id=form.workspace_id,
        form=form,
        key=key,
        field_key=field_key,
        name=shown,
        content_type=kind,
        size=len(content),
        at=now,
    )


def too_large_words(name: str) -> str:
    return _("“{name}” is too large: at most {size} MB.").format(name=name, size=LARGEST // 1024 // 1024)


def too_many_words() -> str:
    return _("At most {count} files fit into one form.").format(count=MOST)


def clean_name(name: str) -> str:
    """The last part of a path, without what cannot be shown."""
    last = storable(name).replace("\\", "/").rsplit("/", 1)[-1]
    return ODD.sub(" ", last).strip()[-200:] or "file"


def drop_uploads(uploads: Sequence[KeptUpload]) -> None:
    KeptUpload.objects.filter(pk__in=[upload.pk for upload in uploads], submission=None).delete()
    for upload in uploads:
        path_of(str(upload.key)).unlink(missing_ok=True)


def sweep_uploads(*, now: datetime) -> int:
    """Those whose form was never sent. Gives how many."""
    old = list(KeptUpload.objects.filter(submission=None, at__lt=now - KEPT)[:SWEPT_AT_ONCE])
    drop_uploads(old)
    return len(old)
