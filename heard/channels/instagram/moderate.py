"""Hide and delete comments; a heart for a message. Instagram has no like for comments."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Problem, Rejected, Wire
from heard.channels.facebook import moderate
from heard.channels.instagram.graphs import ME, account_graph
from heard.channels.messenger import reactions


def like(wire: Wire[Any], external_id: str, *, liked: bool) -> None:
    if external_id.isdecimal():
        raise Rejected("Instagram does not let programs like comments.", problem=Problem.INVALID)
    account = wire.credentials.account
    reactions.like(account_graph(wire), account, external_id, liked=liked, node=ME)


def hide(wire: Wire[Any], external_id: str, *, hidden: bool) -> None:
    # Written as `hide`, read as `hidden`.
    account_graph(wire).change("POST", external_id, json={"hide": hidden})


def delete(wire: Wire[Any], external_id: str) -> None:
    moderate.delete(account_graph(wire), external_id)
