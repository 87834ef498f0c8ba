"""After any edit exactly the dependent variants are stale."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.replies.models import SavedReply
from heard.replies.stale import Said, stale_ways, turned, written
from heard.replies.tests.shelf import CS, CS_PUBLIC, CS_TU, EN, EN_PUBLIC, EN_TU, a_reply, stale_in, texts_of
from heard.replies.ways import BadWay, Way, sources, way_named
from heard.replies.write import NothingSaid, mark_in_step, say
from heard.workspaces.models import Agent
from tests.cast import NOON

LANGUAGES = ("en", "cs", "sl")
WAYS = [
    Way(*parts)
    for parts in itertools.product(
        LANGUAGES, ("formal", "informal"), ("public", "private", "email"), ("short", "normal")
    )
]
ways = st.sampled_from(WAYS)
texts = st.sampled_from(["", "a", "b", "c"])
edits = st.one_of(
    st.tuples(st.just("say"), st.dictionaries(ways, texts, min_size=1, max_size=6)),
    st.tuples(st.just("check"), st.sets(ways, max_size=3)),
)
histories = st.tuples(st.dictionaries(ways, st.just("a"), max_size=14), st.lists(edits, max_size=8))


def dependents(said: dict[Way, Said], origin: Way) -> set[Way]:
    """Those that are made from `origin`: it is the nearest of the source's that there are."""
    return {
        way
        for way in said
        if way.language != origin.language
        and next(one for one in _by_nearness(way, origin.language) if one in said) == origin
    }


def _by_nearness(way: Way, source: str) -> Iterator[Way]:
    """The documented order, written out once more: audience before length before formality."""
    audiences = {
        "public": "public private email",
        "private": "private email public",
        "email": "email private public",
    }
    lengths = {"short": "short normal long", "normal": "normal long short"}
    other = {"formal": "informal", "informal": "formal"}[way.formality]
    for audience in audiences[way.audience].split():
        for length in lengths[way.length].split():
            yield Way(source, way.formality, audience, length)
            yield Way(source, other, audience, length)


def after(history: tuple[dict[Way, str], list[tuple[str, Any]]]) -> dict[Way, Said]:
    begun, later = history
    said = written({}, begun, source="en")
    for what, told in later:
        texts, checked = (told, ()) if what == "say" else ({}, told)
        said = written(said, texts, source="en", checked=checked)
    return said


@given(histories, st.data())
@settings(max_examples=300, deadline=None)
def test_after_any_edit_of_a_source_exactly_what_is_made_from_it_is_stale(
    history: tuple[dict[Way, str], list[tuple[str, Any]]], data: st.DataObject
) -> None:
    said = after(history)
    of_source = sorted(way for way in said if way.language == "en")
    if not of_source:
        assert not stale_ways(said, "en")
        return
    edited = data.draw(st.sampled_from(of_source))
    before = stale_ways(said, "en")

    changed = written(said, {edited: "never said before"}, source="en")

    assert stale_ways(changed, "en") == before | dependents(said, edited)
    # Whoever takes the change back has changed nothing.
    assert stale_ways(written(changed, {edited: said[edited].text}, source="en"), "en") == before


@given(histories, st.data())
@settings(max_examples=200, deadline=None)
def test_writing_or_checking_a_translation_brings_it_into_step_and_touches_no_other(
    history: tuple[dict[Way, str], list[tuple[str, Any]]], data: st.DataObject
) -> None:
    said = after(history)
    translations = sorted(way for way in said if way.language != "en")
    if not translations:
        return
    one = data.draw(st.sampled_from(translations))
    before = stale_ways(said, "en")

    assert stale_ways(written(said, {one: "anew"}, source="en"), "en") == before - {one}
    assert stale_ways(written(said, {}, source="en", checked=[one]), "en") == before - {one}


@given(histories)
@settings(max_examples=200, deadline=None)
def test_what_was_in_step_still_is_when_another_language_becomes_the_source(
    history: tuple[dict[Way, str], list[tuple[str, Any]]],
) -> None:
    said = after(history)
    if stale_ways(said, "en") or not all(way.language in ("en", "cs") for way in said):
        return
    assert not stale_ways(turned(said, before="en", source="cs"), "cs")


def test_what_a_source_lacks_is_made_from_the_nearest() -> None:
    found = [str(way) for way in sources(Way("cs", "informal", "public", "short"), "en")]

    assert found[:4] == [
        "en-informal-public-short",
        "en-formal-public-short",
        "en-informal-public-normal",
        "en-formal-public-normal",
    ]
    assert found[6] == "en-informal-private-short"
    assert len(found) == len(set(found)) == 18


@pytest.mark.parametrize(
    "name", ["", "cs", "cs-formal-public", "xx-formal-public-normal", "cs-formal-public-normal-x"]
)
def test_a_name_that_is_no_way_is_refused(name: str) -> None:
    assert way_named("cs-formal-public-normal", LANGUAGES) == CS_PUBLIC
    with pytest.raises(BadWay):
        way_named(name, LANGUAGES)


@given(
    st.lists(
        st.tuples(st.sampled_from([EN, EN_TU, EN_PUBLIC, CS, CS_TU, CS_PUBLIC]), texts, st.booleans()),
        max_size=5,
    )
)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rows_say_what_the_rules_say(bea: Agent, history: list[tuple[Way, str, bool]]) -> None:
    reply = a_reply(bea, {EN: "a", CS: "á"})
    said = written({}, {EN: "a", CS: "á"}, source="en")
    for way, text, check in history:
        try:
            if check:
                mark_in_step(reply, [way], by=bea, now=NOON)
            else:
                say(reply, way, text, by=bea, now=NOON)
        except NothingSaid:
            continue
        said = written(said, {} if check else {way: text}, source="en", checked=[way] if check else ())
    assert texts_of(reply) == {way: one.text for way, one in said.items()}
    assert stale_in(reply) == stale_ways(said, "en")
    SavedReply.objects.filter(pk=reply.pk).delete()
