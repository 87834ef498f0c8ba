"""The Bot API. Its addresses hold the token, so none of them is ever stored, shown or put into an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from heard.channels.calling import call, nobody_knows, said, speechless, without
from heard.channels.contract import Upload, Wire
from heard.channels.fields import as_aside, as_mapping
from heard.channels.telegram.credentials import TelegramCredentials
from heard.channels.telegram.errors import refuse

NAME: Final = "Telegram"


def ask(
    wire: Wire[TelegramCredentials],
    method: str,
    body: Mapping[str, Any],
    *,
    harmless: bool,
    files: Mapping[str, Upload] | None = None,
) -> Any:
    """The `result`. Raises TryAgain, Rejected, ReconnectNeeded, and Unconfirmed unless `harmless`."""
    mine = wire.credentials
    url = f"{mine.base_url.rstrip('/')}/bot{_token(mine)}/{method}"
    if files:
        form = {name: _as_field(value) for name, value in body.items()}
        answer = call(wire, "POST", url, network=NAME, form=form, files=files, harmless=harmless)
    else:
        answer = call(wire, "POST", url, network=NAME, json=body, harmless=harmless)
    told = said(answer)
    if told.get("ok") is True and answer.status < 300:
        return told.get("result")
    code = told.get("error_code")
    if told.get("ok") is False and isinstance(code, int) and code >= 400:
        description = without(as_aside(told.get("description")), [mine.bot_token, mine.secret_token])
        retry_after = as_mapping(told.get("parameters")).get("retry_after")
        refuse(code, description, retry_after=retry_after, harmless=harmless)
    if answer.status < 300:
        nobody_knows("Telegram's answer cannot be read.", harmless=harmless)
    speechless(answer, network=NAME, harmless=harmless)


def _as_field(value: Any) -> str:
    """Beside a file everything is a field of a form, and what is more than a word is JSON."""
    return value if isinstance(value, str) else json.dumps(value)


def file_url(mine: TelegramCredentials, path: str) -> str:
    """Where a file lies for the next hour, for whoever has this address."""
    return f"{mine.base_url.rstrip('/')}/file/bot{_token(mine)}/{quote(path)}"


def _token(mine: TelegramCredentials) -> str:
    return quote(mine.bot_token.get_secret_value(), safe=":")
