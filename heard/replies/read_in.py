"""Bring the saved replies of a file in: all of it or nothing. A dry run does the same and takes it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from heard.channels.words import N_
from heard.events.publishing import publish
from heard.replies.events import SavedRepliesRead
from heard.replies.exchange.chatwoot import read_chatwoot
from heard.replies.exchange.files_csv import read_csv
from heard.replies.exchange.files_json import read_json
from heard.replies.exchange.record import MOST_BYTES, Reading, Record, Remark, Unreadable
from heard.replies.exchange.zendesk import read_zendesk
from heard.replies.facts import BadFact, Facts, facts_of
from heard.replies.folders import BadFolder, add_folder
from heard.replies.models import Folder, Macro, SavedReply
from heard.replies.rights import stop_unless_admin
from heard.replies.stale import Said
from heard.replies.variants import put_said, said_by
from heard.replies.ways import Way
from heard.replies.wording import BadWording, clean
from heard.replies.write import NothingSaid, Wanted, add, change
from heard.tickets.models import Resolution
from heard.workspaces.models import Agent


class Form(StrEnum):
    """Who wrote the file."""

    JSON = "json"
    CSV = "csv"
    CHATWOOT = "chatwoot"
    ZENDESK = "zendesk"


@dataclass(slots=True)
class Outcome:
    """What the file does, or would do. Where something is `wrong`, it does nothing."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    macros: list[str] = field(default_factory=list)
    wrong: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def read_file(content: bytes, *, form: Form, way: Way) -> Reading:
    """`way` is for files that know no languages. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(N_("The file is too large: %(most)s MB at most."), most=MOST_BYTES // 1024 // 1024)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(N_("The file is not in UTF-8. Save it as “CSV UTF-8” or as JSON.")) from None
    text = text.replace("\x00", "")
    readers: Mapping[Form, Callable[[], Reading]] = {
        Form.JSON: lambda: read_json(text),
        Form.CSV: lambda: read_csv(text),
        Form.CHATWOOT: lambda: read_chatwoot(text, way=way),
        Form.ZENDESK: lambda: read_zendesk(text, way=way),
    }
    return readers[form]()


@transaction.atomic
def read_in(
    reading: Reading, *, form: Form, by: Agent, now: datetime, dry: bool = False, overwrite: bool = False
) -> Outcome:
    """What was changed here since the file was written stays as it is, unless `overwrite`. Raises ForAdmins."""
    stop_unless_admin(by)
    outcome = Outcome(wrong=list(reading.wrong), notes=list(reading.notes))
    bringing = _Bringing(by, now, overwrite, outcome)
    for record in reading.records:
        bringing.bring(record)
    if dry or outcome.wrong:
        transaction.set_rollback(True)
        return outcome
    publish(
        SavedRepliesRead(
            workspace_id=by.workspace_id,
            at=now,
            by_id=by.pk,
            form=str(form),
            added=len(outcome.added),
            changed=len(outcome.changed),
            macros=len(outcome.macros),
        )
    )
    return outcome


class _Bringing:
    """One file on its way in."""

    def __init__(self, by: Agent, now: datetime, overwrite: bool, outcome: Outcome) -> None:
        self.by, self.now, self.overwrite, self.outcome = by, now, overwrite, outcome
        self.folders = {(one.parent_id, one.name): one for one in Folder.objects.visible_to(by)}
        self.known: dict[UUID, SavedReply] = {
            reply.key: reply for reply in SavedReply.objects.visible_to(by).select_related("workspace")
        }
        self.macros = set(Macro.objects.visible_to(by).values_list("name", flat=True))

    def bring(self, record: Record) -> None:
        """A savepoint a record, so that one mistake does not hide the next."""
        try:
            with transaction.atomic():
                reply = self._reply(record) if record.texts else None
                self._macro(record, reply)
        except BadWording as bad:
            for way, wrong in bad.wrong.items():
                line = record.lines.get(way, record.line)
                self.outcome.wrong.append(Remark(line, record.title[:120], wrong.reason, wrong.params))
        except BadFact as bad:
            reason = N_("“%(field)s” cannot be that, or it is taken already.")
            self._wrong(record, reason, field=bad.field)
        except BadFolder:
            self._wrong(record, N_("This folder cannot be: its name is too long, or it lies too deep."))
        except NothingSaid:
            self._wrong(record, N_("It says nothing in the language that it was first written in."))

    def _reply(self, record: Record) -> SavedReply | None:
        known = self.known.get(record.key) if record.key else None
        if known is None:
            return self._add(record)
        if known.version != record.version and not self.overwrite:
            reason = N_("It was changed here since the file was written, so it stays as it is.")
            self.outcome.notes.append(Remark(record.line, record.title[:120], reason))
            return known
        return self._change(known, record)

    def _add(self, record: Record) -> SavedReply:
        wanted = Wanted(facts=self._facts(record, None), texts=_texts(record), draft=record.draft)
        reply = add(wanted, by=self.by, now=self.now, key=record.key)
        if record.version > 1:
            # The next change compares with this number, in this workspace as in the one that it came from.
            reply.version = record.version
            SavedReply.objects.filter(pk=reply.pk).update(version=record.version)
        if record.knows_sources:
            _step(reply, record, {}, now=self.now)
        self.known[reply.key] = reply
        self.outcome.added.append(reply.title())
        return reply

    def _change(self, known: SavedReply, record: Record) -> SavedReply:
        before = said_by(known.variants.all())
        gone = {way: "" for way in before if way not in record.texts}
        wanted = Wanted(
            facts=self._facts(record, known), texts={**gone, **_texts(record)}, draft=record.draft
        )
        changed = change(known, wanted, by=self.by, now=self.now)
        if record.knows_sources:
            _step(changed, record, before, now=self.now)
        if changed.version != known.version or facts_of(changed) != facts_of(known):
            self.outcome.changed.append(changed.title())
        else:
            self.outcome.same += 1
        return changed

    def _facts(self, record: Record, known: SavedReply | None) -> Facts:
        return Facts(
            titles=record.titles,
            shortcut=record.shortcut,
            folder=self._folder(record.folder),
            situation=record.situation,
            block=record.block,
            tags=record.tags,
            source_language=record.source_language,
            owner=known.owner if known else None,
            expires_on=record.expires_on,
        )

    def _folder(self, path: Sequence[str]) -> Folder | None:
        """Made where there is none yet."""
        here: Folder | None = None
        for name in path:
            named = " ".join(name.replace("/", " ").split())
            place = (here.pk if here else None, named)
            if place not in self.folders:
                self.folders[place] = add_folder(named, parent=here, by=self.by, now=self.now)
            here = self.folders[place]
        return here

    def _macro(self, record: Record, reply: SavedReply | None) -> None:
        if record.actions is None:
            return
        name = next(one for one in _numbered(record.actions.name) if one not in self.macros)
        Macro.objects.create(
            workspace_id=self.by.workspace_id,
            name=name,
            reply=reply,
            assigns_me=record.actions.assigns_me,
            tags=[tag.lower()[:40] for tag in record.actions.tags][:20],
            resolution=Resolution.SOLVED if record.actions.solves else "",
        )
        self.macros.add(name)
        self.outcome.macros.append(name)

    def _wrong(self, record: Record, reason: str, **params: str) -> None:
        self.outcome.wrong.append(Remark(record.line, record.title[:120], reason, params))


def _texts(record: Record) -> dict[Way, str]:
    return {way: said.text for way, said in record.texts.items()}


def _step(reply: SavedReply, record: Record, before: Mapping[Way, Said], *, now: datetime) -> None:
    """What was left behind there is left behind here. A translation that the file says anew is in step with the source
    that its translator had beside it, and `change` saw to that already."""
    said = said_by(reply.variants.all())
    after = {
        way: Said(one.text, clean(record.texts[way].source_text))
        if way in record.texts and (way not in before or before[way].text == one.text)
        else one
        for way, one in said.items()
    }
    put_said(reply, said, after, now=now)


def _numbered(name: str) -> list[str]:
    return [name, *(f"{name[:74]} {number}" for number in range(2, 3_000))]
