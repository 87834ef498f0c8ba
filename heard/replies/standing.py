"""What replies say of the workspace every time: its languages, its contact page, its answers to frequent questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from babel.lists import format_list
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from heard.events.publishing import publish
from heard.language.folded import folded
from heard.language.known import is_language
from heard.language.locales import locale_of
from heard.placeholders.fill import Value
from heard.replies import models
from heard.replies.events import StandingChanged
from heard.replies.rights import stop_unless_admin
from heard.workspaces.models import Agent, Workspace

LONGEST_LINK: Final = 500
NAMES: Final = ("languages", "contact_page", "faq_link")
# A text about one article or product means the page of that, and nobody knows it but who writes.
_HAS_A_PAGE_OF_ITS_OWN: Final = ("{article_title", "{product")
_is_link = URLValidator(schemes=("http", "https"))


class BadStanding(Exception):
    """`field` names what cannot be, `language` where."""

    def __init__(self, field: str, language: str = "") -> None:
        super().__init__(f"{field} {language}")
        self.field, self.language = field, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Links by language; the one under "" is for all others."""

    languages: Sequence[str] = ()
    contact_pages: Mapping[str, str] = field(default_factory=dict)
    faq_links: Mapping[str, str] = field(default_factory=dict)


def standing_of(workspace: Workspace) -> Standing:
    row = models.Standing.objects.filter(workspace=workspace).first()
    if row is None:
        return Standing()
    return Standing(languages=row.languages, contact_pages=row.contact_pages, faq_links=row.faq_links)


@transaction.atomic
def change_standing(workspace: Workspace, standing: Standing, *, by: Agent, now: datetime) -> None:
    """Raises ForAdmins or BadStanding."""
    stop_unless_admin(by)
    if not all(is_language(one) for one in standing.languages):
        raise BadStanding("languages")
    kept = Standing(
        languages=list(dict.fromkeys(standing.languages)),
        contact_pages=_links("contact_pages", standing.contact_pages),
        faq_links=_links("faq_links", standing.faq_links),
    )
    if kept == standing_of(workspace):
        return
    fields = {"languages": kept.languages, "contact_pages": kept.contact_pages, "faq_links": kept.faq_links}
    models.Standing.objects.update_or_create(workspace=workspace, defaults=fields)
    publish(StandingChanged(workspace_id=workspace.pk, at=now, by_id=by.pk))


def names_standing(text: str) -> bool:
    return any(f"{{{name}" in text for name in NAMES)


def standing_values(standing: Standing, text: str, language: str) -> dict[str, Value]:
    """What of it the text may be filled with."""
    values = {
        "languages": languages_written(standing.languages, language),
        "contact_page": _link(standing.contact_pages, language),
        "faq_link": _link(standing.faq_links, language),
    }
    if any(name in text for name in _HAS_A_PAGE_OF_ITS_OWN):
        del values["faq_link"]
    return {name: value for name, value in values.items() if value}


def languages_written(languages: Sequence[str], language: str) -> str:
    """ "Czech, English and Slovene", in the language and the order that the reader knows."""
    locale = locale_of(language)
    names = [str(locale.languages.get(one, one)) for one in languages]
    return format_list(sorted(names, key=folded), locale=locale) if names else ""


def _link(links: Mapping[str, str], language: str) -> str:
    return links.get(language) or links.get("", "")


def _links(name: str, links: Mapping[str, str]) -> dict[str, str]:
    plain = {language: link.strip() for language, link in links.items()}
    for language, link in plain.items():
        if link and not (_fits(link) and (not language or is_language(language))):
            raise BadStanding(name, language)
    return {language: link for language, link in sorted(plain.items()) if link}


def _fits(link: str) -> bool:
    try:
        _is_link(link)
    except ValidationError:
        return False
    return len(link) <= LONGEST_LINK
