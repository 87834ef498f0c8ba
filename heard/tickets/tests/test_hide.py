from __future__ import annotations

import pytest

from heard.outbox.models import Dispatch
from heard.tickets.hide import CannotHide, hide, hide_failed
from heard.workspaces.models import Agent
from tests.cast import Network, reloaded


def test_hiding_hides_and_answers_nothing(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("You are all crooks"))

    hide(message, by=bea, now=facebook.tick())

    assert reloaded(message).hidden_at == facebook.now
    assert reloaded(message.ticket).is_open
    assert Dispatch.objects.get().action == Dispatch.Action.HIDE


def test_what_was_hidden_can_be_shown_again(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("You are all crooks"))
    hide(message, by=bea, now=facebook.tick())

    hide(message, by=bea, now=facebook.tick(), hidden=False)
    hide(message, by=bea, now=facebook.tick(), hidden=False)

    assert reloaded(message).hidden_at is None
    assert list(Dispatch.objects.order_by("id").values_list("action", flat=True)) == ["hide", "unhide"]


def test_hiding_that_the_network_refused_is_not_shown_as_done(facebook: Network, bea: Agent) -> None:
    message = facebook.message(facebook.comment("You are all crooks"))
    hide(message, by=bea, now=facebook.tick())

    hide_failed(message, hidden=True, problem="permission", reason="No right.", now=facebook.tick())

    assert reloaded(message).hidden_at is None


def test_private_words_cannot_be_hidden(messenger: Network, bea: Agent) -> None:
    with pytest.raises(CannotHide):
        hide(messenger.message(messenger.direct("Hello")), by=bea, now=messenger.tick())
