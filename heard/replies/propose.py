"""An agent writes an approved reply anew, where the workspace wants an admin to agree: the change is kept beside it.

What was approved goes on being offered. An agent has one change of a reply; written again, it is the new one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from heard.events.publishing import publish
from heard.replies.events import SavedReplyChangeDropped, SavedReplyChangeKept, about
from heard.replies.facts import LANGUAGES, Facts, checked, facts_of
from heard.replies.files import Files
from heard.replies.models import ReplyChange, SavedReply
from heard.replies.rights import may_change
from heard.replies.stale import written
from heard.replies.variants import said_by
from heard.replies.wanted import NothingSaid, Wanted
from heard.replies.ways import Way, way_named
from heard.replies.wording import clean, stop_unless_right
from heard.uploads.taken import give_back, hold, uploads_of
from heard.uploads.upload import upload
from heard.workspaces.models import Agent

State = ReplyChange.State


def change_of(reply: SavedReply) -> ReplyChange | None:
    found: ReplyChange | None = getattr(reply, "change", None)
    return found


def change_seen_by(reply: SavedReply, agent: Agent) -> ReplyChange | None:
    """Whoever may change the reply sees what somebody wants to change in it."""
    return change_of(reply) if may_change(reply, agent) else None


def texts_in(change: ReplyChange) -> dict[Way, str]:
    return {way_named(name, LANGUAGES): text for name, text in change.texts.items()}


def facts_for(reply: SavedReply, agent: Agent) -> Facts:
    """As this agent last wrote it: with their change, where one is kept."""
    facts, change = facts_of(reply), change_of(reply)
    if change is None or agent.is_admin:
        return facts
    return replace(facts, titles=change.titles, source_language=change.source_language)


def must_wait(reply: SavedReply, agent: Agent) -> bool:
    approved = reply.approval == SavedReply.Approval.APPROVED
    return approved and not agent.is_admin and reply.workspace.replies_need_approval


def with_change(change: ReplyChange, wanted: Wanted) -> Wanted:
    """`wanted` on top of what the change says already."""
    facts = wanted.facts or replace(
        facts_of(change.reply), titles=change.titles, source_language=change.source_language
    )
    before = {int(key): alt for key, alt in change.alts.items()}
    files = Files(
        new=wanted.files.new,
        uploads=list(dict.fromkeys([*change.uploads, *wanted.files.uploads])),
        alts={**before, **wanted.files.alts},
        left_out=wanted.files.left_out | set(change.left_out),
    )
    ways = {way_named(name, LANGUAGES) for name in change.checked}
    texts = {**texts_in(change), **wanted.texts}
    return replace(wanted, facts=facts, texts=texts, checked={*ways, *wanted.checked}, files=files)


def set_aside(reply: SavedReply, wanted: Wanted, *, by: Agent, now: datetime) -> Wanted:
    """Keep the words of `wanted` as a change of the locked reply; gives what is left of it to be done at once.

    Raises BadFact, BadWording, NothingSaid, BadFile or NoSuchFile.
    """
    before = change_of(reply)
    asked = with_change(before, wanted) if before else wanted
    kept = _as_row(reply, asked, by=by, now=now)
    if not _differs(reply, kept):
        if before:
            drop(reply, by=by, now=now)
        return replace(
            wanted, draft=None
        )  # a draft is the change, and there is none; `archive` takes a reply away
    stop_unless_right({way: text for way, text in texts_in(kept).items() if text})
    _stop_unless_said(reply, kept)
    _hold_files(kept, asked.files, by=by, now=now)
    kept.state = _state(before, kept, wanted)
    if before is None or not _same(before, kept) or before.state != kept.state:
        _put(reply, before, kept)
        publish(
            SavedReplyChangeKept(
                **about(reply, now=now, by=by), ways=sorted(kept.texts), state=str(kept.state)
            )
        )
    facts = wanted.facts and replace(wanted.facts, titles=reply.titles, source_language=reply.source_language)
    return replace(wanted, facts=facts, texts={}, checked=(), files=Files(), draft=None)


def drop(reply: SavedReply, *, by: Agent, now: datetime) -> None:
    """Of a locked reply: what was approved stays. Harmless where no change is kept."""
    change = change_of(reply)
    if change is not None:
        give_back(change.uploads, place="saved reply", now=now)
        forget(reply)
        publish(SavedReplyChangeDropped(**about(reply, now=now, by=by)))


def forget(reply: SavedReply) -> None:
    """It is taken over or dropped."""
    ReplyChange.objects.filter(reply=reply).delete()
    reply._state.fields_cache.pop("change", None)


def _as_row(reply: SavedReply, asked: Wanted, *, by: Agent, now: datetime) -> ReplyChange:
    facts = asked.facts or facts_of(reply)
    fields = checked(facts, reply.workspace)
    said = said_by(reply.variants.all())
    texts = {way: clean(text) for way, text in asked.texts.items()}
    return ReplyChange(
        workspace_id=reply.workspace_id,
        reply_id=reply.pk,
        by=by,
        titles=fields["titles"],
        source_language=fields["source_language"],
        texts={
            str(way): text
            for way, text in sorted(texts.items())
            if text != (said[way].text if way in said else "")
        },
        checked=sorted(str(way) for way in asked.checked if way in said),
        uploads=list(asked.files.uploads),
        alts=_alts(reply, asked.files),
        left_out=sorted(reply.files.filter(pk__in=asked.files.left_out).values_list("pk", flat=True)),
        made_at=now,
    )


def _alts(reply: SavedReply, files: Files) -> dict[str, str]:
    """Those that say something else than before."""
    wanted = {key: alt.replace("\x00", "").strip()[:1000] for key, alt in files.alts.items()}
    return {
        str(one.pk): wanted[one.pk] for one in reply.files.all() if wanted.get(one.pk, one.alt) != one.alt
    }


def _differs(reply: SavedReply, kept: ReplyChange) -> bool:
    words = (kept.titles, kept.source_language) != (reply.titles, reply.source_language)
    return words or any((kept.texts, kept.uploads, kept.alts, kept.left_out))


def _stop_unless_said(reply: SavedReply, kept: ReplyChange) -> None:
    after = written(said_by(reply.variants.all()), texts_in(kept), source=kept.source_language)
    if not any(way.language == kept.source_language for way in after):
        raise NothingSaid


def _hold_files(kept: ReplyChange, files: Files, *, by: Agent, now: datetime) -> None:
    """They wait for as long as the change does."""
    place = f"change of saved reply {kept.reply_id}"
    new = [upload(name=one.name, content=one.content, by=by, now=now, place=place) for one in files.new]
    kept.uploads += [one.pk for one in new]
    hold(uploads_of(kept.uploads, by=by, lock=True), place=place)


def _state(before: ReplyChange | None, kept: ReplyChange, wanted: Wanted) -> str:
    """A draft stays one, and what was sent back stays so, until somebody says or writes otherwise."""
    if wanted.draft:
        return State.DRAFT
    if wanted.draft is None and before is not None and (before.state == State.DRAFT or _same(before, kept)):
        return before.state
    return State.WAITING


def _same(before: ReplyChange, kept: ReplyChange) -> bool:
    names = ("titles", "source_language", "texts", "checked", "uploads", "alts", "left_out")
    return all(getattr(before, name) == getattr(kept, name) for name in names)


def _put(reply: SavedReply, before: ReplyChange | None, kept: ReplyChange) -> None:
    if before is not None:
        kept.pk, kept.number = before.pk, before.number + 1
        kept.comment = before.comment if kept.state == State.DRAFT else ""
    kept.reply = reply
    kept.save()
