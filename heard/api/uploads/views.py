"""Files for replies and posts: uploaded first, then named by their ids."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Form
from ninja.files import UploadedFile as Sent
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, writes
from heard.api.asking import TEXT, ApiRequest, AskedFor
from heard.api.routes import Router
from heard.uploads.models import UploadedFile
from heard.uploads.sweep import KEPT_FOR
from heard.uploads.upload import LARGEST, BadFile
from heard.uploads.upload import upload as keep

router = Router(tags=["Uploads"])


class UploadAsked(AskedFor):
    alt: Annotated[
        str,
        Field(max_length=1_000, pattern=TEXT, description="What is to be seen, for those who cannot see it."),
    ] = ""


class Upload(TypedDict):
    id: int
    name: str
    content_type: Annotated[str, Field(description="As the file's bytes say.")]
    size: int
    width: int | None
    height: int | None
    alt: str
    kept_until: Annotated[datetime, Field(description="Unless a reply or a post takes it before.")]


@router.post("", response=writes(Upload, status=201), summary="Upload a file")
def upload_file(request: ApiRequest, file: File[Sent], asked: Form[UploadAsked]) -> HttpResponse:
    """As `multipart/form-data`, 25 MB at most. What a camera wrote into a picture is taken out."""
    if (file.size or 0) > LARGEST:
        raise BadFile("size")
    kept = keep(
        name=file.name or "", content=file.read(), alt=asked.alt, by=request.agent, now=timezone.now()
    )
    return answer(_shape(kept), 201)


def _shape(row: UploadedFile) -> Upload:
    return {
        "id": row.pk,
        "name": row.name,
        "content_type": row.content_type,
        "size": row.size,
        "width": row.width,
        "height": row.height,
        "alt": row.alt,
        "kept_until": row.at + KEPT_FOR,
    }
