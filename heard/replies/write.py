"""Write a saved reply: facts, words and files in one go, whole or not at all. The other verbs that write are made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from heard.events.publishing import publish
from heard.replies.events import SavedReplyAdded, SavedReplyChanged, SavedReplyInStep, about
from heard.replies.facts import BadFact, Facts, checked, facts_of
from heard.replies.files import put_files
from heard.replies.keep_version import keep_version
from heard.replies.locked import lock_reply
from heard.replies.models import SavedReply
from heard.replies.propose import change_of, forget, must_wait, set_aside, with_change
from heard.replies.rights import stop_unless_may_change
from heard.replies.stale import Said, turned, written
from heard.replies.variants import put_said, said_by
from heard.replies.wanted import ChangedMeanwhile as ChangedMeanwhile
from heard.replies.wanted import NothingSaid as NothingSaid
from heard.replies.wanted import Wanted as Wanted
from heard.replies.ways import Way
from heard.replies.wording import clean, stop_unless_right
from heard.workspaces.models import Agent

Approval = SavedReply.Approval
WORDS = ("titles", "source_language")


@transaction.atomic
def add(wanted: Wanted, *, by: Agent, now: datetime, key: UUID | None = None) -> SavedReply:
    """It is `by`'s own. `key` names it in a file that it came out of.

    Raises BadFact, BadWording, NothingSaid, BadFile or NoSuchFile.
    """
    facts = wanted.facts or Facts()
    fields = checked(facts, by.workspace)
    reply = SavedReply(workspace_id=by.workspace_id, created_at=now, changed_at=now, **fields)
    reply.owner = facts.owner if by.is_admin and facts.owner else by
    if key is not None:
        reply.key = key
    _approve_as_may_be(reply, wanted, by=by, now=now)
    with _once():
        reply.save(force_insert=True)
    _say(reply, wanted, {}, {}, now=now)
    put_files(reply, wanted.files, by=by)
    keep_version(reply, by=by, at=now)
    publish(SavedReplyAdded(**about(reply, now=now, by=by), approval=reply.approval))
    return reply


@transaction.atomic
def change(reply: SavedReply, wanted: Wanted, *, by: Agent, now: datetime) -> SavedReply:
    """Each change of titles, words or files makes a new version. What an agent writes anew in an approved reply
    waits beside it, where the workspace wants that; `change_of` the reply says so.

    Raises NotYours, ChangedMeanwhile, BadFact, BadWording, NothingSaid, BadFile or NoSuchFile.
    """
    reply = lock_reply(reply)
    stop_unless_may_change(reply, by)
    if wanted.seen is not None and wanted.seen != reply.version:
        raise ChangedMeanwhile(reply.version)
    kept = change_of(reply)
    if must_wait(reply, by):
        wanted = set_aside(reply, wanted, by=by, now=now)
    elif kept is not None and not by.is_admin:  # nobody has to agree any more
        wanted = with_change(kept, wanted)
        forget(reply)
    return put(reply, wanted, by=by, now=now)


def put(
    reply: SavedReply, wanted: Wanted, *, by: Agent, now: datetime, agreed: Agent | None = None
) -> SavedReply:
    """Into a locked reply, whoever may. `agreed` is the admin who looked at what `by` wrote."""
    keep_version(reply, by=None, at=reply.changed_at)  # what the library brought has none yet
    before = said_by(reply.variants.all())
    source = reply.source_language
    changed = _put_facts(reply, wanted.facts, by=by)
    moved = (
        turned(before, before=source, source=reply.source_language) if source != reply.source_language else {}
    )
    ways = _say(reply, wanted, before, moved or before, now=now)
    if put_files(reply, wanted.files, by=by):
        changed.append("files")
    return _finish(reply, wanted, changed, ways, by=by, agreed=agreed or by, now=now)


def say(reply: SavedReply, way: Way, text: str, *, by: Agent, now: datetime) -> SavedReply:
    """Write one variant; an empty text takes it away. Raises what `change` raises."""
    return change(reply, Wanted(texts={way: text}), by=by, now=now)


def mark_in_step(reply: SavedReply, ways: Collection[Way], *, by: Agent, now: datetime) -> SavedReply:
    """These translations are still right, whatever changed in their source. Raises NotYours."""
    return change(reply, Wanted(checked=ways), by=by, now=now)


def _finish(
    reply: SavedReply,
    wanted: Wanted,
    changed: list[str],
    ways: list[Way],
    *,
    by: Agent,
    agreed: Agent,
    now: datetime,
) -> SavedReply:
    new_words = bool(ways) or any(name in changed for name in (*WORDS, "files"))
    approval = reply.approval
    if _is_asked_for(reply, wanted, new_words):
        _approve_as_may_be(reply, wanted, by=agreed, now=now)
    if new_words:
        reply.version += 1
    if changed or ways or reply.approval != approval:
        reply.changed_at = now
        with _once():
            reply.save()
        publish(
            SavedReplyChanged(
                **about(reply, now=now, by=by),
                changed=changed,
                ways=[str(way) for way in ways],
                version=reply.version,
                approval=reply.approval,
            )
        )
    elif wanted.checked:
        in_step = [str(way) for way in sorted(wanted.checked)]
        publish(SavedReplyInStep(**about(reply, now=now, by=by), ways=in_step))
    if new_words:
        keep_version(reply, by=by, at=now)
    return reply


def _put_facts(reply: SavedReply, facts: Facts | None, *, by: Agent) -> list[str]:
    """The names of those that are others now."""
    if facts is None or facts == facts_of(reply):
        return []
    fields: dict[str, Any] = checked(facts, reply.workspace)
    if not by.is_admin:
        fields["owner"] = reply.owner
    changed = [name for name, value in fields.items() if getattr(reply, name) != value]
    for name in changed:
        setattr(reply, name, fields[name])
    return changed


def _say(
    reply: SavedReply, wanted: Wanted, before: Mapping[Way, Said], moved: Mapping[Way, Said], *, now: datetime
) -> list[Way]:
    texts = {way: clean(text) for way, text in wanted.texts.items()}
    anew = {way: text for way, text in texts.items() if way not in before or before[way].text != text}
    stop_unless_right({way: text for way, text in anew.items() if text})
    after = written(moved, anew, source=reply.source_language, checked=wanted.checked)
    if not any(way.language == reply.source_language for way in after):
        raise NothingSaid
    return put_said(reply, before, after, now=now)


def _is_asked_for(reply: SavedReply, wanted: Wanted, new_words: bool) -> bool:
    """Does this change decide anew who may see it?"""
    if wanted.draft is None:
        return new_words and reply.approval != Approval.DRAFT
    return new_words or wanted.draft or reply.approval != Approval.APPROVED


def _approve_as_may_be(reply: SavedReply, wanted: Wanted, *, by: Agent, now: datetime) -> None:
    """Where the workspace wants that, what agents write waits for an admin."""
    approved = not wanted.draft and (by.is_admin or not by.workspace.replies_need_approval)
    if approved:
        reply.approval = Approval.APPROVED
    else:
        reply.approval = Approval.DRAFT if wanted.draft else Approval.WAITING
    reply.approved_by, reply.approved_at = (by, now) if approved else (None, None)
    reply.sent_back = ""


@contextmanager
def _once() -> Iterator[None]:
    """A shortcut calls one reply, and two that are added at the same moment do not know of each other."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "saved_reply_shortcut_once" in str(error):
            raise BadFact("shortcut", "taken") from error
        raise
