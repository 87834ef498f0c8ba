from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from heard.env import env
from heard.events.models import EventRecord
from heard.forms.gather_others import gather, mail_others
from heard.forms.issues import issues_in_order
from heard.forms.models import Form, IssueKind, Submission
from heard.forms.others import FEWEST, NotWrittenOften, make_it_an_issue, others
from heard.forms.tests.test_submit import sent
from heard.workspaces.models import Agent
from tests.cast import NOON
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

PARKING = ("No parking at the shop", "The car park was full, parking is awful", "Parkings please", "parking")
SAID = (*PARKING, "The shop is too cold", "I lost my glove", "Warmer gloves?", "Where is Bea?")


@pytest.fixture
def written(incident: Form) -> Form:
    other = IssueKind.objects.get(asks_text=True, parent=None).key
    for text in SAID:
        typed: dict[str, Any] = {"issue-other": [text]}
        sent(incident, issue=[other], **typed)
    sent(incident, what=["parking parking"])
    return incident


def test_people_who_share_a_word_in_any_form_are_one_group(written: Form) -> None:
    [group] = others(written.workspace, now=NOON)

    assert (group.word, group.count) == ("parking", len(PARKING))
    assert {one.text for one in group.written} == set(PARKING)
    assert others(written.workspace, now=NOON + timedelta(days=28)) == []


def test_one_click_makes_it_an_issue_that_counts_those_who_wrote_of_it(written: Form, ann: Agent) -> None:
    kind = make_it_an_issue(written.workspace, key="parking", by=ann, now=NOON)

    first = issues_in_order(written.workspace, now=NOON)[0]
    assert (first.kind, first.count) == (kind, len(PARKING))
    assert kind.texts.get().text == "Parking"
    assert others(written.workspace, now=NOON) == []
    with pytest.raises(NotWrittenOften):
        make_it_an_issue(written.workspace, key="parking", by=ann, now=NOON)


def test_once_a_week_it_is_told_and_mailed_to_the_admins_who_wish_it(
    written: Form, ann: Agent, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    for days in (0, 1, 7):
        gather(written.workspace, now=NOON + timedelta(days=days))
    told = EventRecord.objects.filter(kind="OthersGathered").values_list("payload", flat=True)
    assert [one["words"] for one in told] == [{"parking": len(PARKING)}] * 2

    monkeypatch.setattr("heard.people.mail.env", lambda: replace(env(), mail_url="smtp://127.0.0.1:9"))
    mail_others(ann.pk, now=NOON)
    assert mailoutbox == []
    Agent.objects.filter(pk=ann.pk).update(mailed=[Agent.Mailed.ISSUES])
    mail_others(ann.pk, now=NOON)
    assert "4 people wrote about “parking”" in mailoutbox[0].body


@pytest.mark.usefixtures("plain_static")
def test_the_page_shows_their_words_and_has_the_button(
    written: Form, ann: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heard.web.forms.others.timezone.now", lambda: NOON)
    desk = signed_in(ann)
    page = desk.get("/settings/issues/others").text
    assert "4 people wrote about “parking”" in page
    assert "The car park was full" in page
    assert SAID.count("I lost my glove") < FEWEST

    answer = desk.post("/settings/issues/others/take", {"word": "parking"})

    made = IssueKind.objects.get(key="parking")
    assert answer["Location"] == f"/settings/issues/{made.pk}"
    assert Submission.objects.filter(issue=made).count() == len(PARKING)
    assert "no longer there" in desk.post("/settings/issues/others/take", {"word": "x"}, follow=True).text
    assert Client().post("/settings/issues/others/take").status_code == 302
