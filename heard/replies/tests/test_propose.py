from __future__ import annotations

import pytest

from heard.events.models import EventRecord
from heard.replies.approve import NothingToApprove, approve, drop_change, send_back
from heard.replies.facts import Facts
from heard.replies.files import File, Files
from heard.replies.models import ReplyChange, SavedReply
from heard.replies.propose import change_of, facts_for
from heard.replies.queries import Asked, listed
from heard.replies.rights import NotYours
from heard.replies.tests.shelf import CS, EN, EN_TU, IN_CZECH, IN_ENGLISH, a_reply, texts_of
from heard.replies.tests.test_write import checked_replies as checked_replies
from heard.replies.tests.test_write import offered
from heard.replies.versions import compared_with, versions_of
from heard.replies.wording import BadWording
from heard.replies.write import ChangedMeanwhile, NothingSaid, Wanted, change, say
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded

State = ReplyChange.State


@pytest.fixture
def reply(checked_replies: Workspace, bea: Agent, ann: Agent) -> SavedReply:
    """Bea's, and approved."""
    return approve(a_reply(bea), by=ann, now=NOON)


def words(reply: SavedReply) -> tuple[int, str, dict[str, str]]:
    row = reloaded(reply)
    return row.version, texts_of(row)[EN], row.titles


def test_while_a_change_waits_everybody_uses_what_was_approved(
    reply: SavedReply, bea: Agent, oto: Agent, ann: Agent
) -> None:
    before = words(reply)

    changed = change(
        reply,
        Wanted(facts=Facts(titles={"en": "New title"}, tags=["parcel"]), texts={EN: "New."}),
        by=bea,
        now=NOON,
    )

    assert (words(reply), changed.tags, offered(oto)) == (before, ["parcel"], {reply})
    kept = change_of(reloaded(reply))
    assert kept is not None
    assert (kept.state, kept.by, kept.titles, kept.texts) == (
        State.WAITING,
        bea,
        {"en": "New title"},
        {str(EN): "New."},
    )
    assert [(one.language, one.way) for one in compared_with(reply, kept)] == [("en", None), ("en", EN)]
    waiting = Asked(place="waiting")
    places = [list(listed(one, waiting, today=NOON.date(), language="en")) for one in (ann, bea, oto)]
    assert places == [[reply], [reply], []]

    with pytest.raises(ChangedMeanwhile):
        approve(reply, by=ann, now=NOON, seen=kept.number + 1)
    approved = approve(reply, by=ann, now=NOON, seen=kept.number)

    assert words(reply) == (2, "New.", {"en": "New title"})
    assert (approved.approval, approved.approved_by, change_of(reloaded(reply))) == ("approved", ann, None)
    assert [(one.number, one.by) for one in versions_of(reply)] == [(2, bea), (1, bea)]
    with pytest.raises(NothingToApprove):
        approve(reply, by=ann, now=NOON)


def test_a_change_sent_back_keeps_its_words_and_waits_again_once_it_is_mended(
    reply: SavedReply, bea: Agent, ann: Agent
) -> None:
    say(reply, EN, "Too long.", by=bea, now=NOON)
    send_back(reply, reason="Shorter.", by=ann, now=NOON)

    kept = change_of(reloaded(reply))
    assert kept is not None
    assert (kept.state, kept.comment, kept.texts) == (State.RETURNED, "Shorter.", {str(EN): "Too long."})
    with pytest.raises(NothingToApprove):
        approve(reply, by=ann, now=NOON)
    change(reply, Wanted(facts=Facts(titles=reply.titles, tags=["x"])), by=bea, now=NOON)
    assert ReplyChange.objects.get().state == State.RETURNED
    say(reply, EN_TU, "Hi.", by=bea, now=NOON)
    mended = ReplyChange.objects.get()
    assert (mended.state, mended.comment, mended.number) == (State.WAITING, "", 2)
    assert mended.texts == {str(EN): "Too long.", str(EN_TU): "Hi."}


def test_a_change_that_says_what_is_approved_is_none_and_its_author_or_an_admin_drops_one(
    reply: SavedReply, bea: Agent, oto: Agent, ann: Agent
) -> None:
    say(reply, EN, "Otherwise.", by=bea, now=NOON)
    change(reply, Wanted(texts={EN: IN_ENGLISH}, draft=True), by=bea, now=NOON)
    assert not ReplyChange.objects.exists()
    assert reloaded(reply).approval == SavedReply.Approval.APPROVED

    say(reply, EN, "Otherwise.", by=bea, now=NOON)
    with pytest.raises(NotYours):
        drop_change(reply, by=oto, now=NOON)
    drop_change(reply, by=ann, now=NOON)

    assert (ReplyChange.objects.count(), words(reply)[1]) == (0, IN_ENGLISH)
    kinds = EventRecord.objects.filter(kind__contains="Change").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["SavedReplyChangeKept", "SavedReplyChangeDropped"] * 2


def test_a_draft_of_a_change_waits_for_nobody_and_what_cannot_be_is_refused_at_once(
    reply: SavedReply, bea: Agent, ann: Agent
) -> None:
    change(reply, Wanted(texts={EN: "Begun."}, draft=True), by=bea, now=NOON)
    with pytest.raises(NothingToApprove):
        approve(reply, by=ann, now=NOON)
    assert (ReplyChange.objects.get().state, words(reply)[1]) == (State.DRAFT, IN_ENGLISH)
    with pytest.raises(BadWording):
        say(reply, EN, "Hello {nobody}", by=bea, now=NOON)
    with pytest.raises(NothingSaid):
        say(reply, EN, "", by=bea, now=NOON)
    assert facts_for(reloaded(reply), bea).titles == reply.titles
    assert ReplyChange.objects.get().texts == {str(EN): "Begun."}


def test_what_an_admin_writes_meanwhile_stays_and_the_change_comes_on_top_with_its_files(
    reply: SavedReply, bea: Agent, ann: Agent
) -> None:
    change(
        reply, Wanted(texts={EN: "From Bea."}, files=Files(new=[File("a.txt", b"How to")])), by=bea, now=NOON
    )
    say(reply, CS, "Od Ann.", by=ann, now=NOON)
    assert (texts_of(reloaded(reply)), reply.files.count()) == ({EN: IN_ENGLISH, CS: "Od Ann."}, 0)

    approve(reply, by=ann, now=NOON)

    assert texts_of(reloaded(reply)) == {EN: "From Bea.", CS: "Od Ann."}
    assert reply.files.get().name == "a.txt"
    assert IN_CZECH not in texts_of(reply).values()


def test_once_nobody_has_to_agree_any_more_the_next_change_takes_what_waited_along(
    reply: SavedReply, checked_replies: Workspace, bea: Agent
) -> None:
    say(reply, EN, "From Bea.", by=bea, now=NOON)
    Workspace.objects.update(replies_need_approval=False)

    say(reply, CS, "Od Bey.", by=reloaded(bea), now=NOON)

    assert (texts_of(reloaded(reply)), ReplyChange.objects.count()) == ({EN: "From Bea.", CS: "Od Bey."}, 0)
