"""Files from outside: never run, never guessed at, under the name that they came with."""

from __future__ import annotations

from django.http import FileResponse, Http404

from heard.file_types import type_of
from heard.images import image_type
from heard.kept_files import path_of

HEAD = 16


def stored_file(key: str, *, name: str) -> FileResponse:
    """Raises Http404 where we hold no copy."""
    try:
        file = path_of(key).open("rb")
    except OSError as error:
        raise Http404 from error
    # Whatever else it claims to be is handed over as a download.
    image = image_type(file.read(HEAD))
    file.seek(0)
    response = FileResponse(
        file,
        as_attachment=image is None,
        filename=name or key,
        content_type=image or "application/octet-stream",
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def fetched_file(key: str, *, name: str) -> FileResponse:
    """For a network that fetches it: as the kind of file that it is. Raises Http404 where we hold no copy."""
    response = stored_file(key, name=name)
    response.headers["Content-Type"] = type_of(path_of(key).read_bytes(), name)
    return response
