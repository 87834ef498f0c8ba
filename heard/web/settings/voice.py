"""How each brand sounds: everybody reads it, admins write it."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from heard.channels.registry import CHANNELS
from heard.checks.levels import Level
from heard.checks.phrase import Phrase
from heard.checks.wanted_voice import RULES
from heard.inboxes.models import Inbox
from heard.people.wording import phrases_as_text, phrases_in
from heard.voice.models import VoiceProfile
from heard.voice.write import LARGEST, LONGEST, BadVoice, Example, WantedVoice, remove_voice, write_voice
from heard.web.agents import AgentRequest, for_agents
from heard.web.settings.gates import for_admins
from heard.web.settings.wording import lines
from heard.web.times import language_name
from heard.workspaces.models import Agent
from heard.workspaces.wording import WantedPhrase

LEVELS: Final = [
    ("", gettext_lazy("Only a hint")),
    (Level.WARN, gettext_lazy("Asks, everybody may send it anyway")),
    (Level.STOP, gettext_lazy("Stops, unless somebody with the right sends it anyway")),
    (Level.NEVER, gettext_lazy("Stops, nobody can send it anyway")),
]


def _number(label: Any, name: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LARGEST[name], **more)


class VoiceForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST["name"],
        help_text=gettext_lazy("Hints begin with it: the brand's name, say."),
    )
    is_on = forms.BooleanField(label=gettext_lazy("In use"), required=False, initial=True)
    language = forms.ChoiceField(label=gettext_lazy("Only in this language"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Only at this network"), required=False)
    inboxes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Only for the accounts of one brand"),
        queryset=Inbox.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "None: all. The most exact profile counts: account, then language, then network."
        ),
    )
    address = forms.ChoiceField(
        label=gettext_lazy("Form of address"), choices=VoiceProfile.Address.choices, required=False
    )
    humour = forms.ChoiceField(
        label=gettext_lazy("Humour"), choices=VoiceProfile.Humour.choices, required=False
    )
    emoji = forms.ChoiceField(label=gettext_lazy("Emoji"), choices=VoiceProfile.Emoji.choices, required=False)
    most_emoji = _number(gettext_lazy("How many are a few"), "most_emoji", initial=2)
    sentences = _number(gettext_lazy("Sentences at most"), "sentences", required=False)
    characters = _number(gettext_lazy("Characters at most"), "characters", required=False)
    words = lines(
        gettext_lazy("Words"),
        gettext_lazy("One a line: package = parcel # it is shorter. What stands after = is offered instead."),
        rows=6,
    )
    examples = lines(
        gettext_lazy("Good replies"), gettext_lazy("One a line, and after # why it is good."), rows=4
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, language_name(code)) for code, _name in settings.LANGUAGES]
        networks = [(slug, channel.name) for slug, channel in CHANNELS.items()]
        self.fields["language"].choices = [("", gettext_lazy("All languages")), *languages]  # type: ignore[attr-defined]
        self.fields["channel"].choices = [("", gettext_lazy("All networks")), *networks]  # type: ignore[attr-defined]
        accounts = Inbox.objects.visible_to(agent).order_by("name", "pk")
        self.fields["inboxes"].queryset = accounts  # type: ignore[attr-defined]
        for rule, label in RULES.items():
            self.fields[f"level_{rule}"] = forms.ChoiceField(label=_(label), choices=LEVELS, required=False)

    @property
    def wanted(self) -> WantedVoice:
        typed = dict(self.cleaned_data)
        return WantedVoice(
            **{
                name: typed[name]
                for name in ("name", "is_on", "language", "channel", "address", "humour", "emoji")
            },
            **{name: typed[name] for name in LARGEST},
            inboxes=[one.pk for one in typed["inboxes"]],
            words=[
                Phrase(one.text, one.instead, one.reason)
                for one in phrases_in(typed["words"], forbidden=False)
            ],
            examples=[_example(line) for line in typed["examples"].splitlines() if line.strip()],
            levels={rule: typed[f"level_{rule}"] for rule in RULES},
        )


@require_GET
@for_agents
def show(request: AgentRequest) -> HttpResponse:
    profiles = VoiceProfile.objects.visible_to(request.agent).prefetch_related("inboxes").order_by("name")
    context = {"profiles": profiles, "networks": {slug: one.name for slug, one in CHANNELS.items()}}
    return render(request, "settings/voices.html", context)


@require_http_methods(["GET", "POST"])
@for_admins
def add(request: AgentRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@for_admins
def change(request: AgentRequest, profile_id: int) -> HttpResponse:
    return _edit(request, _profile(request, profile_id))


@require_POST
@for_admins
def remove(request: AgentRequest, profile_id: int) -> HttpResponse:
    remove_voice(_profile(request, profile_id), by=request.agent, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("settings_voice")


def _profile(request: AgentRequest, profile_id: int) -> VoiceProfile:
    return get_object_or_404(VoiceProfile.objects.visible_to(request.agent), pk=profile_id)


def _edit(request: AgentRequest, profile: VoiceProfile | None) -> HttpResponse:
    if request.method == "GET":
        return _page(request, VoiceForm(initial=_as_it_is(profile), agent=request.agent), profile)
    form = VoiceForm(request.POST, agent=request.agent)
    if not form.is_valid() or not _written(request, form, profile):
        return _page(request, form, profile, status=422)
    messages.success(request, _("Saved."))
    return redirect("settings_voice")


def _written(request: AgentRequest, form: VoiceForm, profile: VoiceProfile | None) -> bool:
    try:
        write_voice(profile, form.wanted, by=request.agent, now=timezone.now())
    except BadVoice as bad:
        form.add_error(bad.field if bad.field in form.fields else None, voice_problem(bad))
    return not form.errors


def voice_problem(bad: BadVoice) -> str:
    words = {
        "taken": _("Another one has this name."),
        "long": _("This line is too long."),
        "many": _("That is more than fits here."),
        "missing": _("A phrase needs at least two letters."),
    }
    return words.get(bad.code, _("That cannot be chosen here."))


def _as_it_is(profile: VoiceProfile | None) -> dict[str, Any]:
    if profile is None:
        return {"is_on": True, "most_emoji": 2}
    words = [WantedPhrase(**one, forbidden=False) for one in profile.words]
    names = ("name", "is_on", "language", "channel", "address", "humour", "emoji", *LARGEST)
    return {
        **{name: getattr(profile, name) for name in names},
        "inboxes": profile.inboxes.all(),
        "words": phrases_as_text(words, forbidden=False),
        "examples": "\n".join(_line(Example(**one)) for one in profile.examples),
        **{f"level_{rule}": level for rule, level in profile.levels.items()},
    }


def _line(example: Example) -> str:
    return f"{example.text} # {example.reason}" if example.reason else example.text


def _example(line: str) -> Example:
    text, _hash, reason = line.partition(" #")
    return Example(text.strip(), reason.strip())


def _page(
    request: AgentRequest, form: VoiceForm, profile: VoiceProfile | None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "profile": profile, "levels": [form[f"level_{rule}"] for rule in RULES]}
    return render(request, "settings/voice.html", context, status=status)
