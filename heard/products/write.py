"""Put a product into the list, or change what it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from heard.events.publishing import publish
from heard.products.events import ProductWritten
from heard.products.models import Product
from heard.workspaces.models import Agent, Workspace

CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
LONGEST_NAME: Final = 120
MOST: Final = 2_000


class BadCode(Exception):
    """Letters, digits, dots, hyphens and underscores; the first is a letter or a digit."""


class CodeTaken(Exception):
    """Another product has that code."""


class NameNeeded(Exception):
    """A product has a name in one language at least."""


class TooMany(Exception):
    """More products than a list is for."""


@transaction.atomic
def write_product(
    product: Product | None,
    *,
    code: str,
    names: Mapping[str, str],
    is_on: bool,
    by: Agent,
    now: datetime,
) -> Product:
    """None: a new one. Raises BadCode, CodeTaken, NameNeeded or TooMany."""
    clean = {language: " ".join(name.split())[:LONGEST_NAME] for language, name in names.items()}
    clean = {language: name for language, name in clean.items() if name}
    if not CODE.fullmatch(code):
        raise BadCode
    if not clean:
        raise NameNeeded
    Workspace.objects.select_for_update(no_key=True).get(pk=by.workspace_id)
    others = Product.objects.filter(workspace=by.workspace_id)
    if product is None and others.count() >= MOST:
        raise TooMany
    if product is not None:
        others = others.exclude(pk=product.pk)
    if others.filter(code__iexact=code).exists():
        raise CodeTaken
    row = product or Product(workspace_id=by.workspace_id)
    row.code, row.names, row.is_on = code, clean, is_on
    row.save()
    publish(
        ProductWritten(
            workspace_id=row.workspace_id, at=now, by_id=by.pk, product_id=row.pk, code=code, is_on=is_on
        )
    )
    return row


def products_of(workspace: Workspace, *, language: str) -> list[Product]:
    """Those that can be chosen, by their names."""
    rows = Product.objects.filter(workspace=workspace, is_on=True)
    return sorted(rows, key=lambda one: (one.named(language).casefold(), one.code))


def product_meant(workspace: Workspace, typed: str) -> Product | None:
    """By its code, or by its name in any language. None where that is nobody's, or more than one's."""
    wanted = " ".join(typed.split()).casefold()
    rows = list(Product.objects.filter(workspace=workspace, is_on=True)) if wanted else []
    coded = [row for row in rows if row.code.casefold() == wanted]
    named = [row for row in rows if wanted in {str(name).casefold() for name in row.names.values()}]
    found = coded or named
    return found[0] if len(found) == 1 else None
