"""Saved replies as far as the one who asks may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import MD5, Cast, Coalesce, Lower, NullIf

from heard.replies.folders import Branch, tree, within
from heard.replies.models import Folder, ReplyChange, SavedReply, Variant
from heard.replies.stale import Said, stale_ways
from heard.replies.ways import Way
from heard.workspaces.models import Agent

# Places of the list beside the folders.
STALE: Final = "stale"
EXPIRED: Final = "expired"
WAITING: Final = "waiting"
DRAFTS: Final = "drafts"
MINE: Final = "mine"
ARCHIVED: Final = "archived"
ChangeState = ReplyChange.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`folder` is the id of one, `place` one of those above."""

    words: str = ""
    folder: int | None = None
    place: str = ""
    tag: str = ""
    language: str = ""
    situation: str = ""


def replies_of(agent: Agent) -> QuerySet[SavedReply]:
    """With all that a list shows of them but their variants."""
    return SavedReply.objects.visible_to(agent).select_related("folder", "owner", "approved_by", "change__by")


def listed(agent: Agent, asked: Asked, *, today: date, language: str) -> QuerySet[SavedReply]:
    """By title, in `language` where there is one in it."""
    found = replies_of(agent).filter(_in_place(agent, asked.place, today))
    if asked.folder is not None:
        found = found.filter(folder__in=_below(agent, asked.folder))
    if asked.tag:
        found = found.filter(tags__contains=[asked.tag])
    if asked.situation:
        found = found.filter(situation=asked.situation)
    if asked.language:
        found = found.filter(Exists(_variants().filter(language=asked.language)))
    for word in asked.words.split()[:8]:
        found = _with_word(found, word)
    return _by_title(found, language)


def branches_of(agent: Agent) -> list[Branch]:
    return tree(Folder.objects.visible_to(agent))


def tags_of(agent: Agent) -> list[str]:
    """Most used first."""
    rows = SavedReply.objects.visible_to(agent).filter(archived_at=None).values_list("tags", flat=True)
    return [tag for tag, _count in Counter(tag for tags in rows for tag in tags).most_common(50)]


def counts(agent: Agent, *, today: date) -> dict[str, int]:
    """How many lie in the places that ask for something to be done."""
    seen = SavedReply.objects.visible_to(agent)
    places = {place: seen.filter(_in_place(agent, place, today)).count() for place in (EXPIRED, WAITING)}
    return {**places, STALE: len(stale_replies(agent))}


def stale_replies(agent: Agent) -> set[int]:
    """The ids of those with a variant that its source has left behind. Compares digests, not texts."""
    seen = SavedReply.objects.visible_to(agent).filter(archived_at=None)
    rows = Variant.objects.filter(reply__in=seen).annotate(
        said=MD5("text"), of_source=MD5("source_text"), source=F("reply__source_language")
    )
    said: dict[tuple[int, str], dict[Way, Said]] = {}
    fields = ("reply", "source", "language", "formality", "audience", "length", "said", "of_source")
    for reply, source, language, formality, audience, length, text, of_source in rows.values_list(*fields):
        way = Way(language, formality, audience, length)
        said.setdefault((reply, source), {})[way] = Said(text, of_source)
    return {reply for (reply, source), one in said.items() if stale_ways(one, source)}


def expires_soon(agent: Agent, *, today: date, until: date) -> list[SavedReply]:
    """What the agent owns that expires, or has expired: somebody has to look at it."""
    mine = replies_of(agent).filter(owner=agent, archived_at=None, expires_on__lte=until)
    return list(mine.order_by("expires_on", "pk")[:20])


def _in_place(agent: Agent, place: str, today: date) -> Q:
    if place == ARCHIVED:
        return Q(archived_at__isnull=False)
    there = Q(archived_at=None)
    match place:
        case "stale":
            return there & Q(pk__in=stale_replies(agent))
        case "expired":
            return there & Q(expires_on__lt=today)
        case "waiting":
            return there & (Q(approval=SavedReply.Approval.WAITING) | _changed(agent, ChangeState.WAITING))
        case "drafts":
            begun = _changed(agent, ChangeState.DRAFT, ChangeState.RETURNED)
            return there & (Q(approval=SavedReply.Approval.DRAFT) | begun)
        case "mine":
            return there & Q(owner=agent)
    return there


def _changed(agent: Agent, *states: str) -> Q:
    """With a change that this agent sees."""
    seen = Q() if agent.is_admin else Q(owner=agent)
    return seen & Q(change__state__in=states)


def _below(agent: Agent, folder_id: int) -> Collection[int]:
    branches = branches_of(agent)
    chosen = next((one.folder for one in branches if one.folder.pk == folder_id), None)
    return within(chosen, branches) if chosen else ()


def _variants() -> QuerySet[Variant]:
    return Variant.objects.filter(reply=OuterRef("pk"))


def _with_word(replies: QuerySet[SavedReply], word: str) -> QuerySet[SavedReply]:
    """In a title, a tag, the shortcut or a text, whatever its accents."""
    plain = _plain(Value(word.removeprefix("/"), output_field=CharField()))
    texts = _variants().annotate(plain=_plain(F("text"))).filter(plain__contains=plain)
    facts = _plain(
        Func(Cast("titles", TextField()), "shortcut", Cast("tags", TextField()), function="concat")
    )
    return replies.annotate(plain=facts).filter(Q(plain__contains=plain) | Exists(texts))


def _plain(expression: Func | F | Value) -> Lower:
    return Lower(Func(expression, function="unaccent", output_field=TextField()))


def _by_title(replies: QuerySet[SavedReply], language: str) -> QuerySet[SavedReply]:
    in_source = Func(
        F("titles"),
        F("source_language"),
        template="(%(expressions)s)",
        arg_joiner=" ->> ",
        output_field=TextField(),
    )
    in_theirs = NullIf(KeyTextTransform(language, "titles"), Value(""))
    shown = Lower(Coalesce(in_theirs, in_source, Cast("titles", TextField()), output_field=TextField()))
    return replies.order_by(shown, "pk")
