"""One form: its questions, where it stands, and how it is embedded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.env import env
from heard.forms.make import (
    AddressTaken,
    BadAddress,
    BadDomain,
    NoLanguage,
    NotAMailbox,
    Wanted,
    change_form,
)
from heard.forms.models import Form
from heard.forms.shown import shown
from heard.forms.signs import preview_of
from heard.web.agents import AgentRequest
from heard.web.forms.found import form_or_404
from heard.web.forms.typed import ChangeForm
from heard.web.settings.gates import for_admins


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest, form_id: int) -> HttpResponse:
    found = form_or_404(request, form_id)
    workspace = request.agent.workspace
    if request.method == "GET":
        return _page(request, found, ChangeForm(initial=_as_it_is(found), workspace=workspace))
    form = ChangeForm(request.POST, workspace=workspace)
    if not form.is_valid() or not _changed(request, found, form):
        return _page(request, found, form, status=422)
    messages.success(request, _("Saved."))
    return redirect("form_edit", form_id=found.pk)


def _changed(request: AgentRequest, found: Form, form: ChangeForm) -> bool:
    typed = {**form.cleaned_data, "allowed_domains": form.cleaned_data["allowed_domains"].split()}
    try:
        change_form(found, Wanted(**typed), by=request.agent, now=timezone.now())
    except AddressTaken:
        form.add_error("slug", _("Another form has this address."))
    except BadAddress:
        form.add_error("slug", _("Small letters, digits and hyphens."))
    except BadDomain as bad:
        text = _("“{domain}” is no web site. Write it like shop.example.")
        form.add_error("allowed_domains", text.format(domain=bad.domain))
    except NotAMailbox:
        form.add_error("mailbox", _("Choose a connected mailbox."))
    except NoLanguage:
        form.add_error("language", _("Choose one of the form's languages."))
    return not form.errors


def _as_it_is(found: Form) -> dict[str, Any]:
    return {
        "name": found.name,
        "slug": found.slug,
        "is_on": found.is_on,
        "language": found.language,
        "languages": found.languages,
        "mailbox": found.mailbox,
        "allowed_domains": "\n".join(found.allowed_domains),
    }


def _page(request: AgentRequest, found: Form, form: ChangeForm, status: int = 200) -> HttpResponse:
    address = f"{env().public_url}{reverse('form', kwargs={'address': found.address})}"
    script = reverse("form_script", kwargs={"address": found.address})
    context = {
        "found": found,
        "form": form,
        "seen": shown(found, language=get_language() or "en", now=timezone.now()),
        "address": address,
        "preview": f"{address}?preview={preview_of(found)}",
        "snippet": f'<script src="{env().public_url}{script}" async></script>',
    }
    return render(request, "forms/edit.html", context, status=status)
