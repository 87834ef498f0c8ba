"""Fetch the texts that the network approved for an inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from heard.inboxes import templates
from heard.inboxes.connect import ConnectFailed
from heard.web.agents import AgentRequest
from heard.web.inboxes.found import inbox_or_404
from heard.web.settings.gates import for_admins


@require_POST
@for_admins
def fetch(request: AgentRequest, inbox_id: int) -> HttpResponse:
    inbox = inbox_or_404(request, inbox_id)
    try:
        count = templates.refresh(inbox, now=timezone.now())
    except ConnectFailed as failed:
        text = _("The templates could not be fetched: %(reason)s")
        messages.error(request, text % {"reason": failed.reason})
    else:
        text = ngettext("%(count)s template is approved.", "%(count)s templates are approved.", count)
        messages.success(request, text % {"count": count})
    return redirect("inbox", inbox_id=inbox.pk)
