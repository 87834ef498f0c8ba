"""Files that come with a form."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heard.forms.models import Form, KeptUpload
from heard.forms.uploads import LARGEST, FileRefused, keep_upload, kind_of, sweep_uploads
from heard.kept_files import path_of
from tests.cast import NOON

PDF = b"%PDF-1.7\n" + b"x" * 20


def test_a_file_is_what_its_bytes_say() -> None:
    assert kind_of(b"\x89PNG\r\n\x1a\n" + b"\0" * 8) == "image/png"
    assert kind_of(PDF[:16]) == "application/pdf"
    assert kind_of(b"\0\0\0\x18ftypmp42\0\0\0\0") == "video/mp4"
    assert kind_of(b"\0\0\0\x18ftypheic\0\0\0\0") == "image/heic"
    assert kind_of(b"<html><script>..") == ""
    assert kind_of(b"MZ\x90\0") == ""


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"%PDF-" + b"x" * LARGEST])
def test_what_we_do_not_take_is_refused_by_name(incident: Form, content: bytes) -> None:
    with pytest.raises(FileRefused, match=r"photo\.png"):
        keep_upload(incident, field_key="photo", name="C:\\me\\photo.png", content=content, now=NOON)
    assert not KeptUpload.objects.exists()


def test_files_of_a_form_that_was_never_sent_are_swept(incident: Form) -> None:
    old = keep_upload(incident, field_key="photo", name="a.pdf", content=PDF, now=NOON)
    new = keep_upload(incident, field_key="photo", name="b.pdf", content=PDF, now=NOON + timedelta(hours=20))

    assert sweep_uploads(now=NOON + timedelta(hours=25)) == 1
    assert list(KeptUpload.objects.all()) == [new]
    assert not path_of(str(old.key)).exists()
    assert path_of(str(new.key)).exists()
