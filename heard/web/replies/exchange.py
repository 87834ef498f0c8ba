"""Saved replies out of Heard and into it. A file is looked at first, and brought in by a second click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from heard.contacts.models import Formality
from heard.kept_files import path_of
from heard.replies.exchange.files_csv import written_csv
from heard.replies.exchange.files_json import written_json
from heard.replies.exchange.record import MOST_BYTES, Reading, Remark, Unreadable
from heard.replies.facts import LANGUAGES
from heard.replies.models import Audience
from heard.replies.read_in import Form, Outcome, read_file, read_in
from heard.replies.ways import Way
from heard.replies.write_out import records_of
from heard.uploads.drop import drop
from heard.uploads.models import UploadedFile
from heard.uploads.upload import BadFile, upload
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.found import id_asked
from heard.web.replies.words import file_words
from heard.web.settings.gates import for_admins

PLACE: Final = "saved replies to bring in"
MEGABYTES: Final = MOST_BYTES // 1024 // 1024


@dataclass(frozen=True)
class Chosen:
    form: str = Form.CSV
    language: str = "en"
    formality: str = Formality.INFORMAL
    audience: str = Audience.PRIVATE
    overwrite: bool = False


@require_safe
@for_agents
def export(request: AgentRequest) -> HttpResponse:
    records, day = records_of(request.agent), timezone.now().date().isoformat()
    if request.GET.get("form") == Form.JSON:
        kind, ending, content = "application/json", "json", written_json(records)
    else:
        kind, ending, content = "text/csv; charset=utf-8", "csv", written_csv(records)
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="saved-replies-{day}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@for_admins
def bring_in(request: AgentRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, Chosen(language=request.agent.workspace.language))
    chosen = _chosen(request)
    try:
        file = _file(request)
        reading = _read(file, chosen)
    except BadFile as bad:
        words = _("A file may have %(most)s MB at most.") % {"most": MEGABYTES}
        return _page(request, chosen, problem=words if bad.code == "size" else file_words(bad))
    except Unreadable as unreadable:
        return _page(request, chosen, problem=remark_words(unreadable.remark))
    dry = request.POST.get("action") != "bring in"
    outcome = read_in(
        reading,
        form=Form(chosen.form),
        by=request.agent,
        now=timezone.now(),
        dry=dry,
        overwrite=chosen.overwrite,
    )
    if dry or outcome.wrong:
        return _page(request, chosen, file=file, outcome=outcome)
    drop(file, by=request.agent)
    messages.success(request, _done(outcome))
    return redirect("replies")


def remark_words(remark: Remark) -> str:
    words = _(remark.reason) % remark.params
    if remark.title:
        words = _("“%(title)s”: %(words)s") % {"title": remark.title, "words": words}
    if remark.line:
        words = _("%(number)s: %(words)s") % {"number": remark.line, "words": words}
    return words


def _file(request: AgentRequest) -> UploadedFile:
    """What came along, or what was looked at before. Raises BadFile."""
    sent = request.FILES.get("file")
    if sent is None:
        mine = UploadedFile.objects.visible_to(request.agent).filter(agent=request.agent, place=PLACE)
        kept = mine.filter(pk=id_asked(request.POST.get("upload", "")) or 0).first()
        if kept is None:
            raise BadFile("empty")
        return kept
    if (sent.size or 0) > MOST_BYTES:
        raise BadFile("size")
    for old in UploadedFile.objects.visible_to(request.agent).filter(agent=request.agent, place=PLACE):
        drop(old, by=request.agent)
    return upload(
        name=sent.name or "", content=sent.read(), by=request.agent, now=timezone.now(), place=PLACE
    )


def _read(file: UploadedFile, chosen: Chosen) -> Reading:
    """Raises Unreadable or BadFile."""
    try:
        content = path_of(str(file.key)).read_bytes()
    except OSError:
        raise BadFile("broken") from None
    way = Way(chosen.language, chosen.formality, chosen.audience)
    return read_file(content, form=Form(chosen.form), way=way)


def _chosen(request: AgentRequest) -> Chosen:
    def one_of(name: str, known: list[str]) -> str:
        asked = request.POST.get(name, "")
        return asked if asked in known else known[0]

    return Chosen(
        form=one_of("form", list(Form)),
        language=one_of("language", list(LANGUAGES)),
        formality=one_of("formality", Formality.values),
        audience=one_of("audience", Audience.values),
        overwrite=request.POST.get("overwrite") == "on",
    )


def _done(outcome: Outcome) -> str:
    count = len(outcome.added) + len(outcome.changed)
    words = ngettext(
        "%(count)s saved reply was brought in.", "%(count)s saved replies were brought in.", count
    )
    return words % {"count": count}


def _page(
    request: AgentRequest,
    chosen: Chosen,
    *,
    problem: str = "",
    file: UploadedFile | None = None,
    outcome: Outcome | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "chosen": chosen,
        "problem": problem,
        "file": file,
        "outcome": outcome,
        "remark_words": remark_words,
        "counts_entries": chosen.form in (Form.JSON, Form.ZENDESK, Form.CHATWOOT),
        "forms": {
            Form.CSV: _("CSV that Heard wrote, or a table of your own"),
            Form.JSON: _("JSON that Heard wrote"),
            Form.CHATWOOT: _("Chatwoot: canned responses (JSON or CSV)"),
            Form.ZENDESK: _("Zendesk: macros (JSON)"),
        },
        "languages": LANGUAGES,
        "formalities": Formality.choices,
        "audiences": Audience.choices,
        "megabytes": MEGABYTES,
    }
    bad = bool(problem) or bool(outcome and outcome.wrong)
    return render(request, "replies/exchange.html", context, status=422 if bad else 200)
