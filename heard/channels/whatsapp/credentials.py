"""What connects one number of WhatsApp Business."""

from __future__ import annotations

from typing import Any

from pydantic import Field, SecretStr, field_validator

from heard.channels.contract import Credentials
from heard.channels.meta.credentials import GRAPH_URL, MetaCredentials
from heard.channels.words import N_


class WhatsAppCredentials(Credentials):
    account: str = Field(
        title=N_("Phone number ID"),
        description=N_("Not the number itself: the long ID below it under WhatsApp, API setup."),
        min_length=1,
    )
    business_account: str = Field(
        title=N_("WhatsApp Business Account ID"),
        description=N_("It stands under WhatsApp, API setup, beside the phone number ID."),
        min_length=1,
    )
    access_token: SecretStr = Field(
        title=N_("Access token"),
        description=N_("Lets Heard read and answer. Take one of a system user, which does not expire."),
        min_length=1,
    )
    app_secret: SecretStr = Field(
        title=N_("App secret"),
        description=N_("Proves that a call really comes from Meta. You find it under App settings, Basic."),
        min_length=1,
    )
    previous_app_secret: SecretStr | None = Field(
        default=None,
        title=N_("Previous app secret"),
        description=N_(
            "Only while you change the app secret: calls signed with the old one are still accepted."
        ),
        json_schema_extra={"advanced": True},
    )
    verify_token: SecretStr = Field(
        title=N_("Verify token"),
        description=N_("A word of your choice, which nobody guesses. Heard tells it to Meta."),
        min_length=1,
    )
    base_url: str = Field(
        default=GRAPH_URL,
        title=N_("Graph API address"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """All that must not show anywhere."""
        all_of_them = (self.access_token, self.app_secret, self.previous_app_secret, self.verify_token)
        return tuple(secret for secret in all_of_them if secret)

    @field_validator("previous_app_secret", mode="before")
    @classmethod
    def _empty_means_none(cls, value: Any) -> Any:
        return MetaCredentials._empty_means_none(value)
