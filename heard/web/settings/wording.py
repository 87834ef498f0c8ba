"""What answers are checked for before they go out, and a box in which to try it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from heard.checks.draft import Draft
from heard.checks.finding import Finding
from heard.checks.levels import CHECKS_BY_NAME, Level
from heard.people.wording import BadWording, change_wording, checked, phrases_as_text, phrases_in
from heard.tickets.examined import private_links
from heard.voice.wanted import voices_everywhere
from heard.web.agents import AgentRequest
from heard.web.fragments import fragment
from heard.web.settings.gates import for_admins
from heard.web.times import language_name
from heard.workspaces.models import Wording
from heard.workspaces.wording import Rules, rules_of

PAGE = "settings/wording.html"
LONGEST_LIST = 100_000
LONGEST_TRIED = 5_000
LEVELS = [
    ("", gettext_lazy("As Heard brings it")),
    (Level.OFF, gettext_lazy("Off")),
    (Level.HINT, gettext_lazy("Only a hint")),
    (Level.WARN, gettext_lazy("Asks, everybody may send it anyway")),
    (Level.STOP, gettext_lazy("Stops, unless somebody with the right sends it anyway")),
    (Level.NEVER, gettext_lazy("Stops, nobody can send it anyway")),
]


def lines(label: Any, hint: Any, *, rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto", "spellcheck": "false"})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_LIST, widget=widget, strip=False
    )


class WordingForm(forms.Form):
    order_numbers = lines(
        gettext_lazy("How your order numbers look"),
        gettext_lazy(
            "One a line, such as ORD-######. # is a digit, ? a letter or a digit, * up to twenty of them. Whoever "
            "knows regular expressions writes one between slashes: /ORD-[0-9]{6,8}/."
        ),
        rows=3,
    )
    vouchers = lines(
        gettext_lazy("How your voucher codes look"), gettext_lazy("Written like order numbers."), rows=3
    )
    ours = lines(
        gettext_lazy("What you show on purpose"),
        gettext_lazy("Your hotline, your addresses, your web pages. One a line. They are never held back."),
    )
    forbidden = lines(
        gettext_lazy("What nobody should write"),
        gettext_lazy(
            "One a line: cheap = good value # sounds poor. What stands after = is offered instead, what stands "
            "after # says why; both may be left out. A * stands for any ending. For one language only, begin "
            "with it: en: cheap"
        ),
        rows=6,
    )
    discouraged = lines(
        gettext_lazy("What sounds better otherwise"),
        gettext_lazy("Written in the same way. It is pointed out and stops nothing."),
        rows=6,
    )
    words = lines(
        gettext_lazy("Words that no dictionary has"),
        gettext_lazy("Names of your brands and products, one a line. They are no spelling mistakes."),
    )
    complaint_tags = forms.CharField(
        label=gettext_lazy("Tags of complaints"),
        required=False,
        max_length=5_000,
        help_text=gettext_lazy(
            "With commas between them. Where a ticket has one of them, jokes are held back."
        ),
    )
    overriding = forms.ChoiceField(
        label=gettext_lazy("Who may send what a check stops"),
        choices=Wording.Overriding.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Whoever does is named in the ticket. You give the right under People."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, check in CHECKS_BY_NAME.items():
            self.fields[_level(name)] = forms.ChoiceField(
                label=_(check.label), choices=LEVELS, required=False
            )

    def clean(self) -> dict[str, Any]:
        try:
            self.rules = checked(_typed(self.cleaned_data))
        except BadWording as bad:
            words = _("“%(typed)s”: %(reason)s") % {"typed": bad.typed[:80], "reason": _(bad.reason)}
            self.add_error(self._place_of(bad), words)
        return self.cleaned_data

    def _place_of(self, bad: BadWording) -> str | None:
        if bad.field == "phrases":
            unwanted = phrases_in(self.cleaned_data["forbidden"], forbidden=True)
            return (
                "forbidden"
                if any(bad.typed in (one.text, one.language) for one in unwanted)
                else "discouraged"
            )
        return bad.field if bad.field in self.fields else None


@require_http_methods(["GET", "POST"])
@for_admins
def show(request: AgentRequest) -> HttpResponse:
    rules = rules_of(request.agent.workspace_id)
    if request.method == "GET":
        return _page(request, WordingForm(initial=_as_it_is(rules)))
    form = WordingForm(request.POST)
    valid = form.is_valid()
    if "try" in request.POST:
        return _page(request, form, tried=_tried(request, form.rules if valid else rules))
    if not valid:
        return _page(request, form, status=422)
    change_wording(request.agent.workspace, form.rules, by=request.agent, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("settings_wording")


@require_POST
@for_admins
def try_it(request: AgentRequest) -> HttpResponse:
    """What the gate would say of a text with what is typed now. Saves nothing."""
    form = WordingForm(request.POST)
    rules = form.rules if form.is_valid() else rules_of(request.agent.workspace_id)
    context = {"tried": _tried(request, rules), "quoted": _quoted, "try_text": _text(request.POST)}
    return fragment(request, PAGE, "tried", context=context)


def _tried(request: AgentRequest, rules: Rules) -> list[Finding] | None:
    """None where nothing was typed."""
    text = _text(request.POST)
    if not text.strip():
        return None
    language = request.POST.get("try_language", "")
    draft = Draft(
        text=text,
        public=request.POST.get("try_public", "yes") == "yes",
        language=language if language in dict(settings.LANGUAGES) else "",
        private_links=private_links(),
        today=timezone.localdate(),
    )
    wanted = replace(rules, voices=voices_everywhere(request.agent.workspace_id))
    return wanted.found_in(draft, by=request.agent)


def _page(
    request: AgentRequest, form: WordingForm, *, status: int = 200, tried: list[Finding] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "levels": [form[_level(name)] for name in CHECKS_BY_NAME],
        "tried": tried,
        "quoted": _quoted,
        "try_text": _text(request.POST),
        "try_public": request.POST.get("try_public", "yes"),
        "try_language": request.POST.get("try_language", ""),
        "languages": [(code, language_name(code)) for code, _name in settings.LANGUAGES],
    }
    return render(request, PAGE, context, status=status)


def _quoted(text: str, finding: Finding) -> str:
    said = text[finding.start : finding.end]
    return said if len(said) <= 60 else f"{said[:60]}…"


def _text(posted: Mapping[str, Any]) -> str:
    text: str = posted.get("try_text", "")
    return text.replace("\r\n", "\n").replace("\x00", "")[:LONGEST_TRIED]


def _typed(said: Mapping[str, str]) -> Rules:
    listed = {
        name: said.get(name, "").splitlines() for name in ("order_numbers", "vouchers", "ours", "words")
    }
    levels = {name: said.get(_level(name), "") for name in CHECKS_BY_NAME}
    return Rules(
        order_numbers=listed["order_numbers"],
        vouchers=listed["vouchers"],
        ours=listed["ours"],
        words=listed["words"],
        phrases=[
            *phrases_in(said.get("forbidden", ""), forbidden=True),
            *phrases_in(said.get("discouraged", ""), forbidden=False),
        ],
        complaint_tags=said.get("complaint_tags", "").split(","),
        levels={name: Level(level) for name, level in levels.items() if level},
        overriding=Wording.Overriding(said.get("overriding", Wording.Overriding.EVERYBODY)),
    )


def _as_it_is(rules: Rules) -> dict[str, str]:
    return {
        "order_numbers": "\n".join(rules.order_numbers),
        "vouchers": "\n".join(rules.vouchers),
        "ours": "\n".join(rules.ours),
        "words": "\n".join(rules.words),
        "forbidden": phrases_as_text(rules.phrases, forbidden=True),
        "discouraged": phrases_as_text(rules.phrases, forbidden=False),
        "complaint_tags": ", ".join(rules.complaint_tags),
        "overriding": rules.overriding,
        **{_level(name): level for name, level in rules.levels.items()},
    }


def _level(check: str) -> str:
    return f"level_{check}"
