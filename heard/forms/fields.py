"""The questions of a form: add one, change it, move it, take it away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.forms.events import FieldAdded, FieldChanged, FieldMoved, FieldRemoved, FormWorded, about_form
from heard.forms.make import locked
from heard.forms.models import Field, Form, FormText
from heard.forms.texts import Part, Text, put_texts
from heard.workspaces.models import Agent

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# What the page's address may say, and the names of its own parts. What it sends itself has hyphens.
RESERVED = {"lang", "t", "preview", "frame", "main", "form", "wrong"}
MOST_FIELDS = 60
MOST_OPTIONS = 100
LONGEST_TEXT = 2_000


class BadKey(Exception):
    """Small letters, digits and underscores, a letter first, and none that the page needs itself."""


class KeyTaken(Exception):
    """Another question of this form has that name."""


class TooMany(Exception):
    """More questions than anybody answers, or more answers than anybody reads."""


class GoesInCircles(Exception):
    """A question can only depend on one that stands before it."""


@dataclass(frozen=True, slots=True)
class WantedField:
    """Texts are in one language; the others are written beside it on a page of their own."""

    key: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    options: Sequence[tuple[str, str]] = ()  # key and text
    shown_when: Field | None = None
    shown_values: Sequence[str] = ()


def add_field(form: Form, wanted: WantedField, *, language: str, by: Agent | None, now: datetime) -> Field:
    """At the end. Raises BadKey, KeyTaken, TooMany or GoesInCircles."""
    return add_fields(form, [wanted], language=language, by=by, now=now)[0]


@transaction.atomic
def add_fields(
    form: Form, several: Sequence[WantedField], *, language: str, by: Agent | None, now: datetime
) -> list[Field]:
    """At the end, in their order. Raises BadKey, KeyTaken, TooMany or GoesInCircles."""
    form = locked(form)
    there = list(form.fields.all())
    if len(there) + len(several) > MOST_FIELDS:
        raise TooMany
    first = max((one.position for one in there), default=0) + 1
    made: list[Field] = []
    for position, wanted in enumerate(several, first):
        _check(form, wanted, others=[*there, *made])
        made.append(_new(form, wanted, position=position))
    Field.objects.bulk_create(made)
    _word(zip(made, several, strict=True), language, form.workspace_id)
    publish(*(FieldAdded(**about_form(form, now=now, by=by), field=field.key) for field in made))
    return made


def _new(form: Form, wanted: WantedField, *, position: int) -> Field:
    return Field(
        workspace_id=form.workspace_id,
        form=form,
        key=wanted.key,
        kind=wanted.kind,
        required=wanted.required,
        position=position,
        options=[key for key, _text in wanted.options],
        shown_when=wanted.shown_when,
        shown_values=list(wanted.shown_values) if wanted.shown_when else [],
    )


@transaction.atomic
def change_field(
    field: Field, wanted: WantedField, *, language: str, by: Agent | None, now: datetime
) -> None:
    """Raises BadKey, KeyTaken, TooMany or GoesInCircles."""
    form = locked(field.form)
    _check(form, wanted, others=form.fields.exclude(pk=field.pk), at=field)
    field.key, field.kind, field.required = wanted.key, wanted.kind, wanted.required
    field.options = [key for key, _text in wanted.options]
    field.shown_when = wanted.shown_when
    field.shown_values = list(wanted.shown_values) if wanted.shown_when else []
    field.save(update_fields=["key", "kind", "required", "options", "shown_when", "shown_values"])
    FormText.objects.filter(field=field, part=Part.OPTION).exclude(option__in=field.options).delete()
    _word([(field, wanted)], language, form.workspace_id)
    publish(FieldChanged(**about_form(form, now=now, by=by), field=field.key))


@transaction.atomic
def move_field(field: Field, *, up: bool, by: Agent | None, now: datetime) -> None:
    """One place. Raises GoesInCircles where a question would stand before the one that it depends on."""
    form = locked(field.form)
    there = list(form.fields.order_by("position", "id"))
    at = next(place for place, one in enumerate(there) if one.pk == field.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(there):
        return
    there[at], there[to] = there[to], there[at]
    places = {one.pk: place for place, one in enumerate(there)}
    if any(one.shown_when_id and places[one.shown_when_id] > places[one.pk] for one in there):
        raise GoesInCircles
    for place, one in enumerate(there, 1):
        one.position = place
    Field.objects.bulk_update(there, ["position"])
    publish(FieldMoved(**about_form(form, now=now, by=by), field=field.key))


@transaction.atomic
def remove_field(field: Field, *, by: Agent | None, now: datetime) -> None:
    """What was answered stays with its submissions. Questions that depended on it are asked of everybody."""
    form = locked(field.form)
    event = FieldRemoved(**about_form(form, now=now, by=by), field=field.key)
    Field.objects.filter(shown_when=field).update(shown_values=[])
    field.delete()
    publish(event)


@transaction.atomic
def word_form(
    form: Form, texts: Mapping[tuple[int | None, str, str, str], str], *, by: Agent | None, now: datetime
) -> None:
    """`texts`: question's id or None, part, option, language → text. Those not named stay as they are."""
    form = locked(form)
    fields = {field.pk: field for field in form.fields.all()}
    meant = [
        Text(
            # Its own, or a question's; one that somebody else removed meanwhile has no texts any more.
            form=None if field_id else form,
            field=fields.get(field_id or 0),
            part=part,
            option=option,
            language=language,
            text=text[:LONGEST_TEXT],
        )
        for (field_id, part, option, language), text in texts.items()
        if not field_id or field_id in fields
    ]
    languages = put_texts(meant, workspace_id=form.workspace_id)
    if languages:
        publish(FormWorded(**about_form(form, now=now, by=by), languages=sorted(languages)))


def _check(form: Form, wanted: WantedField, *, others: Iterable[Field], at: Field | None = None) -> None:
    if not KEY.fullmatch(wanted.key) or wanted.key in RESERVED:
        raise BadKey
    if wanted.key in {one.key for one in others}:
        raise KeyTaken
    if len(wanted.options) > MOST_OPTIONS:
        raise TooMany
    above = wanted.shown_when
    if above is None:
        return
    if above.form_id != form.pk or (at is not None and (above.position, above.pk) >= (at.position, at.pk)):
        raise GoesInCircles


def _word(fields: Iterable[tuple[Field, WantedField]], language: str, workspace_id: int) -> None:
    put_texts(
        [
            Text(field=field, part=part, option=option, language=language, text=text[:LONGEST_TEXT])
            for field, wanted in fields
            for part, option, text in _texts(wanted)
        ],
        workspace_id=workspace_id,
    )


def _texts(wanted: WantedField) -> list[tuple[str, str, str]]:
    return [
        (Part.LABEL, "", wanted.label),
        (Part.HINT, "", wanted.hint),
        *((Part.OPTION, key, text) for key, text in wanted.options),
    ]
