"""What the company sells: the list that forms and tickets choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from heard.products.models import Product
from heard.products.write import LONGEST_NAME, BadCode, CodeTaken, NameNeeded, TooMany, write_product
from heard.web.agents import AgentRequest
from heard.web.settings.gates import for_admins


class ProductForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("As in your shop or your books: CUP-200."),
    )
    is_on = forms.BooleanField(label=gettext_lazy("Can be chosen"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, name in settings.LANGUAGES:
            self.fields[f"name_{language}"] = forms.CharField(
                label=name, max_length=LONGEST_NAME, required=False
            )

    @property
    def names(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"name_{language}"] for language, _name in settings.LANGUAGES}


@require_GET
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    language = get_language() or "en"
    rows = [(row, row.named(language)) for row in Product.objects.visible_to(request.agent)]
    rows.sort(key=lambda one: (not one[0].is_on, one[1].casefold()))
    return render(request, "settings/products.html", {"products": rows})


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, product_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Product.objects.visible_to(request.agent), pk=product_id))


def _edit(request: AgentRequest, product: Product | None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, ProductForm(initial=_as_it_is(product)), product)
    form = ProductForm(request.POST)
    if not form.is_valid() or not _written(request, form, product):
        return _page(request, form, product, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_products")


def _written(request: AgentRequest, form: ProductForm, product: Product | None) -> bool:
    typed, now = form.cleaned_data, timezone.now()
    try:
        write_product(
            product,
            code=typed["code"],
            names=form.names,
            is_on=typed["is_on"],
            by=request.agent,
            now=now,
        )
    except BadCode:
        form.add_error("code", _("Letters, digits, dots, hyphens and underscores, without spaces."))
    except CodeTaken:
        form.add_error("code", _("Another product has this code."))
    except NameNeeded:
        form.add_error(None, _("Name it in one language at least."))
    except TooMany:
        form.add_error(None, _("That is more than anybody reads. Remove some first."))
    return not form.errors


def _as_it_is(product: Product | None) -> dict[str, object]:
    if product is None:
        return {"is_on": True}
    names = {f"name_{language}": name for language, name in product.names.items()}
    return {"code": product.code, "is_on": product.is_on, **names}


def _page(
    request: AgentRequest, form: ProductForm, product: Product | None, status: int = 200
) -> HttpResponse:
    name = product.named(get_language() or "en") if product else ""
    return render(request, "settings/product.html", {"form": form, "name": name}, status=status)
