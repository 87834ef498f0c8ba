"""What connects an inbox. The connect form is made from these fields, in this order."""

from __future__ import annotations

from pydantic import Field, SecretStr

from heard.channels.contract import Credentials
from heard.channels.words import N_


class ExampleCredentials(Credentials):
    account: str = Field(
        title=N_("Account"),
        description=N_("The name of your account at the example network."),
        min_length=1,
    )
    token: SecretStr = Field(
        title=N_("Access token"),
        description=N_("Lets Heard read and answer as your account."),
        min_length=1,
    )
    hook_secret: SecretStr = Field(
        title=N_("Hook secret"),
        description=N_("Proves that a call really comes from the example network."),
        min_length=1,
    )
    base_url: str = Field(
        default="https://api.example.com/v1",
        title=N_("Address of the network"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
