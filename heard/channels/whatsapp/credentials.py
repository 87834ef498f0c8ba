"""What connects one number of WhatsApp Business."""

from __future__ import annotations

from pydantic import Field, SecretStr

from heard.channels.contract import Credentials
from heard.channels.meta.credentials import GRAPH_URL, AppSecret, GraphAddress, PreviousAppSecret
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
    app_secret: AppSecret
    previous_app_secret: PreviousAppSecret = None
    verify_token: SecretStr = Field(
        title=N_("Verify token"),
        description=N_("A word of your choice, which nobody guesses. Heard tells it to Meta."),
        min_length=1,
    )
    base_url: GraphAddress = GRAPH_URL

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """All that must not show anywhere."""
        all_of_them = (self.access_token, self.app_secret, self.previous_app_secret, self.verify_token)
        return tuple(secret for secret in all_of_them if secret)
