"""What connects a bot."""

from __future__ import annotations

from typing import Final

from pydantic import Field, SecretStr

from heard.channels.contract import Credentials
from heard.channels.words import N_

API_URL: Final = "https://chatapi.viber.com/pa"


class ViberCredentials(Credentials):
    account: str = Field(
        default="",
        title=N_("Bot ID"),
        description=N_("May stay empty: Viber tells it."),
        json_schema_extra={"advanced": True},
    )
    auth_token: SecretStr = Field(
        title=N_("Bot token"),
        description=N_("You find it in the Viber admin panel, or in the app under Bots, Edit info."),
        min_length=1,
    )
    sender_name: str = Field(
        title=N_("Name of the sender"),
        description=N_("Customers see it above every answer. Up to 28 characters."),
        min_length=1,
        max_length=28,
    )
    sender_avatar: str = Field(
        default="",
        title=N_("Picture of the sender"),
        description=N_("A web address, shown beside every answer. Without one Viber shows the bot's own."),
        json_schema_extra={"advanced": True},
    )
    welcome: str = Field(
        default="",
        title=N_("Welcome"),
        description=N_("Shown to everybody who opens the conversation and has not written yet."),
        max_length=7_000,
    )
    base_url: str = Field(
        default=API_URL,
        title=N_("Address of the network"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
