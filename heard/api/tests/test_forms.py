"""Forms by programs."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from heard.api.tests.conftest import Program
from heard.forms.fields import word_form
from heard.forms.models import Form, Submission
from heard.forms.tests.conftest import FILLED, an_incident_form
from heard.forms.tests.conftest import ann as ann
from heard.ingest.take_in import take_in
from heard.kept_files import path_of
from heard.publishing.tests.paper import a_png
from heard.tickets.models import Attachment
from heard.uploads.models import UploadedFile
from heard.workspaces.models import Agent
from tests.cast import NOON


def test_a_program_reads_what_a_form_asks_in_every_language(ann: Agent) -> None:
    form = an_incident_form(ann)
    what = form.fields.get(key="what")
    word_form(form, {(what.pk, "label", "", "el"): "Τι έγινε;"}, by=ann, now=NOON)

    [row] = Program(ann).get("/forms").json()["items"]
    told = Program(ann).get(f"/forms/{form.pk}").json()

    assert (row["id"], row["title"]["en"], row["is_on"]) == (form.pk, "Report a problem", True)
    fields = {field["key"]: field for field in told["fields"]}
    assert fields["what"]["label"] | {"en": "What happened?", "el": "Τι έγινε;"} == fields["what"]["label"]
    assert (fields["order"]["shown_when"], fields["consent"]["required"]) == ("issue", True)
    choices = {one["value"]: one for one in fields["issue"]["answers"]}
    assert choices["damaged"]["label"]["en"] == "It arrived damaged"
    assert [key for key, one in choices.items() if one["asks_text"]]


def test_a_program_fills_it_in_with_a_file_and_reads_it_back(ann: Agent) -> None:
    form, program = an_incident_form(ann), Program(ann)
    photo = SimpleUploadedFile("cup.png", a_png())
    uploaded = program.client.post("/api/v1/uploads", {"file": photo}).json()["id"]

    answer = program.post(f"/forms/{form.pk}/submissions", answers=FILLED, files={"photo": [uploaded]})

    assert answer.status_code == 201, answer.content
    while take_in(now=timezone.now()):
        pass
    again = program.get(f"/forms/{form.pk}/submissions/{answer.json()['id']}").json()
    submission = Submission.objects.get()
    assert submission.ticket is not None
    assert (again["ticket"], again["issue"]) == (submission.ticket.number, "damaged")
    assert {given["field"]: given["values"] for given in again["answers"]}["order"] == ["A-1042"]
    kept = Attachment.objects.get(message=submission.message)
    assert path_of(str(kept.key)).read_bytes() == a_png()
    assert not UploadedFile.objects.exists()
    assert (
        program.post(f"/forms/{form.pk}/submissions", answers=FILLED, files={"photo": [uploaded]}).json()[
            "errors"
        ][0]["code"]
        == "no_such_file"
    )


def test_what_is_missing_or_unknown_is_told_by_field_and_nothing_is_kept(ann: Agent) -> None:
    form, program = an_incident_form(ann), Program(ann)

    answer = program.post(
        f"/forms/{form.pk}/submissions", answers={**FILLED, "email": ["no address"], "colour": ["red"]}
    )

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == ["body.answers.colour", "body.answers.email"]
    Form.objects.update(is_on=False)
    off = program.post(f"/forms/{form.pk}/submissions", answers=FILLED)
    assert (off.status_code, off.json()["code"]) == (409, "form_is_off")
    assert not Submission.objects.exists()


def test_submissions_go_on_where_the_page_ended(ann: Agent) -> None:
    form, program = an_incident_form(ann), Program(ann)
    for issue in ("damaged", "damaged", "faulty"):
        made = program.post(f"/forms/{form.pk}/submissions", answers={**FILLED, "issue": [issue]})
        assert made.status_code == 201, made.content

    first = program.get(f"/forms/{form.pk}/submissions", limit=2).json()
    second = program.get(f"/forms/{form.pk}/submissions", limit=2, cursor=first["next"]).json()

    assert [one["issue"] for one in first["items"] + second["items"]] == ["faulty", "damaged", "damaged"]
    assert second["next"] is None
    assert len(program.get(f"/forms/{form.pk}/submissions", issue="faulty").json()["items"]) == 1
    assert program.get(f"/forms/{form.pk}/submissions", cursor="x").status_code == 400
