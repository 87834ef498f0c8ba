"""A form made from a pydantic model: what a network needs to know is written down once, at its channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

KEPT = gettext_lazy("Saved. Leave it empty to keep it.")


class ModelForm(forms.Form):
    """`made` is the model once `is_valid()` said yes. Secrets are never shown; what is known is kept."""

    def __init__(
        self, model: type[BaseModel], typed: Any = None, *, known: Mapping[str, Any] | None = None
    ) -> None:
        self.model, self.known = model, dict(known or {})
        self.made: BaseModel | None = None
        shown = {name: value for name, value in self.known.items() if not self._is_secret(name)}
        super().__init__(typed, initial=shown)
        for name, info in model.model_fields.items():
            if _told(info, "hidden"):
                continue  # brought by signing in at the network: nobody types it
            self.fields[name] = _field(info, kept=self._is_kept(name))

    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not self._is_advanced(name)]

    def advanced_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if self._is_advanced(name)]

    def secrets(self) -> dict[str, str]:
        """What was typed into the fields that are not shown again."""
        return {name: value for name, value in self._values().items() if self._is_secret(name) and value}

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.made = self.model.model_validate(self._values())
            except ValidationError as wrong:
                self._show(wrong)
        return self.cleaned_data

    def _show(self, wrong: ValidationError) -> None:
        for error in wrong.errors(include_url=False, include_input=False, include_context=False):
            name = str(error["loc"][0]) if error["loc"] else None
            self.add_error(name if name in self.fields else None, _("This does not fit: %s.") % error["msg"])

    def _values(self) -> dict[str, Any]:
        typed = getattr(self, "cleaned_data", {})
        return self._hidden() | {
            name: self.known[name] if value in ("", None) and self._is_kept(name) else value
            for name, value in typed.items()
            if value not in ("", None) or self._is_kept(name)
        }

    def _hidden(self) -> dict[str, Any]:
        fields = self.model.model_fields
        return {
            name: value
            for name, value in self.known.items()
            if name in fields and _told(fields[name], "hidden")
        }

    def _is_kept(self, name: str) -> bool:
        return self._is_secret(name) and bool(self.known.get(name))

    def _is_secret(self, name: str) -> bool:
        return name in self.model.model_fields and _is_secret(self.model.model_fields[name])

    def _is_advanced(self, name: str) -> bool:
        return bool(_told(self.model.model_fields[name], "advanced"))


def _field(info: FieldInfo, *, kept: bool) -> forms.Field:
    told: dict[str, Any] = {
        "label": _(info.title) if info.title else "",
        "help_text": KEPT if kept else _(info.description) if info.description else "",
        "required": info.is_required() and not kept,
    }
    if not info.is_required() and not _is_secret(info):
        told["initial"] = info.default
    if info.annotation is bool:
        return forms.BooleanField(**{**told, "required": False})
    if info.annotation is int:
        return forms.IntegerField(**told)
    if get_origin(info.annotation) is Literal:
        # Names of networks, which are the same in every language.
        return forms.ChoiceField(**told, choices=[(one, _titled(one)) for one in get_args(info.annotation)])
    if _is_secret(info):
        # A browser must not offer to remember a network's secret as if it were a password of the agent's.
        widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        return forms.CharField(**told, widget=widget, max_length=4000)
    if lines := _told(info, "lines"):
        return forms.CharField(**told, max_length=2000, widget=forms.Textarea(attrs={"rows": lines}))
    return forms.CharField(**told, max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off"}))


def _is_secret(info: FieldInfo) -> bool:
    return info.annotation is SecretStr or SecretStr in get_args(info.annotation)


def _told(info: FieldInfo, name: str) -> Any:
    """What a field says beside its type: `advanced`, `hidden`, or how many `lines` it has."""
    extra = info.json_schema_extra
    return extra.get(name) if isinstance(extra, dict) else None


def _titled(choice: str) -> str:
    """STARTTLS stays as it is."""
    if not choice:
        return _("None")
    return choice.title() if choice.islower() and choice != "none" else choice
