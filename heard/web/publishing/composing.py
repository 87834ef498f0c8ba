"""Write a post and say when it goes out. Everything works as one form without scripts."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from heard.publishing.accounts import publishing_inboxes
from heard.publishing.compose import Composed, File, compose
from heard.publishing.fit import PostStopped
from heard.publishing.locked import CannotChange
from heard.publishing.models import PlannedPost
from heard.publishing.moments import NoSuchHour, moment
from heard.publishing.pictures import LARGEST, MOST, BadPicture
from heard.publishing.schedule import InThePast, NowhereToPublish, TooFarAhead, schedule
from heard.publishing.write import Target, TooMuchText
from heard.web import times
from heard.web.agents import AgentRequest
from heard.web.fragments import fragment
from heard.web.numbers import is_number
from heard.web.publishing.found import in_workspace_zone, plan_or_404
from heard.web.publishing.shown import Typed, previews, typed_as_planned

PAGE = "publishing/compose.html"


class Refused(Exception):
    """What was typed cannot be taken; the words say why."""


@require_http_methods(["GET", "POST"])
@in_workspace_zone
def new(request: AgentRequest) -> HttpResponse:
    if request.method == "POST":
        return _save(request, None)
    return _page(request, None, Typed(day=_day_asked(request.GET.get("day", ""))))


@require_http_methods(["GET", "POST"])
@in_workspace_zone
def change(request: AgentRequest, plan_id: int) -> HttpResponse:
    plan = plan_or_404(request, plan_id)
    if request.method == "POST":
        return _save(request, plan)
    if not plan.is_open:
        messages.error(request, _("Too late: it is on its way or gone."))
        return redirect("post", plan_id=plan.pk)
    return _page(request, plan, typed_as_planned(plan))


@require_POST
@in_workspace_zone
def preview(request: AgentRequest) -> HttpResponse:
    """How it will look, and what would stop it, while it is written."""
    asked = request.POST.get("plan", "")
    plan = plan_or_404(request, int(asked)) if is_number(asked) else None
    context = {
        "previews": previews(request.agent, plan, _typed(request)),
        "overridden": request.POST.getlist("override"),
    }
    return fragment(request, PAGE, "previews", context=context)


def _save(request: AgentRequest, plan: PlannedPost | None) -> HttpResponse:
    typed, action = _typed(request), request.POST.get("action", "save")
    try:
        at = _moment(request, typed) if action == "schedule" else None
        plan = compose(plan, _composed(request, typed), by=request.agent, now=timezone.now())
    except Refused as refused:
        return _page(request, plan, typed, problem=str(refused))
    except CannotChange:
        return _page(request, plan, typed, problem=_("Too late: it is on its way or gone."))
    except BadPicture as bad:
        return _page(request, plan, typed, problem=_picture_words(bad))
    except TooMuchText:
        return _page(request, plan, typed, problem=_("No network takes a text that long."))
    if action not in ("schedule", "now"):
        messages.success(request, _("Saved."))
        return redirect("post_change", plan_id=plan.pk)
    return _schedule(request, plan, typed, at)


def _schedule(request: AgentRequest, plan: PlannedPost, typed: Typed, at: datetime | None) -> HttpResponse:
    """The words are saved already, whatever becomes of the time."""
    plan = plan_or_404(request, plan.pk)
    overrides = request.POST.getlist("override")[:50]
    try:
        schedule(plan, at=at, by=request.agent, now=timezone.now(), overrides=overrides)
    except InThePast:
        return _page(request, plan, typed, problem=_("That time is over. Choose another one."))
    except TooFarAhead:
        return _page(request, plan, typed, problem=_("At most a year ahead."))
    except NowhereToPublish:
        return _page(request, plan, typed, problem=_("Choose at least one account."))
    except PostStopped:
        problem = _("It is saved, and does not go out yet. See what is said below the accounts.")
        return _page(request, plan, typed, problem=problem, overridden=overrides)
    messages.success(request, _done(plan_or_404(request, plan.pk)))
    return redirect("post", plan_id=plan.pk)


def _page(
    request: AgentRequest,
    plan: PlannedPost | None,
    typed: Typed,
    *,
    problem: str = "",
    overridden: list[str] | None = None,
) -> HttpResponse:
    inboxes = publishing_inboxes(request.agent)
    context: dict[str, Any] = {
        "plan": plan,
        "typed": typed,
        "problem": problem,
        "inboxes": inboxes,
        "previews": previews(request.agent, plan, typed),
        "overridden": overridden or [],
        "most_pictures": MOST,
        "zone": request.agent.workspace.time_zone.replace("_", " "),
        "needs_approval": (request.agent.workspace.posts_need_approval or not request.agent.sends)
        and not (plan and plan.approved_by_id),
    }
    return render(request, PAGE, context, status=422 if problem else 200)


def _typed(request: AgentRequest) -> Typed:
    """Browsers send line ends as CRLF; networks and our counters know one character."""
    sent = request.POST
    chosen = frozenset(int(one) for one in sent.getlist("inbox") if is_number(one))
    return Typed(
        text=_clean(sent.get("text", "")),
        chosen=chosen,
        own={inbox: _clean(sent.get(f"own-{inbox}", "")) for inbox in chosen},
        day=sent.get("day", ""),
        hour=sent.get("hour", ""),
    )


def _composed(request: AgentRequest, typed: Typed) -> Composed:
    known = {inbox.pk: inbox for inbox in publishing_inboxes(request.agent)}
    files = request.FILES.getlist("pictures")
    if any((file.size or 0) > LARGEST for file in files):
        raise Refused(_picture_words(BadPicture("size")))
    sent = request.POST
    return Composed(
        text=typed.text,
        targets=[Target(known[pk], typed.own.get(pk, "")) for pk in sorted(typed.chosen) if pk in known],
        new=[File(file.name or "", file.read()) for file in files],
        alts={
            int(name[4:]): _clean(sent.get(name, ""))
            for name in sent
            if name.startswith("alt-") and is_number(name[4:])
        },
        left_out=frozenset(int(one) for one in sent.getlist("left_out") if is_number(one)),
    )


def _moment(request: AgentRequest, typed: Typed) -> datetime:
    try:
        day, hour = date.fromisoformat(typed.day), time.fromisoformat(typed.hour)
    except ValueError:
        raise Refused(_("Choose a day and a time.")) from None
    try:
        return moment(day, hour.replace(tzinfo=None), request.agent.workspace.time_zone)
    except NoSuchHour as missing:
        words = _("The clocks are changed that night, and this time does not exist. Take %(time)s.")
        raise Refused(words % {"time": times.clock_time(missing.instead)}) from None
    except OverflowError:
        raise Refused(_("Choose a day and a time.")) from None


def _done(plan: PlannedPost) -> str:
    if plan.state == PlannedPost.State.AWAITING:
        return _("It waits for somebody else to approve it.")
    if plan.due_at and plan.due_at > timezone.now():
        return _("It goes out: %(time)s.") % {"time": times.in_words(plan.due_at)}
    return _("It goes out now.")


def _picture_words(bad: BadPicture) -> str:
    return {
        "kind": _("Only JPEG, PNG, GIF and WebP pictures can be published."),
        "size": _("A picture may have 8 MB at most."),
        "pixels": _("This picture has too many pixels. Make it smaller first."),
        "many": _("A post takes ten pictures at most."),
    }.get(bad.code, _("This picture is broken. Save it anew and try again."))


def _day_asked(asked: str) -> str:
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        return ""


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "")
