from __future__ import annotations

from datetime import timedelta

import pytest

from heard.replies.approve import NothingToApprove, ReasonNeeded, approve, send_back
from heard.replies.archive import archive, bring_back
from heard.replies.facts import BadFact
from heard.replies.models import SavedReply
from heard.replies.queries import Asked, expires_soon, listed
from heard.replies.rights import ForAdmins, NotYours
from heard.replies.tests.shelf import EN, a_reply
from heard.replies.tests.test_write import checked_replies as checked_replies
from heard.replies.tests.test_write import offered
from heard.replies.write import Wanted, change
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded

Approval = SavedReply.Approval
DAY = timedelta(days=1)


def test_an_admin_lets_others_use_what_an_agent_wrote(
    checked_replies: Workspace, bea: Agent, oto: Agent, ann: Agent
) -> None:
    reply = a_reply(bea)
    with pytest.raises(ForAdmins):
        approve(reply, by=bea, now=NOON)

    approve(reply, by=ann, now=NOON)

    assert (offered(oto), reloaded(reply).approved_by) == ({reply}, ann)
    with pytest.raises(NothingToApprove):
        approve(reply, by=ann, now=NOON)


def test_it_is_sent_back_with_a_reason_and_waits_again_once_it_is_mended(
    checked_replies: Workspace, bea: Agent, oto: Agent, ann: Agent
) -> None:
    reply = a_reply(bea)
    with pytest.raises(ReasonNeeded):
        send_back(reply, reason=" ", by=ann, now=NOON)

    send_back(reply, reason="Too long.", by=ann, now=NOON)
    assert (reloaded(reply).approval, reloaded(reply).sent_back) == (Approval.DRAFT, "Too long.")
    mended = change(reply, Wanted(texts={EN: "Short."}, draft=False), by=bea, now=NOON)
    assert (mended.approval, mended.sent_back) == (Approval.WAITING, "")


def test_what_is_archived_is_offered_to_nobody_and_its_shortcut_is_free(bea: Agent, oto: Agent) -> None:
    old = a_reply(bea, shortcut="way")
    with pytest.raises(NotYours):
        archive(old, by=oto, now=NOON)

    archive(old, by=bea, now=NOON)
    new = a_reply(oto, shortcut="way")

    assert offered(bea) == {new}
    with pytest.raises(BadFact):
        bring_back(old, by=bea, now=NOON)
    archive(new, by=oto, now=NOON)
    bring_back(old, by=bea, now=NOON)
    assert offered(bea) == {old}


def test_after_its_last_day_it_is_offered_to_nobody_and_its_owner_is_reminded(bea: Agent, oto: Agent) -> None:
    today = NOON.date()
    last_day, over = a_reply(bea, expires_on=today), a_reply(bea, expires_on=today - DAY)
    a_reply(bea, expires_on=today + 30 * DAY)

    assert last_day in offered(oto)
    assert over not in offered(oto)
    assert list(listed(oto, Asked(place="expired"), today=today, language="en")) == [over]
    assert expires_soon(bea, today=today, until=today + 14 * DAY) == [over, last_day]
    assert expires_soon(oto, today=today, until=today + 14 * DAY) == []
