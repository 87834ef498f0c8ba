"""The words of a form in the reader's language, and where one is missing in the next best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from heard.forms.models import Field, Form, FormText, IssueKind
from heard.workspaces.models import Workspace

Part = FormText.Part
# Whose text: a question's or an issue's id, or neither for the form's own; which part; which option.
Place = tuple[int | None, int | None, str, str]


def place(
    part: str, *, field: Field | None = None, issue: IssueKind | None = None, option: str = ""
) -> Place:
    return (field.pk if field else None, issue.pk if issue else None, part, option)


@dataclass(frozen=True)
class Words:
    """All texts of a form and of its workspace's issues, in all languages."""

    texts: Mapping[Place, Mapping[str, str]]
    languages: tuple[str, ...]  # the wanted one first, then those to fall back on

    def said(self, where: Place, *, otherwise: str = "") -> str:
        known = self.texts.get(where, {})
        fallbacks = (*self.languages, *sorted(known))
        return next((known[language] for language in fallbacks if known.get(language)), otherwise)

    def in_one(self, where: Place, language: str) -> str:
        """Empty where nobody has written it in that language."""
        return self.texts.get(where, {}).get(language, "")


def words_of(form: Form, *, language: str) -> Words:
    own = Q(form=form) | Q(field__form=form)
    rows = FormText.objects.filter(own | Q(issue__isnull=False), workspace=form.workspace_id)
    return Words(_by_place(rows), (language, form.language))


def words_of_issues(workspace: Workspace, *, language: str) -> Words:
    rows = FormText.objects.filter(workspace=workspace, issue__isnull=False)
    return Words(_by_place(rows), (language, workspace.language))


def _by_place(rows: Iterable[FormText]) -> dict[Place, dict[str, str]]:
    found: dict[Place, dict[str, str]] = {}
    for row in rows:
        where = (row.field_id, row.issue_id, row.part, row.option)
        found.setdefault(where, {})[row.language] = row.text
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text as it shall be. It belongs to a question, to an issue, or to the form itself."""

    part: str
    language: str
    text: str
    form: Form | None = None
    field: Field | None = None
    issue: IssueKind | None = None
    option: str = ""


def put_texts(texts: Iterable[Text], *, workspace_id: int) -> set[str]:
    """Write texts, and take those away that are empty. Gives the languages in which something changed."""
    wanted = {_known_by(text.form, text.field, text.issue, text): text for text in texts}
    known = {
        (row.form_id, row.field_id, row.issue_id, row.part, row.option, row.language): row
        for row in _there(wanted.values(), workspace_id)
    }
    new: list[FormText] = []
    changed: list[FormText] = []
    gone: list[FormText] = []
    for key, text in wanted.items():
        row, said = known.get(key), text.text.strip()
        if row is None and said:
            new.append(_row(text, said, workspace_id))
        elif row is not None and not said:
            gone.append(row)
        elif row is not None and row.text != said:
            row.text = said
            changed.append(row)
    FormText.objects.bulk_create(new)
    FormText.objects.bulk_update(changed, ["text"])
    FormText.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {row.language for row in (*new, *changed, *gone)}


def _known_by(
    form: Form | None, field: Field | None, issue: IssueKind | None, text: Text
) -> tuple[int | None, int | None, int | None, str, str, str]:
    pks = (form.pk if form else None, field.pk if field else None, issue.pk if issue else None)
    return (*pks, str(text.part), text.option, text.language)


def _there(texts: Iterable[Text], workspace_id: int) -> Iterable[FormText]:
    texts = list(texts)
    forms = {text.form.pk for text in texts if text.form}
    fields = {text.field.pk for text in texts if text.field}
    issues = {text.issue.pk for text in texts if text.issue}
    owners = Q(form__in=forms) | Q(field__in=fields) | Q(issue__in=issues)
    return FormText.objects.filter(owners, workspace=workspace_id)


def _row(text: Text, said: str, workspace_id: int) -> FormText:
    return FormText(
        workspace_id=workspace_id,
        form=text.form,
        field=text.field,
        issue=text.issue,
        part=text.part,
        option=text.option,
        language=text.language,
        text=said,
    )
