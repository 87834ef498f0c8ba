"""Is what was typed an answer? Decided here alone: what a browser checked or left out counts for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from heard.channels.reading import storable
from heard.forms.models import Field, IssueKind
from heard.forms.shown import Option, Question, ShownForm

Kind = Field.Kind
LONGEST_LINE = 300
LONGEST_TEXT = 5_000
LONGEST_ADDRESS = 200
MOST_CHOICES = 50
YES = "yes"
DIGITS = re.compile(r"\d")
NUMBER = re.compile(r"[+-]?[0-9]{1,20}([.,][0-9]{1,10})?")

Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """`said` as people read it, `values` as programs do."""

    question: Question
    said: Sequence[str]
    values: Sequence[str]


@dataclass(frozen=True)
class Checked:
    answers: Sequence[Answer]
    wrong: Mapping[str, str] = field(default_factory=dict)  # by the field's name

    def of_kind(self, kind: str) -> str:
        """The first answer to a question of this kind."""
        found = (answer.values for answer in self.answers if answer.question.kind == kind and answer.values)
        return next(found, [""])[0]

    def to(self, key: str) -> str:
        found = (answer.said for answer in self.answers if answer.question.key == key and answer.said)
        return next(found, [""])[0]


class NoAnswer(Exception):
    """What was typed is none; `reason` says so to the person who typed it, at the field `place` or the question's own."""

    def __init__(self, reason: str, *, place: str = "") -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


def check(shown: ShownForm, typed: Typed, *, files: Mapping[str, Sequence[str]]) -> Checked:
    """`files` are the names of those that lie with us, by the question that they answer."""
    answers: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for question in shown.questions:
        if not is_asked(question, answers):
            continue
        try:
            answers[question.key] = _answer(question, typed, files.get(question.key, ()))
        except NoAnswer as none:
            wrong[none.place or question.key] = none.reason
    return Checked([answer for answer in answers.values() if answer.said], wrong)


def is_asked(question: Question, answers: Mapping[str, Answer]) -> bool:
    """One that depends on another is asked where that one was asked and answered so."""
    if not question.depends_on:
        return True
    above = answers.get(question.depends_on)
    if above is None or not above.values:
        return False
    return not question.on_values or bool(set(above.values) & set(question.on_values))


def issue_of(shown: ShownForm, checked: Checked) -> IssueKind | None:
    return shown.issues.get(checked.of_kind(Kind.ISSUE))


def _answer(question: Question, typed: Typed, files: Sequence[str]) -> Answer:
    given = list(files) if question.kind == Kind.FILE else _given(question, typed)
    if not given:
        if question.required:
            raise NoAnswer(_missing(question))
        return Answer(question, (), ())
    return READ[question.kind](question, given, typed)


def _given(question: Question, typed: Typed) -> list[str]:
    clean = (
        storable(text).replace("\r\n", "\n").replace("\r", "\n").strip()
        for text in typed.get(question.key, ())
    )
    return [text for text in clean if text]


def _missing(question: Question) -> str:
    match question.kind:
        case Kind.FILE:
            return _("Add a file.")
        case Kind.CONSENT:
            return _("Tick the box, so that we may work on this.")
        case Kind.CHOICE | Kind.CHOICES | Kind.ISSUE | Kind.PRODUCT:
            return _("Choose an answer.")
    return _("Fill this in.")


# ── one function a kind ──


def _line(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    text = " ".join(given[0].split())
    _no_longer(text, LONGEST_LINE)
    return Answer(question, (text,), (text,))


def _text(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    _no_longer(given[0], LONGEST_TEXT)
    return Answer(question, (given[0],), (given[0],))


def _choice(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    return _chosen(question, given[:1], typed)


def _product(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    """From a long list it is typed: then its name is as good as its code."""
    wanted = " ".join(given[0].split()).casefold()
    meant = [one for one in question.options if wanted in (one.value.casefold(), one.label.casefold())]
    if not meant:
        raise NoAnswer(_("Choose one of the answers in the list."))
    return Answer(question, (meant[0].label,), (meant[0].value,))


def _choices(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    return _chosen(question, list(dict.fromkeys(given))[:MOST_CHOICES], typed)


def _chosen(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    known = {option.value: option for option in question.options}
    if any(value not in known for value in given):
        raise NoAnswer(_("Choose one of the answers in the list."))
    return Answer(question, [_said(question, known[value], typed) for value in given], given)


def _said(question: Question, option: Option, typed: Typed) -> str:
    if not option.asks_text:
        return option.label
    words = " ".join(" ".join(typed.get(question.other_key, ())).split())
    if not words:
        raise NoAnswer(_("Say in a few words what it is."), place=question.other_key)
    words = storable(words)
    _no_longer(words, LONGEST_LINE, place=question.other_key)
    return f"{option.label}: {words}"


def _date(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    try:
        read = date.fromisoformat(given[0])
    except ValueError:
        raise NoAnswer(_("Enter a date like 2026-03-31.")) from None
    return Answer(question, (date_format(read, "DATE_FORMAT"),), (read.isoformat(),))


def _number(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    text = "".join(given[0].split())
    if not NUMBER.fullmatch(text):
        raise NoAnswer(_("Enter a number like 1234.50."))
    return Answer(question, (text,), (text.replace(",", "."),))


def _email(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    address = given[0]
    try:
        validate_email(address)
    except ValidationError:
        raise NoAnswer(_("Enter an e-mail address like name@example.com.")) from None
    _no_longer(address, LONGEST_ADDRESS)
    return Answer(question, (address,), (address.lower(),))


def _phone(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    text = given[0]
    if not 5 <= len(DIGITS.findall(text)) <= 20 or len(text) > 40:
        raise NoAnswer(_("Enter a phone number with its country, like +386 40 123 456."))
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return Answer(question, (text,), (text,))  # a number without its country is still one to call
    return Answer(
        question, (text,), (phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),)
    )


def _files(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    return Answer(question, given, given)


def _consent(question: Question, given: Sequence[str], typed: Typed) -> Answer:
    return Answer(question, (_("yes"),), (YES,))


def _no_longer(text: str, limit: int, *, place: str = "") -> None:
    if len(text) > limit:
        words = _("This is too long: {count} characters, and at most {limit} fit.")
        raise NoAnswer(words.format(count=len(text), limit=limit), place=place)


READ: Mapping[str, Callable[[Question, Sequence[str], Typed], Answer]] = {
    Kind.TEXT: _line,
    Kind.LONG: _text,
    Kind.ISSUE: _choice,
    Kind.PRODUCT: _product,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.FILE: _files,
    Kind.CONSENT: _consent,
}
