"""What an admin decides about a chat window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.chat.models import Widget
from heard.chat.origins import MOST, BadOrigin, as_origin
from heard.chat.texts import LONGEST_OWN, OWN, texts_for


@dataclass(frozen=True)
class Spoken:
    """The words of one language."""

    code: str
    name: str
    fields: list[forms.BoundField]

    @property
    def is_changed(self) -> bool:
        return any(bound.value() for bound in self.fields)


@dataclass(frozen=True)
class Day:
    name: str | Promise
    opens: forms.BoundField
    closes: forms.BoundField


class WindowForm(forms.Form):
    domains = forms.CharField(
        label=gettext_lazy("Web sites that may show it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off"}),
        help_text=gettext_lazy("One address a line, such as shop.example.com. Every other site is refused."),
    )
    colour = forms.RegexField(
        label=gettext_lazy("Colour"),
        regex=r"^#[0-9a-fA-F]{6}$",
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=gettext_lazy("The words on it are white or black, whichever is read better."),
    )
    position = forms.ChoiceField(
        label=gettext_lazy("Place of the button"), choices=Widget.Position.choices, widget=forms.RadioSelect
    )
    names_shown = forms.BooleanField(
        label=gettext_lazy("Visitors read the first name of who answers"),
        required=False,
        help_text=gettext_lazy("Otherwise they read the name of the inbox."),
    )

    def __init__(self, typed: Any = None, *, widget: Widget) -> None:
        super().__init__(typed, initial=as_it_is(widget))
        for code, _name in settings.LANGUAGES:
            ours = texts_for(code, {})[1]
            for name, label in OWN.items():
                rows = forms.Textarea(
                    attrs={"rows": 2, "placeholder": ours[name], "lang": code, "dir": "auto"}
                )
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label, required=False, max_length=LONGEST_OWN, widget=rows
                )
        for day, named in WEEKDAYS.items():
            for name in ("opens", "closes"):
                said = _("%(day)s from") if name == "opens" else _("%(day)s until")
                self.fields[f"{name}_{day}"] = forms.TimeField(
                    label=said % {"day": named},
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}),
                )

    def languages(self) -> Iterator[Spoken]:
        for code, name in settings.LANGUAGES:
            yield Spoken(code, name, [self[f"{part}_{code}"] for part in OWN])

    def days(self) -> Iterator[Day]:
        for day, name in WEEKDAYS.items():
            yield Day(name, self[f"opens_{day}"], self[f"closes_{day}"])

    def looks(self) -> list[forms.BoundField]:
        return [self[name] for name in ("colour", "position", "names_shown")]

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()

    def clean_domains(self) -> list[str]:
        typed = self.cleaned_data["domains"].split()
        if len(typed) > MOST:
            raise forms.ValidationError(_("At most %(most)s addresses.") % {"most": MOST})
        try:
            return [as_origin(one) for one in typed]
        except BadOrigin as bad:
            raise forms.ValidationError(
                _("“%(typed)s” is not the address of a web site.") % {"typed": bad}
            ) from bad

    def clean(self) -> dict[str, Any]:
        for day in WEEKDAYS:
            opens, closes = self.cleaned_data.get(f"opens_{day}"), self.cleaned_data.get(f"closes_{day}")
            if (opens is None) != (closes is None):
                self.add_error(f"closes_{day}", _("Give both times, or none."))
            elif opens and closes and opens >= closes:
                self.add_error(f"closes_{day}", _("The day ends before it begins."))
        return self.cleaned_data

    def wanted(self) -> dict[str, Any]:
        """As `chat.widgets.change_widget` takes it."""
        typed = self.cleaned_data
        texts = {
            code: {name: typed[f"{name}_{code}"] for name in OWN if typed[f"{name}_{code}"]}
            for code, _name in settings.LANGUAGES
        }
        hours = {
            str(day): [f"{typed[f'{name}_{day}']:%H:%M}" for name in ("opens", "closes")]
            for day in WEEKDAYS
            if typed[f"opens_{day}"]
        }
        plain = {name: typed[name] for name in ("domains", "colour", "position", "names_shown")}
        return {**plain, "texts": {code: words for code, words in texts.items() if words}, "hours": hours}


def as_it_is(widget: Widget) -> dict[str, Any]:
    return {
        "domains": "\n".join(domain.removeprefix("https://") for domain in widget.domains),
        "colour": widget.colour,
        "position": widget.position,
        "names_shown": widget.names_shown,
        **{f"{name}_{code}": words for code, own in widget.texts.items() for name, words in own.items()},
        **{f"opens_{day}": span[0] for day, span in widget.hours.items()},
        **{f"closes_{day}": span[1] for day, span in widget.hours.items()},
    }
