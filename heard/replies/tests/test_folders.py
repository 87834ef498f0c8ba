from __future__ import annotations

import pytest

from heard.replies.folders import BadFolder, add_folder, change_folder, remove_folder
from heard.replies.models import Folder
from heard.replies.queries import Asked, branches_of, listed
from heard.replies.rights import ForAdmins
from heard.replies.tests.shelf import a_reply
from heard.workspaces.models import Agent
from tests.cast import NOON, reloaded


def a_folder(by: Agent, name: str, parent: Folder | None = None) -> Folder:
    return add_folder(name, parent=parent, by=by, now=NOON)


def test_a_folder_holds_what_lies_in_it_and_below(ann: Agent, bea: Agent) -> None:
    orders = a_folder(ann, "Orders")
    late = a_folder(ann, "Late", orders)
    a_folder(ann, "apologies", orders)
    reply, other = a_reply(bea, folder=late), a_reply(bea)

    assert [(one.path, one.depth) for one in branches_of(bea)] == [
        ("Orders", 0),
        ("Orders / apologies", 1),
        ("Orders / Late", 1),
    ]
    found = listed(bea, Asked(folder=orders.pk), today=NOON.date(), language="en")
    assert list(found) == [reply]
    remove_folder(late, by=ann, now=NOON)
    assert (reloaded(reply).folder, reloaded(other).folder) == (orders, None)


def test_the_tree_stays_a_tree(ann: Agent, bea: Agent, cyril: Agent) -> None:
    one = a_folder(ann, "One")
    two = a_folder(ann, "Two", one)
    four = a_folder(ann, "Four", a_folder(ann, "Three", two))
    branch = a_folder(ann, "Leaf", a_folder(ann, "Branch")).parent

    def refused(code: str, parent: Folder | None, folder: Folder = one, name: str = "One") -> None:
        with pytest.raises(BadFolder) as bad:
            change_folder(reloaded(folder), name=name, parent=parent, by=ann, now=NOON)
        assert bad.value.code == code

    refused("circle", one)
    refused("circle", four)
    refused("unknown", a_folder(cyril, "Theirs"))
    refused("deep", four, branch, "Branch")
    refused("deep", branch)
    refused("name", None, name=" ")
    refused("taken", None, two)
    with pytest.raises(BadFolder):
        remove_folder(one, by=ann, now=NOON)
    with pytest.raises(ForAdmins):
        a_folder(bea, "Mine")
    change_folder(four, name="Last/four", parent=None, by=ann, now=NOON)
    assert (reloaded(four).name, reloaded(four).parent) == ("Last four", None)
