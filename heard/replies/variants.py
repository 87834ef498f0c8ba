"""What a saved reply says, read from its rows and written back to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from heard.replies.models import SavedReply, Variant
from heard.replies.stale import Said
from heard.replies.ways import Way


def way_of(variant: Variant) -> Way:
    return Way(variant.language, variant.formality, variant.audience, variant.length)


def said_by(variants: Iterable[Variant]) -> dict[Way, Said]:
    return {way_of(one): Said(one.text, one.source_text) for one in variants}


def put_said(
    reply: SavedReply, before: Mapping[Way, Said], after: Mapping[Way, Said], *, now: datetime
) -> list[Way]:
    """Write the difference. Gives the ways whose text is another one now."""
    rows = {way_of(one): one for one in Variant.objects.filter(reply=reply)}
    Variant.objects.filter(pk__in=[rows[way].pk for way in before if way not in after]).delete()
    Variant.objects.bulk_create(
        Variant(
            workspace_id=reply.workspace_id,
            reply=reply,
            language=way.language,
            formality=way.formality,
            audience=way.audience,
            length=way.length,
            text=one.text,
            source_text=one.source_text,
            changed_at=now,
        )
        for way, one in sorted(after.items())
        if way not in before
    )
    kept = [rows[way] for way in before if way in after and before[way] != after[way]]
    for row in kept:
        one = after[way_of(row)]
        row.changed_at = now if row.text != one.text else row.changed_at
        row.text, row.source_text = one.text, one.source_text
    Variant.objects.bulk_update(kept, ["text", "source_text", "changed_at"])
    return sorted(
        way
        for way in before.keys() | after.keys()
        if way not in before or way not in after or before[way].text != after[way].text
    )
