from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db.models import F
from pytest_django import DjangoAssertNumQueries

from heard.events.models import EventRecord
from heard.people.tests.conftest import NOON
from heard.people.tests.conftest import acme as acme
from heard.people.tests.conftest import ann as ann
from heard.people.tests.conftest import other as other
from heard.replies import shipped as library
from heard.replies import starter
from heard.replies.models import Folder, SavedReply, Situation, Variant
from heard.replies.shipped import Index, Shipped, index, shipped
from heard.replies.starter import Brought, add_starter
from heard.workspaces.models import Agent, Workspace

LATER = NOON + timedelta(days=30)


@pytest.fixture
def first_translated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if "checking" had come in Czech with the next release, and nothing else."""
    one = shipped()["checking"]
    czech = {manner: f"Česky: {text}" for manner, text in one.texts["en"].items()}
    grown = Shipped(
        one.starter,
        one.facts,
        titles={"en": one.titles["en"], "cs": "Zjišťuji"},
        texts={"en": one.texts["en"], "cs": czech},
    )
    with monkeypatch.context() as patched:
        patched.setattr(starter, "index", lambda: Index(languages=("en", "cs"), replies=index().replies))
        patched.setattr(starter, "shipped", lambda: {"checking": grown})
        yield


def test_the_whole_library_comes_approved_and_in_step(acme: Workspace, ann: Agent) -> None:
    brought = add_starter(acme, by=ann, now=NOON)

    assert brought == Brought(added=len(shipped()))
    replies = SavedReply.objects.filter(workspace=acme)
    assert set(replies.values_list("starter", flat=True)) == set(shipped())
    assert set(replies.values_list("approval", "approved_by", "version")) == {("approved", ann.pk, 1)}
    there = Variant.objects.filter(workspace=acme)
    texts = sum(len(manners) for one in shipped().values() for manners in one.texts.values())
    assert there.count() == texts
    assert not there.filter(language=F("reply__source_language")).exclude(source_text="").exists()
    sources = {
        (variant.reply_id, variant.formality, variant.audience, variant.length): variant.text
        for variant in there.filter(language="en")
    }
    translated = there.exclude(language="en")
    assert [
        variant
        for variant in translated
        if variant.source_text
        != sources[variant.reply_id, variant.formality, variant.audience, variant.length]
    ] == []
    record = EventRecord.objects.get(kind="StarterAdded")
    assert record.payload == {"added": brought.added, "grown": 0, "languages": list(index().languages)}


def test_replies_lie_in_a_folder_for_each_situation_and_are_called_by_their_names(
    acme: Workspace, ann: Agent
) -> None:
    add_starter(acme, by=ann, now=NOON)

    assert {folder.name for folder in Folder.objects.all()} == {str(one.label) for one in Situation}
    late = SavedReply.objects.get(starter="order-late")
    assert (late.folder and late.folder.name, late.shortcut) == ("Service request", "order-late")
    assert late.title("en") == "The order is late: reason and new date"


def test_a_second_time_brings_nothing_and_touches_nothing(acme: Workspace, ann: Agent) -> None:
    add_starter(acme, by=ann, now=NOON)
    SavedReply.objects.filter(starter="thanks").update(titles={"en": "Ours"}, shortcut="ta")
    Variant.objects.filter(reply__starter="thanks", formality="formal").update(text="Cheers.")
    Variant.objects.filter(reply__starter="order-late", audience="email").delete()
    SavedReply.objects.filter(starter="warning").update(archived_at=NOON)
    before = list(Variant.objects.order_by("pk").values_list("pk", "text", "changed_at"))

    assert add_starter(acme, by=ann, now=LATER) == Brought()

    assert list(Variant.objects.order_by("pk").values_list("pk", "text", "changed_at")) == before
    thanks = SavedReply.objects.get(starter="thanks")
    assert (thanks.title(), thanks.shortcut, thanks.changed_at) == ("Ours", "ta", NOON)
    assert EventRecord.objects.filter(kind="StarterAdded").count() == 1


def test_what_was_thrown_away_comes_back_and_the_rest_stays(acme: Workspace, ann: Agent) -> None:
    add_starter(acme, by=ann, now=NOON)
    SavedReply.objects.get(starter="thanks").delete()

    assert add_starter(acme, by=ann, now=LATER) == Brought(added=1)

    assert SavedReply.objects.get(created_at=LATER).starter == "thanks"


@pytest.mark.usefixtures("first_translated")
def test_a_new_language_reaches_replies_that_lack_it_and_is_stale_where_the_source_was_changed(
    acme: Workspace, ann: Agent
) -> None:
    add_starter(acme, by=ann, now=NOON, languages=["en"])
    Variant.objects.filter(language="en", audience="public", formality="formal").update(text="We ask around.")

    assert add_starter(acme, by=ann, now=LATER) == Brought(grown=1)

    reply = SavedReply.objects.get(starter="checking")
    assert (reply.titles["cs"], reply.version, reply.changed_at) == ("Zjišťuji", 2, LATER)
    assert _stale(reply) == {("cs", "formal", "public")}
    assert Variant.objects.get(reply=reply, language="en", formality="formal", audience="public").text == (
        "We ask around."
    )


@pytest.mark.usefixtures("first_translated")
def test_archived_replies_do_not_grow(acme: Workspace, ann: Agent) -> None:
    add_starter(acme, by=ann, now=NOON, languages=["en"])
    SavedReply.objects.update(archived_at=NOON)

    assert add_starter(acme, by=ann, now=LATER) == Brought()


@pytest.mark.usefixtures("first_translated")
def test_a_workspace_may_do_without_english(acme: Workspace, ann: Agent) -> None:
    add_starter(acme, by=ann, now=NOON, languages=["cs"])

    reply = SavedReply.objects.get(starter="checking")
    assert (reply.source_language, reply.titles) == ("cs", {"cs": "Zjišťuji"})
    assert set(reply.variants.values_list("language", "source_text")) == {("cs", "")}


def test_only_what_is_asked_for_comes(acme: Workspace, ann: Agent) -> None:
    assert add_starter(acme, by=ann, now=NOON, only=["thanks", "no-such-reply"]) == Brought(added=1)
    assert add_starter(acme, by=ann, now=NOON, languages=["xx"]) == Brought()
    assert [folder.name for folder in Folder.objects.all()] == ["Praise"]


def test_a_shortcut_that_is_taken_stays_with_whom_it_belongs_to(
    acme: Workspace, other: Workspace, ann: Agent
) -> None:
    SavedReply.objects.create(workspace=acme, shortcut="thanks")
    SavedReply.objects.create(workspace=acme, shortcut="warning", archived_at=NOON)
    SavedReply.objects.create(workspace=other, shortcut="solved")

    add_starter(acme, by=ann, now=NOON, only=["thanks", "warning", "solved"])

    shortcuts = SavedReply.objects.exclude(starter="").values_list("starter", "shortcut")
    assert dict(shortcuts) == {"thanks": "", "warning": "warning", "solved": "solved"}
    assert not SavedReply.objects.filter(workspace=other).exclude(starter="").exists()


def test_it_takes_few_questions_however_many_texts_there_are(
    acme: Workspace, ann: Agent, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20):
        add_starter(acme, by=ann, now=NOON)


def _stale(reply: SavedReply) -> set[tuple[str, str, str]]:
    source = {
        (one.formality, one.audience, one.length): one.text
        for one in reply.variants.filter(language=reply.source_language)
    }
    return {
        (one.language, one.formality, one.audience)
        for one in reply.variants.exclude(language=reply.source_language)
        if source[one.formality, one.audience, one.length] != one.source_text
    }


def test_the_library_is_read_once() -> None:
    assert library.shipped() is library.shipped()
