from __future__ import annotations

import pytest

from heard.tickets.numbers import LETTERS, numbers_in, public_number
from heard.workspaces.models import Workspace
from tests.cast import Network, a_ticket, a_workspace


def test_numbers_rise_and_belong_to_their_workspace(facebook: Network) -> None:
    first, second = a_ticket(facebook, said="One"), a_ticket(facebook, said="Two")

    assert first.number == 1001
    assert second.number > first.number


@pytest.mark.parametrize("text", ["{}", "re: {}!", "({})", "{}.", "{} and more", "{}\n"])
def test_a_quoted_number_is_found_in_running_text(acme: Workspace, text: str) -> None:
    quoted = public_number(acme, 1042)

    assert numbers_in(text.format(quoted), acme) == [1042]
    assert numbers_in(text.format(quoted.lower().replace("-", " ")), acme) == [1042]


def test_guessed_and_foreign_numbers_are_not_ours(acme: Workspace) -> None:
    right = public_number(acme, 1042)
    wrong = right[:-LETTERS] + ("22" if right[-LETTERS:] != "22" else "33")

    assert numbers_in(wrong, acme) == []
    assert numbers_in(right, a_workspace("Other")) == []
    assert numbers_in("order 1042, HRD-1042", acme) == []
    assert numbers_in(f"x{right} {right}x -{right}", acme) == []
    assert numbers_in("HRD-" + "9" * 5000 + "-K7", acme) == []
