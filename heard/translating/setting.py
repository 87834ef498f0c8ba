"""Who translates for a workspace. The key is sealed like those of inboxes, and never shown again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import transaction

from heard.env import env
from heard.events.publishing import publish
from heard.inboxes.credentials import CannotOpen, open_text, seal_text
from heard.outbound import Outbound
from heard.translating.deepl import DeepL
from heard.translating.events import TranslatorChanged
from heard.translating.libretranslate import LibreTranslate
from heard.translating.models import Translator
from heard.translating.provider import Provider
from heard.translating.troubles import CannotTranslate, Trouble
from heard.workspaces.models import Agent, Workspace

SECONDS = 12.0  # somebody waits for it


class KeyNeeded(Exception):
    """DeepL takes nothing without a key, and a key that is kept goes only to where it was entered for."""


class AddressNeeded(Exception):
    """LibreTranslate runs wherever somebody runs it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`key`: None leaves the one that is kept."""

    provider: Translator.Provider
    base_url: str = ""
    key: str | None = None
    monthly_cap: int | None = None


@transaction.atomic
def change_translator(workspace: Workspace, setting: Setting, *, by: Agent, now: datetime) -> Translator:
    """Raises KeyNeeded or AddressNeeded."""
    if setting.provider == Translator.Provider.LIBRETRANSLATE and not setting.base_url:
        raise AddressNeeded
    before = Translator.objects.select_for_update().filter(workspace=workspace).first()
    kept = _kept_key(before, setting)
    if setting.provider == Translator.Provider.DEEPL and not (setting.key or kept):
        raise KeyNeeded
    row, _made = Translator.objects.update_or_create(
        workspace=workspace,
        defaults={
            "provider": setting.provider,
            "base_url": setting.base_url,
            "sealed_key": kept if setting.key is None else _sealed(workspace, setting.key),
            "monthly_cap": setting.monthly_cap,
            "problem": "",
            "problem_detail": "",
            "problem_at": None,
            "changed_at": now,
        },
    )
    publish(
        TranslatorChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, provider=setting.provider.value)
    )
    return row


@transaction.atomic
def switch_off(workspace: Workspace, *, by: Agent, now: datetime) -> None:
    """The key is destroyed. What was translated stays."""
    gone, _rows = Translator.objects.filter(workspace=workspace).delete()
    if gone:
        publish(TranslatorChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, provider=""))


def provider_of(translator: Translator) -> Provider:
    """Raises CannotTranslate where the key cannot be opened any more."""
    key = _opened(translator)
    if translator.provider == Translator.Provider.DEEPL:
        return DeepL(key, _client(), base_url=translator.base_url)
    return LibreTranslate(translator.base_url, _client(), key=key)


def _kept_key(before: Translator | None, setting: Setting) -> str:
    """Sent elsewhere than it was entered for, a key would be given away."""
    if before is None or (before.provider, before.base_url) != (setting.provider, setting.base_url):
        return ""
    return before.sealed_key


def _sealed(workspace: Workspace, key: str) -> str:
    return seal_text(json.dumps({"workspace": workspace.pk, "key": key})) if key else ""


def _opened(translator: Translator) -> str:
    if not translator.sealed_key:
        return ""
    try:
        told = json.loads(open_text(translator.sealed_key))
    except CannotOpen as error:
        raise CannotTranslate(Trouble.BAD_KEY, str(error)) from error
    if told["workspace"] != translator.workspace_id:
        raise CannotTranslate(Trouble.BAD_KEY, "it belongs to another workspace")
    return str(told["key"])


@cache
def _client() -> Outbound:
    return Outbound(allowed=env().outbound_allow, total_seconds=SECONDS)
