from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from heard.contacts.models import Identity
from heard.tickets.models import Attachment
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(network: Network, media: Path, body: bytes, name: str = "bill.pdf") -> Attachment:
    message = a_ticket(network, said="Look").messages.get()
    attachment = Attachment.objects.create(
        workspace=message.workspace, message=message, kind="file", name=name, state=Attachment.State.STORED
    )
    keep(media, str(attachment.key), body)
    return attachment


def keep(media: Path, key: str, body: bytes) -> None:
    (media / key[:2]).mkdir(exist_ok=True)
    (media / key[:2] / key).write_bytes(body)


@pytest.fixture
def of_bea(bea: Agent) -> Client:
    return signed_in(bea)


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"GIF8 <script>",
        b"",
    ],
)
def test_what_is_no_plain_picture_is_a_download(
    body: bytes, facebook: Network, media: Path, of_bea: Client
) -> None:
    response = of_bea.get(f"/attachments/{stored(facebook, media, body, name='cat.png').key}")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="cat.png"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
    ],
)
def test_a_picture_is_known_by_its_bytes(
    body: bytes, kind: str, facebook: Network, media: Path, of_bea: Client
) -> None:
    response = of_bea.get(f"/attachments/{stored(facebook, media, body, name='invoice.exe').key}")

    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith("inline")


def test_the_name_it_came_with_survives(facebook: Network, media: Path, of_bea: Client) -> None:
    attachment = stored(facebook, media, b"x", name='účet "2"\r\nSet-Cookie: a=b.pdf')

    disposition = of_bea.get(f"/attachments/{attachment.key}")["Content-Disposition"]

    assert disposition.startswith("attachment; filename*=utf-8''%C3%BA%C4%8Det")
    assert "\n" not in disposition


def test_nothing_is_given_to_another_workspace_or_a_stranger(
    facebook: Network, media: Path, cyril: Agent, client: Client
) -> None:
    address = f"/attachments/{stored(facebook, media, PNG).key}"

    assert signed_in(cyril).get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_a_copy_that_is_gone_is_not_found(facebook: Network, media: Path, of_bea: Client) -> None:
    attachment = stored(facebook, media, PNG)
    Attachment.objects.filter(pk=attachment.pk).update(state=Attachment.State.PENDING)

    assert of_bea.get(f"/attachments/{attachment.key}").status_code == 404


def test_a_persons_picture_is_shown_to_those_who_know_them(
    facebook: Network, media: Path, cyril: Agent, of_bea: Client
) -> None:
    a_ticket(facebook, said="Hello")
    Identity.objects.update(picture="abc123")
    keep(media, "abc123", PNG)

    assert of_bea.get("/pictures/abc123")["Content-Type"] == "image/png"
    assert "private" in of_bea.get("/pictures/abc123")["Cache-Control"]
    assert signed_in(cyril).get("/pictures/abc123").status_code == 404
    assert of_bea.get("/pictures/abc124").status_code == 404
