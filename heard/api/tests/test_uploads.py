"""Files by programs: uploaded, then named in a reply or a post."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from heard.api.tests.conftest import Program
from heard.inboxes.models import Inbox
from heard.publishing.tests.conftest import billboard as billboard
from heard.publishing.tests.conftest import board as board
from heard.publishing.tests.conftest import networks as networks
from heard.publishing.tests.paper import a_png
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent
from tests.cast import Network, a_ticket


def uploaded(
    program: Program, name: str = "door.png", content: bytes = b"", *, key: str = "", **fields: Any
) -> Any:
    file = SimpleUploadedFile(name, content or a_png(), "application/x-anything")
    headers = {"Idempotency-Key": key} if key else {}
    return program.client.post("/api/v1/uploads", {"file": file, **fields}, headers=headers)


@pytest.mark.usefixtures("today")
def test_a_file_is_uploaded_and_sent(messenger: Network, program: Program) -> None:
    ticket = a_ticket(messenger, said="Where is your door?", direct=True)

    first = uploaded(program, alt="The door")
    assert first.status_code == 201, first.content
    told = first.json()
    assert (told["name"], told["content_type"], told["width"], told["alt"]) == (
        "door.png",
        "image/png",
        40,
        "The door",
    )

    answer = program.post(f"/tickets/{ticket.number}/reply", text="This one.", files=[told["id"]])
    assert answer.status_code == 202, answer.content
    said = program.get(f"/tickets/{ticket.number}/messages").json()["items"]
    words, picture = (one for one in said if one["direction"] == "out")
    assert (words["text"], words["part_of"]) == ("This one.", None)
    assert (picture["part_of"], picture["attachments"][0]["alt"]) == (words["id"], "The door")

    again = program.post(f"/tickets/{ticket.number}/reply", text="Again.", files=[told["id"]])
    assert (again.status_code, again.json()["errors"][0]["code"]) == (422, "no_such_file")


@pytest.mark.usefixtures("today")
def test_buttons_go_with_a_reply(messenger: Network, program: Program) -> None:
    ticket = a_ticket(messenger, said="Which one?", direct=True)
    address = f"/tickets/{ticket.number}/reply"

    answer = program.post(
        address, text="This one?", buttons=[{"label": "Yes"}, {"label": "No", "reply": "Not"}]
    )

    assert [(one["label"], one["reply"]) for one in answer.json()["buttons"]] == [
        ("Yes", "Yes"),
        ("No", "Not"),
    ]
    refused = program.post(address, text="This one?", buttons=[{"label": "x" * 30}])
    assert [one["code"] for one in refused.json()["findings"]] == ["buttons.long"]


def test_the_same_upload_with_the_same_key_is_kept_once(program: Program) -> None:
    first, second = uploaded(program, key="k-1"), uploaded(program, key="k-1")
    other = uploaded(program, content=a_png(50), key="k-1")

    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["type"]) == (422, "urn:heard:problem:key-reused")
    assert UploadedFile.objects.count() == 1


def test_what_cannot_be_taken_says_why(program: Program) -> None:
    for name, content, code in (("run.exe", b"anything", "programme"), ("a.png", a_png()[:30], "broken")):
        answer = uploaded(program, name, content)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    assert program.post("/uploads", alt="nothing").status_code in (415, 422)
    torn = program.client.post(
        "/api/v1/uploads", b"--x\r\nno end", content_type="multipart/form-data; boundary=x"
    )
    assert torn.status_code in (400, 422)


def test_a_post_takes_pictures(bea: Agent, oto: Agent, billboard: Inbox) -> None:
    program, target = Program(bea), [{"inbox": billboard.pk}]
    ids = [uploaded(program, alt=alt).json()["id"] for alt in ("The door", "The window")]

    answer = program.post("/posts", text="Come in", targets=target, pictures=ids)
    assert [one["alt"] for one in answer.json()["pictures"]] == ["The door", "The window"]
    assert not UploadedFile.objects.exists()

    document = uploaded(program, "a.pdf", b"%PDF-1.4").json()["id"]
    refused = program.post("/posts", text="Come in", targets=target, pictures=[document])
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "kind")
    others = Program(oto).post("/posts", text="Come in", targets=target, pictures=[document])
    assert others.status_code == 422
