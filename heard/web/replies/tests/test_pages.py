"""The pages of saved replies, as a browser without scripts uses them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.test import Client
from django.utils import timezone

from heard.replies.approve import approve
from heard.replies.folders import add_folder
from heard.replies.models import Folder, ReplyFile, SavedReply
from heard.replies.tests.shelf import CS, EN, EN_PUBLIC, EN_TU, IN_ENGLISH, a_reply, stale_in, texts_of
from heard.replies.tests.test_write import checked_replies as checked_replies
from heard.replies.versions import versions_of
from heard.replies.ways import Way
from heard.replies.write import say
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent, Workspace
from tests.cast import NOON, reloaded

Approval = SavedReply.Approval


def form(texts: dict[Way, str] | None = None, **fields: Any) -> dict[str, Any]:
    said = {EN: IN_ENGLISH} if texts is None else texts
    return {
        "title-en": "On its way",
        "situation": "other",
        "block": "whole",
        "source_language": "en",
        "action": "save",
        "tab": "en",
        **{f"text-{way}": text for way, text in said.items()},
        **fields,
    }


def test_a_reply_is_written_found_and_changed(of_bea: Client, bea: Agent) -> None:
    assert "Nothing is saved yet" in of_bea.get("/replies").text
    assert of_bea.get("/replies/new").status_code == 200
    typed = form({EN: IN_ENGLISH, CS: "Už to jede."}, tags="Parcel, late", shortcut="/way", tab="cs")

    answer = of_bea.post("/replies/new", typed)

    reply = SavedReply.objects.get()
    assert answer.url == f"/replies/{reply.pk}?language=cs"  # type: ignore[attr-defined]
    assert (reply.tags, reply.shortcut, reply.owner) == (["parcel", "late"], "way", bea)
    page = of_bea.get(f"/replies/{reply.pk}").text
    assert "Your order is on its way, Emily Carter." in page
    assert 'value="cs" checked' in of_bea.get(f"/replies/{reply.pk}?language=cs").text
    assert "On its way" in of_bea.get("/replies?q=jede&tag=late&language=cs").text
    of_bea.post(
        f"/replies/{reply.pk}",
        form(
            {EN: "", CS: "Už to jede."},
            seen=1,
            **{
                "add-en": "Soon.",
                "add-en-formality": "informal",
                "add-en-audience": "private",
                "add-en-length": "normal",
            },
        ),
    )
    assert texts_of(reply) == {CS: "Už to jede.", EN_TU: "Soon."}


def test_nothing_typed_is_lost_by_a_mistake_and_each_is_told_at_its_place(of_bea: Client, bea: Agent) -> None:
    file = BytesIO(b"How to send it back")
    file.name = "back.txt"
    typed = form(
        {EN: "Dear {custmer.name}, my long words", EN_PUBLIC: "Order {order_number}"},
        shortcut="two words",
        expires_on="2027-02-30",
        files=file,
    )

    answer = of_bea.post("/replies/new", typed)

    assert answer.status_code == 422
    assert "Dear {custmer.name}, my long words" in answer.text
    assert "two words" in answer.text
    assert "This is no date." in answer.text
    assert not SavedReply.objects.exists()
    kept = UploadedFile.objects.get()
    again = of_bea.post(
        "/replies/new", {**typed, "expires_on": "", "shortcut": "", "files": "", "upload": kept.pk}
    )
    assert again.status_code == 422
    assert "Did you mean {customer.name}?" in again.text.replace("&#39;", "'")
    assert "belongs to one customer" in again.text
    done = of_bea.post("/replies/new", form(upload=kept.pk))
    assert done.status_code == 302
    shown = of_bea.get(f"/replies/files/{ReplyFile.objects.get().key}")
    assert (shown["X-Content-Type-Options"], b"".join(shown)) == ("nosniff", b"How to send it back")


def test_a_translation_left_behind_shows_what_changed_until_somebody_says_it_is_right(
    of_bea: Client, bea: Agent
) -> None:
    reply = a_reply(bea)
    say(reply, EN, "Your order is late, {customer.name}.", by=bea, now=NOON)

    page = of_bea.get(f"/replies/{reply.pk}?language=cs").text
    assert "<del>on its way</del><ins>late</ins>" in page
    assert reply.title() in of_bea.get("/replies?place=stale").text
    said = {f"text-{way}": text for way, text in texts_of(reply).items()}
    of_bea.post(f"/replies/{reply.pk}", {**form({}), **said, "checked": str(CS), "seen": 2})
    assert not stale_in(reply)
    assert reply.title() not in of_bea.get("/replies?place=stale").text


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    of_bea: Client, bea: Agent, ann: Agent
) -> None:
    reply = a_reply(bea)
    say(reply, EN, "From Ann.", by=ann, now=NOON)

    answer = of_bea.post(f"/replies/{reply.pk}", form({EN: "From Bea."}, seen=1))

    assert answer.status_code == 422
    assert "From Bea." in answer.text
    assert texts_of(reply)[EN] == "From Ann."


def test_others_read_and_copy_but_do_not_change(of_oto: Client, bea: Agent) -> None:
    reply = a_reply(bea)

    page = of_oto.get(f"/replies/{reply.pk}").text
    assert "Only its owner and admins may change it." in page
    assert "Your order is on its way." in page  # without a placeholder, to take along
    assert of_oto.post(f"/replies/{reply.pk}", form({EN: "Mine now."})).status_code == 422
    of_oto.post(f"/replies/{reply.pk}/archive")
    assert (texts_of(reply)[EN], reloaded(reply).archived_at) == (IN_ENGLISH, None)
    of_oto.post(f"/replies/{a_reply(bea, draft=True).pk}")
    assert of_oto.get(f"/replies/{a_reply(bea, draft=True).pk}").status_code == 404


def test_an_admin_approves_or_sends_back(
    checked_replies: Workspace, of_bea: Client, of_ann: Client, of_oto: Client
) -> None:
    of_bea.post("/replies/new", form())
    reply = SavedReply.objects.get()
    address = f"/replies/{reply.pk}"
    assert reply.title() in of_ann.get("/replies?place=waiting").text
    assert of_oto.get(address).status_code == 404

    of_bea.post(f"{address}/approve")
    assert reloaded(reply).approval == Approval.WAITING
    of_ann.post(f"{address}/send-back", {"reason": "Too short."})
    assert "Too short." in of_bea.get(address).text
    of_bea.post(address, form({EN: "A longer one."}, seen=1))
    of_ann.post(f"{address}/approve")
    assert of_oto.get(address).status_code == 200
    of_ann.post(f"{address}/archive")
    assert "It is in use again." in of_ann.post(f"{address}/bring-back", follow=True).text


def test_versions_are_compared_and_gone_back_to(of_bea: Client, bea: Agent) -> None:
    reply = a_reply(bea)
    address = f"/replies/{reply.pk}/versions"
    say(reply, EN, "Your order is late, {customer.name}.", by=bea, now=NOON)

    assert "<del>on its way</del><ins>late</ins>" in of_bea.get(address).text
    assert "<del>late</del>" not in of_bea.get(f"{address}?older=2&newer=1").text
    of_bea.post(f"{address}/1/restore")
    assert (texts_of(reply)[EN], len(versions_of(reply))) == (IN_ENGLISH, 3)
    assert of_bea.post(f"{address}/9/restore").status_code == 404


def test_admins_keep_the_folders_and_bring_in_the_library(of_ann: Client, of_bea: Client, ann: Agent) -> None:
    of_ann.post("/replies/folders", {"name": "Orders"})
    folder = Folder.objects.get()
    of_ann.post("/replies/folders", {"name": "Late", "parent": folder.pk})
    assert (
        "There is a folder of this name already." in of_ann.post("/replies/folders", {"name": "Orders"}).text
    )
    of_ann.post(f"/replies/folders/{folder.pk}", {"name": "All orders"})
    refused = of_ann.post(f"/replies/folders/{folder.pk}", {"action": "remove"}, follow=True)
    assert "Move or remove them first." in refused.text
    reply = a_reply(ann, folder=Folder.objects.get(name="Late"))
    assert reply.title() in of_bea.get(f"/replies?folder={folder.pk}").text
    assert of_bea.get("/replies/folders").status_code == 403

    assert of_bea.post("/replies/starter").status_code == 403
    of_ann.post("/replies/starter")
    assert SavedReply.objects.count() > 50
    assert "You have the whole library already." in of_ann.post("/replies/starter", follow=True).text
    first, second = of_ann.get("/replies").text, of_ann.get("/replies?page=2").text
    assert first.count("<tr>") == 51
    assert second.count("<tr>") >= 2
    assert reply.title() in of_ann.get("/replies/coverage").text


def test_a_file_is_looked_at_first_and_then_brought_in(of_ann: Client, of_bea: Client, ann: Agent) -> None:
    a_reply(ann)
    file = of_bea.get("/replies/export?form=csv")
    assert "attachment" in file["Content-Disposition"]
    assert json.loads(of_bea.get("/replies/export?form=json").text)["replies"][0]["titles"] == {
        "en": "Order on its way"
    }
    changed = (
        file.text.replace("Vaše objednávka", "Vaše velká objednávka") + ",,,,,,,,,,en,New one,,,,Hello,\r\n"
    )

    def sent(content: str, **fields: Any) -> Any:
        upload = BytesIO(content.encode())
        upload.name = "replies.csv"
        return of_ann.post("/replies/import", {"form": "csv", "file": upload, **fields})

    looked = sent(changed)
    assert (looked.status_code, SavedReply.objects.count()) == (200, 1)
    assert "1 saved reply is new." in looked.text
    done = of_ann.post(
        "/replies/import",
        {"form": "csv", "upload": UploadedFile.objects.get().pk, "action": "bring in"},
        follow=True,
    )
    assert "2 saved replies were brought in." in done.text
    assert (SavedReply.objects.count(), UploadedFile.objects.count()) == (2, 0)
    wrong = sent("title,language,text\nOne,en,{custmer.name}\n", action="bring in")
    assert (wrong.status_code, SavedReply.objects.count()) == (422, 2)
    assert "2: “One”: “{custmer.name}” is not known." in wrong.text
    assert "is missing" in sent("a,b\n").text
    assert of_ann.post("/replies/import", {"form": "csv", "upload": "9"}).status_code == 422
    assert of_bea.get("/replies/import").status_code == 403


def test_who_owns_what_expires_is_reminded(of_bea: Client, of_oto: Client, bea: Agent) -> None:
    today = timezone.now().date()
    reply = a_reply(bea, expires_on=today - timedelta(days=1))

    assert "Look at these again." in of_bea.get("/replies").text
    assert "Look at these again." not in of_oto.get("/replies").text
    assert "It has expired" in of_oto.get(f"/replies/{reply.pk}").text


def test_a_preview_shows_how_it_reads_or_what_is_wrong(of_bea: Client) -> None:
    def preview(text: str, way: str = str(EN)) -> Any:
        return of_bea.post("/replies/preview", {"way": way, f"text-{way}": text})

    assert "Hello, Emily Carter: " in preview("Hello, {customer.name}: {reason}").text
    assert "a “}” is missing" in preview("Hello {customer.name").text
    assert "&lt;b&gt;" in preview("<b>bold</b>").text
    assert preview("Hello", "xx").status_code == 422


def test_a_change_waits_beside_the_approved_words_until_an_admin_lets_it_in(
    checked_replies: Workspace, of_bea: Client, of_ann: Client, of_oto: Client, ann: Agent, bea: Agent
) -> None:
    reply = approve(a_reply(bea), by=ann, now=NOON)
    url = f"/replies/{reply.pk}"

    saved = of_bea.post(url, form({EN: "Bea's new words."}, seen=reply.version), follow=True).text
    assert "Until an admin approves the change" in saved
    assert "A change by Bea waits for an admin." in of_ann.get(url).text
    assert "Bea&#39;s new words." in of_bea.get(url).text
    assert "new words" not in of_oto.get(url).text
    assert "Change waits" in of_ann.get("/replies?place=waiting").text

    of_ann.post(f"{url}/send-back", {"reason": "Kinder, please."})
    returned = of_bea.get(url).text
    assert "was sent back" in returned
    assert "Kinder, please." in returned
    assert texts_of(reloaded(reply))[EN] == IN_ENGLISH
    of_bea.post(url, form({EN: "Kind words."}, seen=reply.version))
    assert "Look at it again" in of_ann.post(f"{url}/approve", {"seen": 1}, follow=True).text
    of_ann.post(f"{url}/approve", {"seen": 2})
    assert texts_of(reloaded(reply))[EN] == "Kind words."
    of_bea.post(url, form({EN: "Other words."}, seen=2))
    of_bea.post(f"{url}/drop-change")
    assert "Other words." not in of_bea.get(url).text


def test_the_public_page_is_chosen_by_admins_alone(of_ann: Client, of_bea: Client, ann: Agent) -> None:
    reply = a_reply(ann)
    folder = add_folder("Parcels", parent=None, by=ann, now=NOON)

    assert of_bea.get("/replies/gallery").status_code != 200
    of_bea.post(f"/replies/{reply.pk}/gallery", {"on": "yes"})
    assert not reloaded(reply).is_public
    of_ann.post(f"/replies/{reply.pk}/gallery", {"on": "yes"})
    of_ann.post("/replies/gallery", {"on": "yes", "folder": folder.pk})
    shown = of_ann.get("/replies/gallery").text

    assert reloaded(reply).is_public
    assert reloaded(folder).is_public
    assert f"/answers/{ann.workspace.slug}" in shown
    assert "Order on its way" in shown
