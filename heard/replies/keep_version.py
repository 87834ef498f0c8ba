"""Every version of a saved reply is kept as it came to be."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from heard.replies.models import ReplyVersion, SavedReply, Variant
from heard.workspaces.models import Agent


def keep_version(reply: SavedReply, *, by: Agent | None, at: datetime) -> None:
    """Of a locked reply, as it is now. Does nothing where this version is kept already."""
    version = ReplyVersion(
        workspace_id=reply.workspace_id,
        reply=reply,
        number=reply.version,
        words=words_of(reply),
        by=by,
        at=at,
    )
    ReplyVersion.objects.bulk_create([version], ignore_conflicts=True)


def words_of(reply: SavedReply) -> dict[str, Any]:
    fields = ("language", "formality", "audience", "length", "text")
    variants = Variant.objects.filter(reply=reply).order_by("language", "audience", "formality", "length")
    return {
        "titles": reply.titles,
        "source_language": reply.source_language,
        "variants": list(variants.values(*fields)),
        "files": list(reply.files.order_by("position", "pk").values_list("name", flat=True)),
    }
