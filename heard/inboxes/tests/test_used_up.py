from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from heard.inboxes.models import Inbox
from heard.inboxes.spending import is_used_up, spend, used_up
from heard.workspaces.models import Workspace
from tests.cast import NOON, an_inbox


def test_whose_money_is_used_up_is_asked_once_for_all(
    acme: Workspace, django_assert_num_queries: Any
) -> None:
    caps = {"1": None, "2": Decimal("0.05"), "3": Decimal("0.05"), "4": Decimal(0)}
    inboxes = [an_inbox(acme, "facebook", account) for account in caps]
    for inbox, cap in zip(inboxes, caps.values(), strict=True):
        Inbox.objects.filter(pk=inbox.pk).update(monthly_cap=cap)
        inbox.monthly_cap = cap
    for inbox, amount in ((inboxes[0], "9"), (inboxes[1], "0.04"), (inboxes[2], "0.05")):
        spend(inbox, Decimal(amount), what="message", now=NOON)

    with django_assert_num_queries(1):
        found = used_up(inboxes, now=NOON)

    assert found == {inboxes[2].pk, inboxes[3].pk}
    assert found == {inbox.pk for inbox in inboxes if is_used_up(inbox, now=NOON)}


@pytest.mark.django_db
def test_nobody_without_a_cap_is_asked_about(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert used_up([Inbox(pk=1)], now=NOON) == set()
