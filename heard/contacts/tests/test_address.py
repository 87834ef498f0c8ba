from __future__ import annotations

import pytest

from heard.contacts.address import address, change_usual_formality, formality_for
from heard.contacts.models import Contact, Formality
from heard.events.models import EventRecord
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded


@pytest.fixture
def jana(acme: Workspace) -> Contact:
    return Contact.objects.create(workspace=acme, name="Jana", language="cs")


def test_strangers_are_addressed_formally_until_the_workspace_says_otherwise(
    jana: Contact, acme: Workspace, ann: Agent, cyril: Agent
) -> None:
    assert formality_for(jana, "cs") == Formality.FORMAL

    change_usual_formality(acme, {"cs": Formality.INFORMAL}, by=ann, now=NOON)
    change_usual_formality(cyril.workspace, {"sl": Formality.INFORMAL}, by=cyril, now=NOON)

    assert formality_for(jana, "cs") == Formality.INFORMAL
    assert formality_for(jana, "sl") == Formality.FORMAL


def test_what_was_said_of_one_person_counts_more_than_what_is_usual(
    jana: Contact, acme: Workspace, ann: Agent
) -> None:
    change_usual_formality(acme, {"cs": Formality.INFORMAL}, by=ann, now=NOON)
    address(jana, formality=Formality.FORMAL, by=ann, now=NOON)
    assert formality_for(reloaded(jana), "cs") == Formality.FORMAL

    address(jana, formality=None, by=ann, now=NOON)
    assert formality_for(reloaded(jana), "cs") == Formality.INFORMAL


def test_only_what_changes_is_an_event(jana: Contact, acme: Workspace, ann: Agent) -> None:
    change_usual_formality(acme, {"cs": Formality.FORMAL, "sl": Formality.INFORMAL}, by=ann, now=NOON)
    change_usual_formality(acme, {"cs": Formality.FORMAL, "sl": Formality.INFORMAL}, by=ann, now=NOON)
    address(jana, formality=None, by=ann, now=NOON)

    happened = EventRecord.objects.filter(kind__in=("UsualFormalityChanged", "ContactAddressed"))
    assert [record.payload for record in happened] == [{"changed": {"sl": "informal"}}]
