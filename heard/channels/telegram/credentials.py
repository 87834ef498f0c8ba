"""What connects a bot."""

from __future__ import annotations

import re
import secrets
from typing import Any, Final

from pydantic import Field, SecretStr, field_validator

from heard.channels.contract import Credentials
from heard.channels.words import N_

API_URL: Final = "https://api.telegram.org"
_HOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")


def _made_up() -> SecretStr:
    return SecretStr(secrets.token_urlsafe(32))


class TelegramCredentials(Credentials):
    account: str = Field(
        default="",
        title=N_("Bot ID"),
        description=N_("May stay empty: Telegram tells it."),
        json_schema_extra={"advanced": True},
    )
    bot_token: SecretStr = Field(
        title=N_("Bot token"),
        description=N_("@BotFather gave it to you when you made the bot. It looks like 123456:ABC-DEF."),
        min_length=1,
    )
    polling: bool = Field(
        default=False,
        title=N_("Ask Telegram for new messages"),
        description=N_(
            "For a Heard that cannot be reached from the internet. Messages then come a few seconds later."
        ),
    )
    secret_token: SecretStr = Field(
        default_factory=_made_up,
        title=N_("Hook secret"),
        description=N_("Proves that a call really comes from Telegram. Left empty, Heard makes one up."),
        json_schema_extra={"advanced": True},
    )
    base_url: str = Field(
        default=API_URL,
        title=N_("Address of the network"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )

    @field_validator("secret_token", mode="after")
    @classmethod
    def _fit_for_a_header(cls, value: SecretStr) -> Any:
        if not value.get_secret_value():
            return _made_up()
        if not _HOOK_SECRET.match(value.get_secret_value()):
            raise ValueError("the hook secret has letters, digits, _ and - only")
        return value
