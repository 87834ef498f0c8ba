"""The form itself: shown, sent, and shown again with what is wrong and all that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.forms.answers import check
from heard.forms.models import Form
from heard.forms.shown import ShownForm, shown
from heard.forms.signs import BadSign, is_preview, read_stamp, receipt_for, stamp_for, upload_sign
from heard.forms.submit import sent_just_now, submit
from heard.forms.uploads import LARGEST, MOST, too_large_words, too_many_words
from heard.portal.forms.framed import how_framed, of_a_form
from heard.portal.forms.hindered import TRAP, Hindrance, hindered, too_often
from heard.portal.forms.posted import Posted, is_too_large, read_posted
from heard.portal.forms.prefilled import invited_to, prefilled
from heard.portal.forms.puzzle import BITS
from heard.portal.forms.reader import choices_of, language_of
from heard.portal.forms.visitor import tries_too_often
from heard.portal.language import readers_language
from heard.portal.public import page
from heard.tickets.models import Ticket


@require_http_methods(["GET", "POST"])
@of_a_form
def show(request: HttpRequest, form: Form) -> HttpResponse:
    now = timezone.now()
    if not form.is_on and not is_preview(form, request.GET.get("preview", "")):
        return closed(request, form)
    if request.method == "POST" and is_too_large(request):
        return too_large(request, form)
    seen = shown(form, language=language_of(request, form), now=now)
    with translation.override(seen.language):
        signed, ticket = invited_to(request, form, now=now)
        if request.method == "GET":
            return _page(request, seen, prefilled(request, seen, ticket), signed=signed, now=now)
        return _take(request, seen, signed, ticket, now=now)


def _take(
    request: HttpRequest, seen: ShownForm, signed: str, ticket: Ticket | None, *, now: datetime
) -> HttpResponse:
    calm = not tries_too_often(request)
    posted = read_posted(request, seen, now=now, keeps=calm)
    if not calm:
        return _page(request, seen, posted.typed, posted, hindrance=too_often(), signed=signed, now=now)
    checked = check(seen, posted.typed, files=posted.names())
    wrong = {**checked.wrong, **posted.refused}
    if wrong:
        return _page(request, seen, posted.typed, posted, wrong=wrong, signed=signed, now=now)
    if not seen.form.is_on:
        return _page(request, seen, posted.typed, posted, hindrance=Hindrance(_only_preview()), now=now)
    stamp, hindrance = hindered(request, seen.form, now=now)
    if stamp is None or hindrance is not None:
        return _page(request, seen, posted.typed, posted, hindrance=hindrance, signed=signed, now=now)
    submission = sent_just_now(seen, checked=checked, now=now) or submit(
        seen, checked=checked, key=stamp.key, uploads=posted.uploads, invited=ticket, now=now
    )
    return HttpResponseRedirect(_sent_address(request, seen, receipt_for(submission)), status=303)


def _only_preview() -> str:
    return _("This is a preview: everything is filled in well, and nothing was sent.")


def _page(
    request: HttpRequest,
    seen: ShownForm,
    typed: Mapping[str, Sequence[str]],
    posted: Posted | None = None,
    *,
    wrong: Mapping[str, str] | None = None,
    hindrance: Hindrance | None = None,
    signed: str = "",
    now: datetime,
) -> HttpResponse:
    wrong = wrong or {}
    context: dict[str, Any] = {
        "seen": seen,
        "typed": typed,
        "kept": {question.key: _kept(posted, question.key) for question in seen.questions},
        "wrong": wrong,
        "hindrance": hindrance,
        "stamp": _stamp(request, seen.form, hindrance, now=now),
        "signed": signed,
        "bits": BITS,
        "trap": TRAP,
        "largest": LARGEST,
        "most": MOST,
        "too_large": too_large_words("{name}"),
        "too_many": too_many_words(),
        "framed": how_framed(request),
        "preview": not seen.form.is_on,
        "choices": choices_of(request, seen.form),
    }
    status = hindrance.status if hindrance else 422 if wrong else 200
    return page(request, "forms/form.html", context, company=seen.form.workspace.name, status=status)


def _kept(posted: Posted | None, key: str) -> list[tuple[str, str]]:
    return [(upload_sign(upload), upload.name) for upload in posted.of(key)] if posted else []


def _stamp(request: HttpRequest, form: Form, hindrance: Hindrance | None, *, now: datetime) -> str:
    """The one that came, where it is good: the same form sent twice is to be known again."""
    given = request.POST.get("form-stamp", "")
    if given and not (hindrance and hindrance.anew):
        try:
            if not read_stamp(form, given).is_too_old(now):
                return given
        except BadSign:
            pass
    return stamp_for(form, now=now)


def _sent_address(request: HttpRequest, seen: ShownForm, receipt: str) -> str:
    address = reverse("form_sent", kwargs={"address": seen.form.address, "receipt": receipt})
    asked = {"lang": seen.language} | ({"frame": framed} if (framed := how_framed(request)) else {})
    return f"{address}?{urlencode(asked)}"


def too_large(request: HttpRequest, form: Form) -> HttpResponse:
    """Nothing of it was read, so the language is the address's, and what was typed is the browser's to keep."""
    language = readers_language(request)
    with translation.override(language if language in form.languages else form.language):
        context = {"framed": how_framed(request), "choices": choices_of(request, form)}
        return page(request, "forms/too_large.html", context, company=form.workspace.name, status=413)


def closed(request: HttpRequest, form: Form) -> HttpResponse:
    """It was here, so 404 would be untrue; nothing is taken any more."""
    language = language_of(request, form)
    with translation.override(language):
        context = {"framed": how_framed(request), "choices": choices_of(request, form)}
        return page(request, "forms/closed.html", context, company=form.workspace.name, status=410)
