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


def put_text(
    text: str,
    *,
    language: str,
    part: str,
    workspace_id: int,
    form: Form | None = None,
    field: Field | None = None,
    issue: IssueKind | None = None,
    option: str = "",
) -> bool:
    """Write one text, or with none take it away. True when that changed something."""
    text = text.strip()
    rows = FormText.objects.filter(
        form=form, field=field, issue=issue, part=part, option=option, language=language
    )
    before = rows.first()
    if (before.text if before else "") == text:
        return False
    if not text:
        rows.delete()
    elif before:
        rows.update(text=text)
    else:
        FormText.objects.create(
            workspace_id=workspace_id,
            form=form,
            field=field,
            issue=issue,
            part=part,
            option=option,
            language=language,
            text=text,
        )
    return True
