"""The incident report that every form may begin as: what is wrong, with what, since when, and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from heard.channels.words import N_
from heard.forms.fields import WantedField, add_field, add_fields, word_form
from heard.forms.make import LANGUAGES, Wanted, change_form, make_form
from heard.forms.models import Field, Form
from heard.forms.starters import add_starters, in_every_language
from heard.forms.texts import Part
from heard.products.write import products_of
from heard.workspaces.models import Agent, Workspace

Kind = Field.Kind


@dataclass(frozen=True, slots=True)
class Asked:
    key: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    options: Mapping[str, str] | None = None
    with_order: bool = False  # only for issues that are about an order


PRODUCT: Final = "product"  # asked as a choice where there is a list of them
TITLE: Final = N_("Report a problem")
INTRO: Final = N_("Tell us what is wrong. It takes about two minutes, and a person reads it.")
NEXT: Final = N_("A person reads your report and answers you. Keep the number: it finds your case at once.")
QUESTIONS: Final[Sequence[Asked]] = (
    Asked("issue", Kind.ISSUE, N_("What is wrong?"), required=True),
    Asked(
        PRODUCT, Kind.TEXT, N_("Which product or service?"), N_("As it is called on the bill or the label.")
    ),
    Asked(
        "order",
        Kind.TEXT,
        N_("Order number"),
        N_("It stands in the confirmation that you got."),
        required=True,
        with_order=True,
    ),
    Asked("what", Kind.LONG, N_("What happened?"), N_("What did you expect, and what came instead?"), True),
    Asked("since", Kind.DATE, N_("Since when?")),
    Asked("photo", Kind.FILE, N_("Photo or screenshot"), N_("Up to five pictures, films or PDFs.")),
    Asked(
        "solution",
        Kind.CHOICE,
        N_("What would help you?"),
        options={
            "repair": N_("Repair it"),
            "replace": N_("Replace it"),
            "refund": N_("Give my money back"),
            "explain": N_("Explain what happened"),
            "surprise": N_("You decide"),
        },
    ),
    Asked("name", Kind.TEXT, N_("Your name")),
    Asked("email", Kind.EMAIL, N_("E-mail address"), N_("We answer to this address."), True),
    Asked("phone", Kind.PHONE, N_("Phone number"), N_("Only if we may call you.")),
    Asked(
        "consent",
        Kind.CONSENT,
        N_("You may use what I wrote here to solve my problem."),
        required=True,
    ),
)


def make_incident_form(
    workspace: Workspace, *, name: str, industry: str, by: Agent, now: datetime, public_url: str
) -> Form:
    """Ready to be used, and off until somebody turns it on."""
    form = make_form(workspace, name=name, language=workspace.language, by=by, now=now, public_url=public_url)
    issues = add_starters(workspace, industry=industry, by=by, now=now)
    change_form(form, _wanted(form, name), by=by, now=now)
    needing = [key for key, one in issues.items() if one.needs_order]
    first, *others = QUESTIONS
    issue = add_field(form, _field(first), language="en", by=by, now=now)
    wanted = [_field(asked, issue, needing) for asked in others if needing or not asked.with_order]
    if products_of(workspace, language=workspace.language):
        wanted = [replace(one, kind=Kind.PRODUCT) if one.key == PRODUCT else one for one in wanted]
    fields = [issue, *add_fields(form, wanted, language="en", by=by, now=now)]
    made = {field.key: field for field in fields}
    word_form(form, dict(_texts(made)), by=by, now=now)
    form.refresh_from_db()
    return form


def _wanted(form: Form, name: str) -> Wanted:
    return Wanted(
        name=name,
        slug="",
        is_on=False,
        language=form.language,
        languages=LANGUAGES,
        allowed_domains=(),
        mailbox=None,
    )


def _field(asked: Asked, issue: Field | None = None, needing: Sequence[str] = ()) -> WantedField:
    return WantedField(
        key=asked.key,
        kind=asked.kind,
        label=asked.label,
        hint=asked.hint,
        required=asked.required,
        options=tuple((asked.options or {}).items()),
        shown_when=issue if asked.with_order else None,
        shown_values=needing if asked.with_order else (),
    )


def _texts(made: Mapping[str, Field]) -> list[tuple[tuple[int | None, str, str, str], str]]:
    texts: list[tuple[int | None, str, str, str]] = [
        (None, Part.TITLE, "", TITLE),
        (None, Part.INTRO, "", INTRO),
        (None, Part.NEXT, "", NEXT),
    ]
    for asked in QUESTIONS:
        if asked.key in made:
            pk = made[asked.key].pk
            texts += [(pk, Part.LABEL, "", asked.label), (pk, Part.HINT, "", asked.hint)]
            texts += [(pk, Part.OPTION, key, text) for key, text in (asked.options or {}).items()]
    return [
        ((pk, part, option, language), said)
        for pk, part, option, source in texts
        if source
        for language, said in in_every_language(source).items()
    ]
