"""It is not wanted after all: the row and the file go."""

from __future__ import annotations

from django.db import transaction

from heard.kept_files import drop_file
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent


@transaction.atomic
def drop(uploaded: UploadedFile, *, by: Agent) -> None:
    """Does nothing to somebody else's, or to one that was sent meanwhile."""
    found = UploadedFile.objects.visible_to(by).select_for_update().filter(pk=uploaded.pk, agent=by).first()
    if found is None:
        return
    key = str(found.key)
    found.delete()
    transaction.on_commit(lambda: drop_file(key))
