"""One saved reply: all that is said about it and all that it says, saved by one form. It works without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.contacts.models import Formality
from heard.replies import write as writing
from heard.replies.facts import LANGUAGES, BadFact
from heard.replies.files import Files
from heard.replies.models import Audience, Length, ReplyChange, SavedReply, Situation
from heard.replies.propose import change_of, change_seen_by
from heard.replies.queries import branches_of, tags_of
from heard.replies.rights import NotYours, may_change
from heard.replies.use import used
from heard.replies.versions import compared_with
from heard.replies.way_words import way_words
from heard.replies.ways import BadWay, way_named
from heard.replies.wording import BadWording
from heard.replies.write import ChangedMeanwhile, NothingSaid, Wanted
from heard.uploads.models import UploadedFile
from heard.uploads.taken import NoSuchFile
from heard.uploads.upload import LARGEST, BadFile, upload
from heard.voice.wanted import voices_everywhere
from heard.web.agents import AgentRequest, for_agents
from heard.web.replies.files import files_in
from heard.web.replies.found import reply_or_404, today_of
from heard.web.replies.shown import panels, preview_of
from heard.web.replies.typed import Typed
from heard.web.replies.words import fact_words, file_words, wording_words
from heard.workspaces.models import Agent

PLACE: Final = "saved reply"
Problems = dict[str, str]


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: AgentRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None)
    language = request.agent.workspace.language
    source = language if language in LANGUAGES else "en"
    return _page(request, None, Typed(source_language=source, folder=request.GET.get("folder", "")))


@require_http_methods(["GET", "POST"])
@for_agents
def show(request: AgentRequest, reply_id: int) -> HttpResponse:
    reply = reply_or_404(request, reply_id)
    if request.method == "POST":
        return _save(request, reply)
    return _page(request, reply, Typed.of(reply, request.agent))


@require_POST
@for_agents
def preview(request: AgentRequest) -> HttpResponse:
    """How one text reads, or what is wrong with it, while it is written."""
    try:
        way = way_named(request.POST.get("way", ""), LANGUAGES)
    except BadWay:
        return HttpResponse(status=422)
    voices = voices_everywhere(request.agent.workspace_id)
    seen = preview_of(request.POST.get(f"text-{way}", ""), way, voices)
    return render(request, "replies/_preview.html", {"preview": seen, "way": way})


def _save(request: AgentRequest, reply: SavedReply | None) -> HttpResponse:
    problems: Problems = {}
    typed = _with_files(request, Typed.out_of(request.POST), problems)
    wanted = _wanted(request, typed, problems)
    if not problems and wanted is not None:
        try:
            saved = _written(request.agent, reply, wanted)
        except (BadFact, BadFile, BadWording, NothingSaid, ChangedMeanwhile, NotYours, NoSuchFile) as refused:
            problems |= _why(refused)
        else:
            messages.success(request, _saved_words(saved))
            return redirect(f"{reverse('saved_reply', kwargs={'reply_id': saved.pk})}?language={typed.tab}")
    return _page(request, reply, typed, problems)


def _written(agent: Agent, reply: SavedReply | None, wanted: Wanted) -> SavedReply:
    if reply is None:
        return writing.add(wanted, by=agent, now=timezone.now())
    return writing.change(reply, wanted, by=agent, now=timezone.now())


def _wanted(request: AgentRequest, typed: Typed, problems: Problems) -> Wanted | None:
    more = typed.more()
    for way in more:
        if typed.texts.get(way):
            problems[f"add-{way.language}"] = _("This is said above already.")
    try:
        facts = typed.facts(request.agent)
    except ValueError:
        problems["expires_on"] = _("This is no date.")
        return None
    return Wanted(
        facts=facts,
        texts={**typed.texts, **more},
        checked=typed.checked,
        files=Files(uploads=typed.uploads, alts=typed.alts, left_out=typed.left_out),
        draft=request.POST.get("action") == "draft",
        seen=typed.seen,
    )


def _with_files(request: AgentRequest, typed: Typed, problems: Problems) -> Typed:
    """Files that came along are kept first: a form that has to be shown again cannot hold them."""
    kept = []
    for sent in request.FILES.getlist("files"):
        try:
            if (sent.size or 0) > LARGEST:
                raise BadFile("size")
            file = upload(
                name=sent.name or "", content=sent.read(), by=request.agent, now=timezone.now(), place=PLACE
            )
            kept.append(file.pk)
        except BadFile as bad:
            problems["files"] = f"{(sent.name or '')[:100]}: {file_words(bad)}"
    return replace(typed, uploads=[*typed.uploads, *kept])


def _why(refused: Exception) -> Problems:
    match refused:
        case BadFact():
            return {refused.field: fact_words(refused)}
        case BadFile():
            return {"files": file_words(refused)}
        case NoSuchFile():
            return {"files": _("A file was here for too long. Choose it again.")}
        case BadWording():
            return {f"text-{way}": wording_words(wrong) for way, wrong in refused.wrong.items()}
        case NothingSaid():
            return {
                "source_language": _("Nothing is said in this language. Write that, or choose another one.")
            }
        case NotYours():
            return {"form": _("Only its owner and admins may change it.")}
    return {"form": _("Somebody changed it since you opened it. Open it anew in another tab and compare.")}


def _saved_words(reply: SavedReply) -> str:
    kept = change_of(reply)
    if kept is not None and kept.state == ReplyChange.State.WAITING:
        return _("Saved. Until an admin approves the change, it says what it said before.")
    if kept is not None:
        return _("Saved as a draft of a change. Until then it says what it said before.")
    match reply.approval:
        case SavedReply.Approval.WAITING:
            return _("Saved. An admin has to approve it before others use it.")
        case SavedReply.Approval.DRAFT:
            return _("Saved as a draft. Only you and admins see it.")
    return _("Saved.")


def _page(
    request: AgentRequest, reply: SavedReply | None, typed: Typed, problems: Mapping[str, str] | None = None
) -> HttpResponse:
    agent, told = request.agent, problems or {}
    allowed = reply is None or may_change(reply, agent)
    shown = panels(
        reply,
        typed,
        told,
        may_change=allowed,
        voices=voices_everywhere(request.agent.workspace_id),
    )
    asked = typed.tab or request.GET.get("language", "")
    wrong = next((panel.language for panel in shown if panel.has_problem), "")
    change = change_seen_by(reply, agent) if reply else None
    context: dict[str, Any] = {
        "reply": reply,
        "change": change,
        "change_differs": compared_with(reply, change) if reply and change else [],
        "change_files": files_in(change) if change else None,
        "way_words": way_words,
        "typed": typed,
        "problems": told,
        "panels": shown,
        "open": wrong or (asked if asked in LANGUAGES else "") or typed.source_language,
        "may_change": allowed,
        "needs_approval": agent.workspace.replies_need_approval and not agent.is_admin,
        "uploads": UploadedFile.objects.visible_to(agent).filter(agent=agent, pk__in=typed.uploads),
        "is_expired": bool(reply and reply.expires_on and reply.expires_on < today_of(agent)),
        "use": used([reply])[reply.pk] if reply else None,
        "title": reply.title(get_language() or "") if reply else "",
        **_choices(agent),
    }
    return render(request, "replies/edit.html", context, status=422 if told else 200)


def _choices(agent: Agent) -> dict[str, Any]:
    colleagues = Agent.objects.visible_to(agent).filter(is_active=True)
    return {
        "languages": LANGUAGES,
        "formalities": Formality.choices,
        "audiences": Audience.choices,
        "lengths": Length.choices,
        "situations": Situation.choices,
        "blocks": SavedReply.Block.choices,
        "branches": branches_of(agent),
        "tags": tags_of(agent),
        "owners": list(colleagues.order_by("name", "pk").values_list("pk", "name")),
    }
