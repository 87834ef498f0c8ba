"""A form as one reader sees it: its questions in order, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from heard.forms.issues import Counted, issues_in_order
from heard.forms.models import Field, Form, IssueKind
from heard.forms.texts import Part, Words, place, words_of
from heard.products.write import products_of

Kind = Field.Kind
LONGEST_LIST = 15


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    group: str = ""
    asks_text: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    field: Field
    label: str
    hint: str
    options: Sequence[Option] = ()
    depends_on: str = ""  # the key of another question
    on_values: Sequence[str] = ()
    on_labels: str = ""  # the same in words, for those who see all questions at once

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def kind(self) -> str:
        return self.field.kind

    @property
    def required(self) -> bool:
        return self.field.required

    @property
    def other_key(self) -> str:
        """Where the words for "something else" are typed."""
        return f"{self.key}-other"

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """Options that stand together, in their order."""
        return [(group, list(options)) for group, options in groupby(self.options, key=lambda one: one.group)]

    @property
    def is_long(self) -> bool:
        """Longer than anybody reads to the end: then it is searched, and typed."""
        return self.kind == Kind.PRODUCT and len(self.options) > LONGEST_LIST

    @property
    def asks_other(self) -> bool:
        return any(option.asks_text for option in self.options)

    def labelled(self, value: str) -> str:
        return next((option.label for option in self.options if option.value == value), value)


@dataclass(frozen=True)
class ShownForm:
    form: Form
    language: str
    title: str
    intro: str
    next: str
    questions: Sequence[Question]
    issues: Mapping[str, IssueKind]

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)


def shown(form: Form, *, language: str, now: datetime) -> ShownForm:
    """`language` as the reader wants it; where the form does not have it, in the form's own."""
    language = language if language in form.languages else form.language
    words = words_of(form, language=language)
    fields = list(form.fields.select_related("shown_when").order_by("position", "id"))
    issues = issues_in_order(form.workspace, now=now) if _asks_what_is_wrong(fields) else []
    return ShownForm(
        form=form,
        language=language,
        title=words.said(place(Part.TITLE), otherwise=form.name),
        intro=words.said(place(Part.INTRO)),
        next=words.said(place(Part.NEXT)),
        questions=_questions(fields, words, issues),
        issues={one.kind.key: one.kind for counted in issues for one in (counted, *counted.parts)},
    )


def _asks_what_is_wrong(fields: Sequence[Field]) -> bool:
    return any(field.kind == Kind.ISSUE for field in fields)


def _questions(fields: Sequence[Field], words: Words, issues: Sequence[Counted]) -> list[Question]:
    products = _products(fields, words)
    options = {field.pk: tuple(_options(field, words, issues, products)) for field in fields}
    labels = {field.pk: _label(field, words) for field in fields}
    made = []
    for field in fields:
        above = field.shown_when
        made.append(
            Question(
                field,
                labels[field.pk],
                words.said(place(Part.HINT, field=field)),
                options[field.pk],
                depends_on=above.key if above else "",
                on_values=tuple(field.shown_values) if above else (),
                on_labels=_only_if(field, labels, options),
            )
        )
    return made


def _only_if(field: Field, labels: Mapping[int, str], options: Mapping[int, Sequence[Option]]) -> str:
    if field.shown_when_id is None:
        return ""
    known = {option.value: option.label for option in options.get(field.shown_when_id, ())}
    values = ", ".join(known.get(value, value) for value in field.shown_values)
    return f"{labels[field.shown_when_id]} {values}".strip()


def _label(field: Field, words: Words) -> str:
    return words.said(place(Part.LABEL, field=field), otherwise=field.key.replace("_", " ").capitalize())


def _products(fields: Sequence[Field], words: Words) -> Sequence[Option]:
    asking = next((field for field in fields if field.kind == Kind.PRODUCT), None)
    if asking is None:
        return ()
    language = words.languages[0]
    known = products_of(asking.form.workspace, language=language)
    return [Option(one.code, one.named(language)) for one in known]


def _options(
    field: Field, words: Words, issues: Sequence[Counted], products: Sequence[Option]
) -> Iterator[Option]:
    if field.kind == Kind.ISSUE:
        yield from _issue_options(words, issues)
        return
    if field.kind == Kind.PRODUCT:
        yield from products
        return
    for option in field.options:
        said = words.said(place(Part.OPTION, field=field, option=option), otherwise=option)
        yield Option(option, said)


def _issue_options(words: Words, issues: Sequence[Counted]) -> Iterator[Option]:
    for one in issues:
        label = issue_label(one.kind, words)
        if not one.parts:
            yield Option(one.kind.key, label, asks_text=one.kind.asks_text)
            continue
        for part in one.parts:
            yield Option(part.kind.key, issue_label(part.kind, words), label, part.kind.asks_text)
        yield Option(one.kind.key, _("{issue}, something else").format(issue=label), label)


def issue_label(kind: IssueKind, words: Words) -> str:
    return words.said(place(Part.LABEL, issue=kind), otherwise=kind.key.replace("-", " ").capitalize())
