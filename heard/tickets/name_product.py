"""Which product a ticket is about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.events.publishing import publish
from heard.products.models import Product
from heard.tickets.about import about
from heard.tickets.events import ProductNamed
from heard.tickets.locked import locked
from heard.tickets.models import Ticket
from heard.workspaces.models import Agent


class NotOurProduct(Exception):
    """The product belongs to another workspace."""


@transaction.atomic
def name_product(ticket: Ticket, *, product: Product | None, by: Agent | None, now: datetime) -> None:
    """None: about no product, or nobody knows. Raises NotOurProduct."""
    if product is not None and product.workspace_id != ticket.workspace_id:
        raise NotOurProduct
    ticket = locked(ticket)
    if ticket.product_id == (product.pk if product else None):
        return
    ticket.product = product
    ticket.save(update_fields=["product"])
    code, name = (product.code, str(product)) if product else ("", "")
    publish(ProductNamed(**about(ticket, now=now, by=by), code=code, product=name))
