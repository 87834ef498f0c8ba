from __future__ import annotations

from typing import Any

import pytest

from heard.events.models import EventRecord
from heard.replies.facts import BadFact, Facts, facts_of
from heard.replies.files import File, Files, for_use
from heard.replies.models import ReplyFile, SavedReply
from heard.replies.queries import Asked, counts, listed
from heard.replies.rights import NotYours
from heard.replies.tests.shelf import (
    CS,
    CS_PUBLIC,
    EN,
    EN_PUBLIC,
    IN_CZECH,
    IN_ENGLISH,
    a_reply,
    stale_in,
    texts_of,
)
from heard.replies.visible import Replies
from heard.replies.wording import BadWording
from heard.replies.write import ChangedMeanwhile, NothingSaid, Wanted, change, mark_in_step, say
from heard.uploads.models import UploadedFile
from heard.uploads.upload import BadFile
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded

Approval = SavedReply.Approval
TODAY = NOON.date()


@pytest.fixture
def checked_replies(acme: Workspace) -> Workspace:
    """Acme's admins look at what agents write before others use it."""
    acme.replies_need_approval = True
    acme.save(update_fields=["replies_need_approval"])
    return acme


def offered(agent: Agent) -> set[SavedReply]:
    known = SavedReply.objects
    assert isinstance(known.all(), Replies)
    return set(known.all().offered(agent, today=TODAY))


def test_what_is_added_says_something_belongs_to_who_added_it_and_may_be_used(bea: Agent, oto: Agent) -> None:
    reply = a_reply(bea, tags=["  Parcel ", "parcel"], shortcut="/Way")

    reply = reloaded(reply)
    assert (reply.owner, reply.approval, reply.version, reply.shortcut) == (bea, Approval.APPROVED, 1, "way")
    assert (reply.tags, reply.title("cs")) == (["parcel"], "Order on its way")
    assert texts_of(reply) == {EN: IN_ENGLISH, CS: IN_CZECH}
    assert offered(oto) == {reply}
    assert not stale_in(reply)
    record = EventRecord.objects.get(kind="SavedReplyAdded")
    assert (record.by, record.payload) == (bea, {"reply_id": reply.pk, "approval": "approved"})


def test_a_change_of_the_source_leaves_its_translations_behind_until_somebody_has_looked(bea: Agent) -> None:
    reply = a_reply(bea)

    changed = say(reply, EN, "Your order is late.", by=bea, now=NOON)
    assert (changed.version, stale_in(reply)) == (2, frozenset({CS}))
    assert counts(bea, today=TODAY)["stale"] == 1
    mark_in_step(reply, [CS], by=bea, now=NOON)
    assert not stale_in(reply)
    assert reloaded(reply).version == 2
    say(reply, EN, "Your order is later.", by=bea, now=NOON)
    say(reply, CS, "Je to pozdě.", by=bea, now=NOON)
    assert not stale_in(reply)
    kinds = EventRecord.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "SavedReplyAdded",
        "SavedReplyChanged",
        "SavedReplyInStep",
        *["SavedReplyChanged"] * 2,
    ]


def test_agents_change_their_own_and_admins_everything(
    bea: Agent, oto: Agent, ann: Agent, cyril: Agent
) -> None:
    reply = a_reply(bea)

    for other in (oto, cyril):
        with pytest.raises(NotYours):
            say(reply, EN, "Hello.", by=other, now=NOON)
    say(reply, EN, "Hello from Ann.", by=ann, now=NOON)
    mine = change(reply, Wanted(facts=Facts(titles={"en": "Mine"}, owner=oto)), by=bea, now=NOON)
    assert reloaded(mine).owner == bea
    change(reply, Wanted(facts=Facts(titles={"en": "Oto's"}, owner=oto)), by=ann, now=NOON)
    assert reloaded(reply).owner == oto


def test_drafts_are_seen_by_their_owner_and_admins_alone(bea: Agent, oto: Agent, ann: Agent) -> None:
    draft = a_reply(bea, draft=True)

    assert (offered(bea), offered(ann), offered(oto)) == ({draft}, {draft}, set())
    say(draft, EN, "Not yet.", by=bea, now=NOON)
    assert reloaded(draft).approval == Approval.DRAFT
    change(draft, Wanted(draft=False), by=bea, now=NOON)
    assert offered(oto) == {draft}


def test_where_the_workspace_wants_that_agents_words_wait_for_an_admin(
    checked_replies: Workspace, bea: Agent, oto: Agent, ann: Agent
) -> None:
    theirs, own = a_reply(bea), a_reply(ann)
    assert (theirs.approval, own.approval, own.approved_by) == (Approval.WAITING, Approval.APPROVED, ann)
    assert offered(oto) == {own}

    change(theirs, Wanted(draft=False), by=ann, now=NOON)
    assert reloaded(theirs).approved_by == ann
    tagged = change(theirs, Wanted(facts=Facts(titles=theirs.titles, tags=["parcel"])), by=bea, now=NOON)
    assert tagged.approval == Approval.APPROVED
    assert say(theirs, EN, "Otherwise.", by=bea, now=NOON).approval == Approval.APPROVED
    assert texts_of(reloaded(theirs))[EN] == IN_ENGLISH


def test_what_two_people_write_at_once_is_not_overwritten(bea: Agent, ann: Agent) -> None:
    reply = a_reply(bea)
    say(reply, EN, "From Ann.", by=ann, now=NOON)

    with pytest.raises(ChangedMeanwhile):
        change(reply, Wanted(texts={EN: "From Bea."}, seen=1), by=bea, now=NOON)
    assert texts_of(reply)[EN] == "From Ann."


def test_a_wording_that_cannot_be_filled_is_refused_with_its_place_and_nothing_is_kept(bea: Agent) -> None:
    bad = {
        EN: "Your {custmer.name}",
        CS: "Za {delivery_days, plural, one {den} other {dní}}.",
        CS_PUBLIC: "Objednávka {order_number}",
        EN_PUBLIC: "x" * 8_001,
    }
    with pytest.raises(BadWording) as refused:
        a_reply(bea, bad)

    places = {way: (one.start, one.end) for way, one in refused.value.wrong.items()}
    assert places == {EN: (5, 19), CS: (3, 49), CS_PUBLIC: (12, 24), EN_PUBLIC: (8_000, 8_001)}
    assert not SavedReply.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"titles": {"en": " "}}, "titles", "missing"),
        ({"titles": {"en": "x" * 121}}, "titles", "long"),
        ({"titles": {"xx": "Hello"}}, "titles", "unknown"),
        ({"shortcut": "two words"}, "shortcut", "form"),
        ({"shortcut": "way"}, "shortcut", "taken"),
        ({"tags": ["x" * 41]}, "tags", "many"),
        ({"source_language": "xx"}, "source_language", "unknown"),
        ({"situation": "party"}, "situation", "unknown"),
        ({"block": "half"}, "block", "unknown"),
    ],
)
def test_facts_that_cannot_be_are_refused(bea: Agent, facts: dict[str, Any], field: str, code: str) -> None:
    a_reply(bea, shortcut="way")

    with pytest.raises(BadFact) as refused:
        a_reply(bea, **facts)

    assert (refused.value.field, refused.value.code) == (field, code)
    assert SavedReply.objects.count() == 1


def test_nothing_of_another_workspace_gets_into_a_reply(bea: Agent, ann: Agent, cyril: Agent) -> None:
    with pytest.raises(BadFact):
        a_reply(ann, owner=cyril)
    assert not SavedReply.objects.visible_to(cyril).exists()


def test_a_reply_says_something_in_its_source_language(bea: Agent) -> None:
    with pytest.raises(NothingSaid):
        a_reply(bea, {CS: IN_CZECH})
    reply = a_reply(bea)
    with pytest.raises(NothingSaid):
        say(reply, EN, " ", by=bea, now=NOON)
    turned = change(reply, Wanted(facts=Facts(titles=reply.titles, source_language="cs")), by=bea, now=NOON)
    assert (turned.version, stale_in(turned)) == (2, frozenset())
    assert say(turned, EN, "", by=bea, now=NOON).version == 3


def test_files_are_checked_and_each_use_gets_copies_of_its_own(bea: Agent, oto: Agent) -> None:
    reply = a_reply(bea)
    with pytest.raises(BadFile):
        change(reply, Wanted(files=Files(new=[File("a.exe", b"MZ")])), by=bea, now=NOON)
    change(reply, Wanted(files=Files(new=[File("a.txt", b"How to send it back")])), by=bea, now=NOON)
    kept = ReplyFile.objects.get()
    change(reply, Wanted(files=Files(alts={kept.pk: "The label"})), by=bea, now=NOON)

    [used] = for_use(reply, oto, now=NOON, place="ticket")

    assert (used.agent, used.place, used.name, used.alt) == (oto, "ticket", "a.txt", "The label")
    assert used.key != kept.key
    left = change(reply, Wanted(files=Files(left_out=frozenset({kept.pk}))), by=bea, now=NOON)
    assert (left.version, ReplyFile.objects.count(), UploadedFile.objects.count()) == (4, 0, 1)


def test_a_list_finds_by_words_without_accents_by_tag_language_and_place(bea: Agent, oto: Agent) -> None:
    late = a_reply(
        bea,
        {EN: "It is late.", CS: "Řehoř se zpozdí."},
        titles={"en": "Late", "cs": "Zpoždění"},
        tags=["late"],
    )
    thanks = a_reply(oto, {EN: "Thank you."}, title="Thanks", shortcut="ty")

    def found(**asked: str) -> list[SavedReply]:
        return list(listed(bea, Asked(**asked), today=TODAY, language="cs"))  # type: ignore[arg-type]

    assert found() == [thanks, late]
    assert (
        found(words="rehor zpozdi")
        == found(tag="late")
        == found(language="cs")
        == found(place="mine")
        == [late]
    )
    assert found(words="/TY") == [thanks]
    assert found(words="100%") == found(place="archived") == found(place="waiting") == []


def test_saving_what_is_there_already_changes_nothing(bea: Agent) -> None:
    reply = a_reply(bea)
    before = EventRecord.objects.count()

    change(reply, Wanted(facts=facts_of(reply), texts=texts_of(reply), draft=False), by=bea, now=NOON)

    assert (reloaded(reply).version, EventRecord.objects.count()) == (1, before)
