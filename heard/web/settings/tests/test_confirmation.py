from __future__ import annotations

import pytest

from heard.confirming.models import ConfirmingGoal, ConfirmingText
from heard.confirming.switches import switched_on
from heard.workspaces.models import Agent
from tests.cast import a_workspace, an_inbox
from tests.visitors import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]

WORDS = {"within": "Hi {{name}}\nYour number: {{number}}", "outside": ""}


def test_an_admin_says_which_inboxes_confirm(ann: Agent) -> None:
    page, chat = an_inbox(ann.workspace), an_inbox(ann.workspace, "messenger")
    other = an_inbox(ann.workspace, "messenger", "another")
    browser = signed_in(ann)
    assert switched_on([page, chat, other]) == set()

    typed = {"inboxes": [str(chat.pk)], "goal_minutes": "120"}
    assert browser.post("/settings/confirmation", typed).status_code == 302

    assert switched_on([page, chat, other]) == {chat.pk}
    assert ConfirmingGoal.objects.get().minutes == 120
    assert "checked" in browser.get("/settings/confirmation").text


def test_an_inbox_of_another_workspace_cannot_be_switched(ann: Agent) -> None:
    theirs = an_inbox(a_workspace("Other"), "messenger")

    answer = signed_in(ann).post("/settings/confirmation", {"inboxes": [str(theirs.pk)]})

    assert answer.status_code == 422
    assert switched_on([theirs]) == set()


def test_words_are_looked_at_before_they_are_kept(ann: Agent) -> None:
    browser = signed_in(ann)

    page = browser.post("/settings/confirmation/cs", {**WORDS, "preview": "yes"})
    assert "Hi Jana\nYour number: HRD-1042-" in page.text
    assert not ConfirmingText.objects.exists()

    browser.post("/settings/confirmation/cs", WORDS)
    assert ConfirmingText.objects.get().language == "cs"
    browser.post("/settings/confirmation/cs", {"within": "", "outside": " "})
    assert not ConfirmingText.objects.exists()


@pytest.mark.parametrize("text", ["{{order}}", "{{ name.secret }}", "{% if %}{{x}}", "x" * 2001])
def test_a_placeholder_that_does_not_exist_is_refused(ann: Agent, text: str) -> None:
    page = signed_in(ann).post("/settings/confirmation/en", {**WORDS, "within": text})

    assert page.status_code == 422
    assert 'id="id_within_error"' in page.text
    assert not ConfirmingText.objects.exists()


def test_there_are_five_languages(ann: Agent) -> None:
    assert signed_in(ann).get("/settings/confirmation/xx").status_code == 404
