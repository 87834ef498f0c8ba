"""The reply's row is locked first, and what belongs to it after that: here, as everywhere."""

from __future__ import annotations

from heard.replies.models import SavedReply


def lock_reply(reply: SavedReply) -> SavedReply:
    locked = SavedReply.objects.select_for_update(no_key=True, of=("self",))
    return locked.select_related("workspace").get(pk=reply.pk)
