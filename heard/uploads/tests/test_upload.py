from __future__ import annotations

from datetime import timedelta

import pytest

from heard.kept_files import path_of
from heard.publishing.tests.paper import a_jpeg, a_png
from heard.uploads.drop import drop
from heard.uploads.models import UploadedFile
from heard.uploads.sweep import KEPT_FOR, sweep_uploads
from heard.uploads.taken import NoSuchFile, uploads_of
from heard.uploads.upload import LARGEST, BadFile, upload
from heard.workspaces.models import Agent
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def test_what_a_file_is_its_bytes_say(bea: Agent) -> None:
    kept = upload(name="../../etc/holiday.pdf", content=a_png(), by=bea, now=NOON, alt=" A door ")

    assert (kept.name, kept.content_type) == ("holiday.png", "image/png")
    assert (kept.width, kept.height, kept.size, kept.alt) == (40, 30, len(a_png()), "A door")
    assert path_of(str(kept.key)).read_bytes() == a_png()


def test_where_a_photograph_was_taken_is_nobodys_business(bea: Agent) -> None:
    place = b"Exif\x00\x00II*\x00 N 50.087 E 14.421"
    told = b"\xff\xe1" + (len(place) + 2).to_bytes(2) + place
    picture = a_jpeg()[:2] + told + a_jpeg()[2:]

    kept = upload(name="door.jpg", content=picture, by=bea, now=NOON)

    assert path_of(str(kept.key)).read_bytes() == a_jpeg()
    assert kept.size == len(a_jpeg())


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "empty"),
        ("large.txt", b"x" * (LARGEST + 1), "size"),
        ("invoice.exe", b"anything", "programme"),
        ("invoice.pdf", b"MZ\x90\x00", "programme"),
        ("invoice.txt", b"<html><script>alert(1)</script>", "programme"),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg">', "programme"),
        ("broken.png", a_png()[:40], "broken"),
        ("huge.png", a_png(20_000, 20_000), "pixels"),
    ],
)
def test_what_cannot_be_sent_is_not_kept(bea: Agent, name: str, content: bytes, code: str) -> None:
    with pytest.raises(BadFile) as bad:
        upload(name=name, content=content, by=bea, now=NOON)
    assert bad.value.code == code
    assert not UploadedFile.objects.exists()


def test_an_agent_has_their_own_and_nobody_elses(bea: Agent, oto: Agent, cyril: Agent) -> None:
    kept = upload(name="a.txt", content=b"words", by=bea, now=NOON)

    assert uploads_of([kept.pk], by=bea) == [kept]
    for other in (oto, cyril):
        with pytest.raises(NoSuchFile):
            uploads_of([kept.pk], by=other)
        drop(kept, by=other)
    assert UploadedFile.objects.exists()


def test_what_is_not_wanted_is_gone_with_its_file(
    bea: Agent, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    kept = upload(name="a.txt", content=b"words", by=bea, now=NOON)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        drop(kept, by=bea)

    assert not path_of(str(kept.key)).exists()


def test_what_nobody_sends_is_swept_after_a_week(
    bea: Agent, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    old = upload(name="old.txt", content=b"words", by=bea, now=NOON)
    new = upload(name="new.txt", content=b"words", by=bea, now=NOON + timedelta(hours=2))

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert sweep_uploads(now=NOON + KEPT_FOR + timedelta(hours=1)) == 1

    assert list(UploadedFile.objects.all()) == [new]
    assert not path_of(str(old.key)).exists()
    assert path_of(str(new.key)).exists()
