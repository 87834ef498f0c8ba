from __future__ import annotations

from pytest_django import DjangoAssertNumQueries

from heard.api.tests.conftest import Program
from heard.inboxes.models import Inbox, InboxHealth
from tests.cast import SECRETS, Network, an_inbox


def test_inboxes_come_with_their_health(program: Program, facebook: Network) -> None:
    InboxHealth.objects.filter(inbox=facebook.inbox).update(bad_signatures=3)
    Inbox.objects.filter(pk=facebook.inbox.pk).update(state="reconnect", state_reason="Token expired")

    told = program.get("/inboxes").json()

    assert told["next"] is None
    (inbox,) = told["items"]
    assert (inbox["channel"], inbox["account"], inbox["name"]) == ("facebook", "104500", "Acme Shop facebook")
    assert (inbox["state"], inbox["state_reason"]) == ("reconnect", "Token expired")
    assert (inbox["health"]["bad_signatures"], inbox["health"]["backlog"]) == (3, 0)


def test_no_credential_is_ever_told(program: Program, facebook: Network) -> None:
    told = program.get("/inboxes").content.decode()

    assert not [secret for secret in SECRETS.values() if secret in told]


def test_the_number_of_queries_does_not_grow_with_the_inboxes(
    program: Program, facebook: Network, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for account in ("1", "2", "3"):
        an_inbox(facebook.inbox.workspace, "facebook", account=account)
    program.get("/me")

    with django_assert_num_queries(8):
        assert len(program.get("/inboxes").json()["items"]) == 4
