"""Forms and what was filled in, as programs see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

from heard.forms import models
from heard.forms.issues import issues_in_order
from heard.forms.texts import Part, Words, place, words_of
from heard.products.write import products_of

Kind = models.Field.Kind
KindOfField = Annotated[models.Field.Kind, WithJsonSchema({"type": "string", "enum": Kind.values})]
# A text in each language that somebody wrote it in.
Said = dict[str, str]


class FormListed(TypedDict):
    id: int
    name: Annotated[str, Field(description="Among us. What customers read is the title.")]
    inbox: int
    is_on: bool
    language: Annotated[str, Field(description="Where a text is missing in the reader's.")]
    languages: list[str]
    title: Said


class FormsListed(TypedDict):
    items: list[FormListed]
    next: str | None


class AnswerToChoose(TypedDict):
    value: str
    label: Said
    asks_text: Annotated[bool, Field(description="Needs words of its own: send them as `<key>-other`.")]


class FormField(TypedDict):
    key: str
    kind: KindOfField
    required: bool
    label: Said
    hint: Said
    answers: list[AnswerToChoose]
    shown_when: Annotated[str, Field(description="Key of another field that decides whether this is asked.")]
    shown_values: list[str]


class FormShown(FormListed):
    intro: Said
    next: Said
    fields: list[FormField]


class Given(TypedDict):
    """One answer. `said` as people read it, `values` as programs do."""

    field: str
    kind: str
    label: str
    said: list[str]
    values: list[str]


class Submission(TypedDict):
    id: int
    form: int
    at: datetime
    language: str
    address: Annotated[str, Field(description="Said by the customer, not confirmed.")]
    issue: Annotated[str | None, Field(description="Key of what is wrong.")]
    product: Annotated[str | None, Field(description="Code of the product that it is about.")]
    ticket: Annotated[int | None, Field(description="Null for the moment until it is taken in.")]
    message: int | None
    answers: list[Given]


class Submissions(TypedDict):
    items: list[Submission]
    next: str | None


def listed(form: models.Form) -> FormListed:
    return {
        "id": form.pk,
        "name": form.name,
        "inbox": form.inbox_id,
        "is_on": form.is_on,
        "language": form.language,
        "languages": list(form.languages),
        "title": _in_all(words_of(form, language=form.language), place(Part.TITLE), form),
    }


def form_shape(form: models.Form, *, now: datetime) -> FormShown:
    words = words_of(form, language=form.language)
    fields = form.fields.select_related("shown_when").order_by("position", "id")
    return {
        **listed(form),
        "intro": _in_all(words, place(Part.INTRO), form),
        "next": _in_all(words, place(Part.NEXT), form),
        "fields": [_field(field, form, words, now=now) for field in fields],
    }


def submission_shape(row: models.Submission) -> Submission:
    return {
        "id": row.pk,
        "form": row.form_id,
        "at": row.at,
        "language": row.language,
        "address": row.address,
        "issue": row.issue.key if row.issue else None,
        "product": row.product.code if row.product else None,
        "ticket": row.ticket.number if row.ticket else None,
        "message": row.message_id,
        "answers": [_given(answer) for answer in row.answers],
    }


def _field(field: models.Field, form: models.Form, words: Words, *, now: datetime) -> FormField:
    return {
        "key": field.key,
        "kind": Kind(field.kind),
        "required": field.required,
        "label": _in_all(words, place(Part.LABEL, field=field), form),
        "hint": _in_all(words, place(Part.HINT, field=field), form),
        "answers": _answers(field, form, words, now=now),
        "shown_when": field.shown_when.key if field.shown_when else "",
        "shown_values": list(field.shown_values),
    }


def _answers(field: models.Field, form: models.Form, words: Words, *, now: datetime) -> list[AnswerToChoose]:
    if field.kind == Kind.ISSUE:
        counted = issues_in_order(form.workspace, now=now)
        kinds = [one.kind for main in counted for one in (main, *main.parts)]
        return [
            _to_choose(kind.key, _in_all(words, place(Part.LABEL, issue=kind), form), asks=kind.asks_text)
            for kind in kinds
        ]
    if field.kind == Kind.PRODUCT:
        known = products_of(form.workspace, language=form.language)
        return [_to_choose(row.code, row.names) for row in known]
    return [
        _to_choose(option, _in_all(words, place(Part.OPTION, field=field, option=option), form))
        for option in field.options
    ]


def _to_choose(value: str, label: Mapping[str, str], *, asks: bool = False) -> AnswerToChoose:
    return {"value": value, "label": dict(label), "asks_text": asks}


def _in_all(words: Words, where: tuple[int | None, int | None, str, str], form: models.Form) -> Said:
    known = {code: words.in_one(where, code) for code in form.languages}
    return {code: text for code, text in known.items() if text}


def _given(kept: Mapping[str, object]) -> Given:
    """Answers that were kept long ago may know less."""

    def texts(name: str) -> list[str]:
        said = kept.get(name)
        return [str(text) for text in said] if isinstance(said, list) else []

    return {
        "field": str(kept.get("field", "")),
        "kind": str(kept.get("kind", "")),
        "label": str(kept.get("label", "")),
        "said": texts("answers"),
        "values": texts("values"),
    }
