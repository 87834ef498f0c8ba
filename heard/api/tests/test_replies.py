"""Saved replies by programs."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from heard.api.tests.conftest import Program
from heard.replies.approve import approve
from heard.replies.folders import add_folder
from heard.replies.models import SavedReply
from heard.replies.tests.shelf import CS, EN, IN_ENGLISH, a_reply, stale_in, texts_of
from heard.replies.tests.test_write import checked_replies as checked_replies
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded

SAID = [
    {"language": "en", "text": "It is late, {customer.name}."},
    {"language": "cs", "text": "Je to pozdě."},
]


def written(program: Program, **fields: Any) -> dict[str, Any]:
    answer = program.post("/replies", **{"titles": {"en": "Late"}, "variants": SAID, **fields})
    assert answer.status_code == 201, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_a_reply_is_written_changed_and_put_out_of_use(program: Program, ann: Agent) -> None:
    folder = add_folder("Orders", parent=None, by=ann, now=NOON)
    told = written(program, folder=folder.pk, tags=["parcel"], expires_on="2027-01-31")
    assert (told["folder"]["name"], told["expires_on"], told["version"]) == ("Orders", "2027-01-31", 1)
    address = f"/replies/{told['id']}"

    said = [{"language": "en", "text": "It is later."}]
    changed = program.post(f"{address}/change", variants=said, version=1, expires_on=None).json()
    assert (changed["version"], changed["expires_on"], changed["tags"]) == (2, None, ["parcel"])
    assert {one["language"]: one["stale"] for one in changed["variants"]} == {"en": False, "cs": True}
    stepped = program.post(f"{address}/change", in_step=["cs"]).json()
    assert [one["stale"] for one in stepped["variants"]] == [False, False]
    late = program.post(f"{address}/change", variants=said, version=1)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert program.post(f"{address}/archive").json()["archived_at"]
    assert program.get("/replies").json()["items"] == []
    assert program.post(f"{address}/bring-back").json()["archived_at"] is None


def test_what_cannot_be_is_told_by_its_field(program: Program, bea: Agent, oto: Agent) -> None:
    a_reply(bea, shortcut="late")

    def refused(**fields: Any) -> list[tuple[str, str]]:
        answer = program.post("/replies", **{"titles": {"en": "Late"}, "variants": SAID, **fields})
        assert answer.status_code == 422, answer.content
        return [(one["field"], one["code"]) for one in answer.json()["errors"]]

    bad = [{"language": "en", "text": "Dear {custmer.name}"}]
    assert refused(variants=bad) == [("body.variants.en-formal-private-normal", "wording")]
    assert refused(shortcut="late") == [("body.shortcut", "taken")]
    assert refused(folder=9) == [("body.folder", "unknown")]
    assert refused(variants=[{"language": "xx", "text": "Hi"}]) == [("body.variants.0.language", "enum")]
    assert refused(variants=SAID[1:]) == [("body.variants", "nothing_said")]
    assert refused(expires_on="2027-02-30")[0][0].startswith("body.")
    assert refused(titles={}) == [("body.titles", "missing")]
    theirs = a_reply(oto)
    assert program.post(f"/replies/{theirs.pk}/change", tags=["mine"]).status_code == 403
    assert program.post(f"/replies/{theirs.pk}/change", tags=None).status_code == 422
    assert program.get(f"/replies/{a_reply(oto, draft=True).pk}").status_code == 404


def test_a_list_is_searched_goes_on_where_it_ended_and_asks_little(
    program: Program, bea: Agent, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    replies = [a_reply(bea, title=f"Řehoř {number}", tags=["late"]) for number in range(3)]
    a_reply(bea, {EN: "Thanks."}, title="Thanks")

    first = program.get("/replies", limit=2, q="rehor", tag="late", language="cs").json()
    with django_assert_num_queries(5):
        second = program.get("/replies", limit=2, q="rehor", cursor=first["next"]).json()

    assert [one["id"] for one in first["items"] + second["items"]] == [one.pk for one in replies[::-1]]
    assert program.get("/replies", limit=1, cursor="x").status_code == 400


def test_all_of_them_are_taken_along(program: Program, bea: Agent, oto: Agent) -> None:
    reply = a_reply(bea)
    a_reply(oto, draft=True)

    told = program.get("/replies/export").json()

    assert told["format"] == "heard saved replies"
    [one] = told["replies"]
    assert (one["key"], len(one["variants"])) == (str(reloaded(reply).key), 2)


@pytest.mark.parametrize("fields", [{"draft": True}, {"tags": []}, {"folder": None}])
def test_what_is_left_out_of_a_change_stays(program: Program, bea: Agent, fields: dict[str, Any]) -> None:
    reply = a_reply(bea, tags=["late"], shortcut="late")

    program.post(f"/replies/{reply.pk}/change", **fields)

    row = SavedReply.objects.get()
    assert (row.shortcut, set(texts_of(row)), len(stale_in(row))) == ("late", {EN, CS}, 0)
    assert row.tags == fields.get("tags", ["late"])


def test_a_change_that_waits_is_told_beside_what_is_approved(
    checked_replies: Workspace, program: Program, bea: Agent, oto: Agent, ann: Agent
) -> None:
    reply = approve(a_reply(bea), by=ann, now=NOON)
    address = f"/replies/{reply.pk}"

    changed = program.post(f"{address}/change", variants=[{"language": "en", "text": "Late."}]).json()
    program.post(f"{address}/change", titles={"en": "Late"})
    tagged = program.post(f"{address}/change", tags=["parcel"]).json()

    assert (changed["version"], changed["approval"], texts_of(reloaded(reply))[EN]) == (
        1,
        "approved",
        IN_ENGLISH,
    )
    kept = tagged["change"]
    assert (kept["state"], kept["by"]["name"], kept["titles"]) == ("waiting", "Bea", {"en": "Late"})
    assert [(one["language"], one["text"]) for one in kept["variants"]] == [("en", "Late.")]
    assert (tagged["titles"], tagged["tags"]) == ({"en": "Order on its way"}, ["parcel"])
    assert Program(oto).get(address).json()["change"] is None


def test_an_admin_approves_a_change_or_returns_it_and_its_author_may_drop_it(
    checked_replies: Workspace, program: Program, bea: Agent, ann: Agent
) -> None:
    reply = approve(a_reply(bea), by=ann, now=NOON)
    address, of_ann = f"/replies/{reply.pk}", Program(ann)
    said = [{"language": "en", "text": "Late."}]
    assert program.post(f"{address}/change", variants=said).json()["change"]["number"] == 1

    assert program.post(f"{address}/approve").status_code == 403
    assert of_ann.post(f"{address}/return", comment=" ").json()["errors"][0]["field"] == "body.comment"
    returned = of_ann.post(f"{address}/return", comment="Shorter, please.").json()["change"]
    assert (returned["state"], returned["comment"]) == ("returned", "Shorter, please.")
    nothing = of_ann.post(f"{address}/approve")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_approve")

    again = [{"language": "en", "text": "It is late."}]
    number = program.post(f"{address}/change", variants=again, draft=False).json()["change"]["number"]
    late = of_ann.post(f"{address}/approve", change=number - 1)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    approved = of_ann.post(f"{address}/approve", change=number).json()
    assert (approved["version"], approved["change"]) == (2, None)
    assert texts_of(reloaded(reply))[EN] == "It is late."

    program.post(f"{address}/change", variants=said)
    assert program.post(f"{address}/drop-change").json()["change"] is None
