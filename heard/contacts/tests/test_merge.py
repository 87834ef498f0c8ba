from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.contacts.merge import (
    NotMerged,
    OfAnotherWorkspace,
    SamePerson,
    merge,
    merges_of,
    root,
    unmerge,
)
from heard.contacts.models import Contact, ContactMerge, Identity
from heard.contacts.tests.people import export, identity_of, somebody
from heard.events.models import EventRecord
from heard.tickets.models import Ticket, TicketHome
from heard.tickets.private_side import same_person
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_workspace, an_inbox, reloaded

NAMES = ("Jana", "Dana", "Hana", "Vana", "Lana")


def test_everything_of_the_one_who_is_gone_is_the_others(messenger: Network, bea: Agent) -> None:
    jana, dana = somebody(messenger, "Jana"), somebody(messenger, "Dana")

    row = merge(jana, dana, by=bea, now=NOON, evidence=[{"kind": "said"}])

    assert set(jana.identities.values_list("address", flat=True)) == {"person-jana", "person-dana"}
    assert jana.tickets.count() == 2
    assert not dana.identities.exists()
    assert root(dana) == jana
    assert (row.by, row.evidence, row.moved) == (
        bea,
        [{"kind": "said"}],
        {"identities": [identity_of(messenger, "Dana").pk]},
    )
    assert EventRecord.objects.get(kind="ContactsMerged").payload["gone_id"] == dana.pk


def test_undone_it_is_as_if_it_had_never_been(messenger: Network, bea: Agent) -> None:
    jana, dana = somebody(messenger, "Jana"), somebody(messenger, "Dana")
    before = export(bea.workspace)
    row = merge(jana, dana, by=bea, now=NOON)

    unmerge(row, by=bea, now=NOON)

    assert export(bea.workspace) == before
    assert not TicketHome.objects.exists()
    assert (reloaded(row).undone_by, merges_of(jana)) == (bea, [])
    with pytest.raises(NotMerged):
        unmerge(row, by=bea, now=NOON)


def test_what_came_since_goes_with_the_identity_that_it_came_on(messenger: Network, bea: Agent) -> None:
    jana, dana = somebody(messenger, "Jana"), somebody(messenger, "Dana")
    row = merge(jana, dana, by=bea, now=NOON)
    Ticket.objects.update(state="resolved", waiting_since=None, resolution="solved", resolved_at=NOON)
    messenger.tick(days=30)
    new = {name: messenger.ticket(messenger.direct("Again", by=name)) for name in ("Jana", "Dana")}
    assert {ticket.contact for ticket in new.values()} == {jana}

    unmerge(row, by=bea, now=messenger.now)

    assert reloaded(new["Jana"]).contact == jana
    assert reloaded(new["Dana"]).contact == dana


def test_who_is_gone_stands_for_whom_they_went_into(messenger: Network, bea: Agent) -> None:
    jana, dana, hana = (somebody(messenger, name) for name in ("Jana", "Dana", "Hana"))
    merge(jana, dana, by=bea, now=NOON)

    merge(dana, hana, by=bea, now=NOON)

    assert root(hana) == jana
    assert jana.tickets.count() == 3
    with pytest.raises(SamePerson):
        merge(hana, dana, by=bea, now=NOON)


def test_a_ticket_that_another_identity_had_opened_stays_where_it_was(messenger: Network, bea: Agent) -> None:
    jana, dana = somebody(messenger, "Jana"), somebody(messenger, "Dana")
    jana.tickets.update(contact=dana)  # by hand, say: its opener is Jana's
    before = export(bea.workspace)

    for kept, gone in ((jana, dana), (dana, jana)):
        unmerge(merge(kept, gone, by=bea, now=NOON), by=bea, now=NOON)

        assert export(bea.workspace) == before


def test_an_identity_that_the_network_calls_the_same_follows_its_twin(messenger: Network, bea: Agent) -> None:
    jana, dana = somebody(messenger, "Jana"), somebody(messenger, "Dana")
    somebody(messenger, "Hana")
    row = merge(jana, dana, by=bea, now=NOON)

    same_person(identity_of(messenger, "Hana"), identity_of(messenger, "Dana"))
    unmerge(row, by=bea, now=NOON)

    assert identity_of(messenger, "Hana").contact == dana
    assert identity_of(messenger, "Hana").home is None


def test_contacts_of_two_workspaces_are_never_one(messenger: Network, bea: Agent, cyril: Agent) -> None:
    jana = somebody(messenger, "Jana")
    theirs = somebody(Network(an_inbox(cyril.workspace, "messenger")), "Jana")

    with pytest.raises(OfAnotherWorkspace):
        merge(jana, theirs, by=bea, now=NOON)
    # Nor does the database take it from anybody else.
    for write in (
        lambda: Contact.objects.filter(pk=jana.pk).update(merged_into=theirs),
        lambda: ContactMerge.objects.create(workspace=bea.workspace, kept=jana, gone=theirs, at=NOON),
    ):
        with pytest.raises(IntegrityError):
            _at_commit(write)


def test_whatever_points_to_a_contact_is_taught_to_follow() -> None:
    """A new table that refers to contacts has to go along with a merge, and to come back."""
    pointing = {
        f"{row.related_model._meta.label}.{row.field.name}"
        for row in Contact._meta.get_fields(include_hidden=True)
        if isinstance(row, ForeignObjectRel)
    }

    assert pointing == {
        "contacts.Identity.contact",
        "contacts.Identity.home",
        "contacts.Contact.merged_into",
        "contacts.ContactMerge.kept",
        "contacts.ContactMerge.gone",
        "contacts.NotTheSame.one",
        "contacts.NotTheSame.other",
        "tickets.Ticket.contact",
        "tickets.TicketHome.contact",
    }


def _at_commit(write: Callable[[], object]) -> None:
    with transaction.atomic():
        write()
        connection.check_constraints()


# ── any graph, any order ──────────────────────────────────────────────────────────────────────────

# A step joins two contacts, cuts the nth merge that stands, or lets somebody write a new matter.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(0, 4), st.integers(0, 4)),
        st.tuples(st.just("unmerge"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("write"), st.integers(0, 4), st.just(0)),
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS, order=st.randoms(use_true_random=False))
def test_merged_and_unmerged_in_any_order_everything_is_where_it_was(
    five: Network, steps: Any, order: Any
) -> None:
    with transaction.atomic():
        _play(five, steps, order)
        transaction.set_rollback(True)


@pytest.fixture
def five(db: None) -> Network:
    """Where five people wrote once each. Every example begins with them."""
    network = Network(an_inbox(a_workspace("Graph"), "messenger"))
    for name in NAMES:
        somebody(network, name)
    return network


def _play(network: Network, steps: Any, order: Any) -> None:
    people = [identity_of(network, name).contact for name in NAMES]
    ours: dict[str, str] = {}  # who wrote each ticket
    for step, one, other in steps:
        if step == "merge":
            _join(people[one], people[other])
        elif step == "write":
            _write(network, NAMES[one], ours)
        else:
            _cut(one)
        _agrees(network, people, ours)
    standing = list(ContactMerge.objects.filter(undone_at=None))
    order.shuffle(standing)
    for row in standing:
        unmerge(row, by=None, now=NOON)
    _agrees(network, people, ours)
    assert not Identity.objects.filter(home__isnull=False).exists()
    assert not TicketHome.objects.exists()
    assert not Contact.objects.filter(merged_into__isnull=False).exists()


def _join(kept: Contact, gone: Contact) -> None:
    before = export(kept.workspace)
    try:
        row = merge(kept, gone, by=None, now=NOON)
    except SamePerson:
        assert root(kept) == root(gone)
        return
    # Undone at once, not a byte differs; then it stands.
    unmerge(row, by=None, now=NOON)
    assert export(kept.workspace) == before
    merge(kept, gone, by=None, now=NOON)


def _write(network: Network, name: str, ours: dict[str, str]) -> None:
    """A matter of its own, whatever is open."""
    Ticket.objects.update(state="resolved", waiting_since=None, resolution="solved", resolved_at=NOON)
    network.tick(days=30)
    ours[network.direct("Again", by=name)] = name


def _cut(place: int) -> None:
    standing = list(ContactMerge.objects.filter(undone_at=None).order_by("id"))
    if standing:
        unmerge(standing[place % len(standing)], by=None, now=NOON)


def _agrees(network: Network, people: list[Contact], ours: dict[str, str]) -> None:
    """Whoever was merged with nobody but these has the root's contact, and so has all that they wrote."""
    for name, person in zip(NAMES, people, strict=True):
        expected = root(person)
        assert identity_of(network, name).contact == expected
    for external_id, name in ours.items():
        assert network.ticket(external_id).contact == root(people[NAMES.index(name)])
    first = Ticket.objects.filter(inbox=network.inbox).order_by("id")[: len(people)]
    assert [ticket.contact for ticket in first] == [root(person) for person in people]


# ── at the same moment ────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_at_once_end_in_one_tree() -> None:
    network = Network(an_inbox(a_workspace("Rush"), "messenger"))
    jana, dana, hana = (somebody(network, name) for name in ("Jana", "Dana", "Hana"))

    _at_once((jana, dana), (dana, hana), (hana, jana))

    assert len({root(person).pk for person in (jana, dana, hana)}) == 1
    assert ContactMerge.objects.count() == 2
    living = root(jana)
    assert living.tickets.count() == 3
    for row in ContactMerge.objects.all():
        unmerge(row, by=None, now=NOON)
    assert not TicketHome.objects.exists()
    assert {ticket.contact_id for ticket in Ticket.objects.all()} == {jana.pk, dana.pk, hana.pk}


@pytest.mark.django_db(transaction=True)
def test_a_ticket_opened_while_its_contact_is_merged_belongs_to_the_living() -> None:
    network = Network(an_inbox(a_workspace("Rush"), "messenger"))
    jana, dana = somebody(network, "Jana"), somebody(network, "Dana")
    ticket = dana.tickets.get()
    merged = threading.Event()
    inserted = threading.Event()

    def insert() -> None:
        try:
            merged.wait(10)
            ticket.pk, ticket.number = None, ticket.number + 1000
            ticket.save(force_insert=True)  # read before the merge, written after it began
        finally:
            inserted.set()
            connection.close()

    writing = threading.Thread(target=insert)
    writing.start()
    with transaction.atomic():
        merge(jana, dana, by=None, now=NOON)
        merged.set()
        assert not inserted.wait(0.3)  # it waits for the merge
    writing.join(10)

    assert Ticket.objects.get(number=ticket.number).contact == jana


def _at_once(*pairs: tuple[Contact, Contact]) -> None:
    gate = threading.Barrier(len(pairs))

    def run(kept: Contact, gone: Contact) -> None:
        try:
            gate.wait(10)
            merge(kept, gone, by=None, now=NOON)
        except SamePerson:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
