"""What connects one Facebook page, for its public side as for its messages."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, BeforeValidator, Field, SecretStr

from heard.channels.contract import Credentials
from heard.channels.fields import empty_means_none
from heard.channels.words import N_

GRAPH_URL: Final = "https://graph.facebook.com/v26.0"
LOGIN_URL: Final = "https://www.facebook.com/v26.0"


AppId = Annotated[
    str,
    Field(
        title=N_("App ID"),
        description=N_("The number of your app in Meta's developer console."),
        min_length=1,
    ),
]
AppSecret = Annotated[
    SecretStr,
    Field(
        title=N_("App secret"),
        description=N_("Proves that a call really comes from Meta. You find it under App settings, Basic."),
        min_length=1,
    ),
]
PreviousAppSecret = Annotated[
    SecretStr | None,
    BeforeValidator(empty_means_none),
    Field(
        title=N_("Previous app secret"),
        description=N_(
            "Only while you change the app secret: calls signed with the old one are still accepted."
        ),
        json_schema_extra={"advanced": True},
    ),
]
VerifyToken = Annotated[
    SecretStr,
    Field(
        title=N_("Verify token"),
        description=N_("A word of your choice. Type the same one where Meta asks for the callback URL."),
        min_length=1,
    ),
]
GraphAddress = Annotated[
    str,
    Field(
        title=N_("Graph API address"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    ),
]


class MetaCredentials(Credentials):
    """One page, the token that acts as the page, and the app that the hooks are signed with."""

    account: str = Field(
        title=N_("Page ID"),
        description=N_(
            "The number of your Facebook page. It stands on the page under About, Page transparency."
        ),
        min_length=1,
    )
    page_token: SecretStr = Field(
        title=N_("Page access token"),
        description=N_(
            "Lets Heard read and answer as the page. Take a long-lived one, which does not expire."
        ),
        min_length=1,
    )
    app_id: AppId
    app_secret: AppSecret
    previous_app_secret: PreviousAppSecret = None
    verify_token: VerifyToken
    base_url: GraphAddress = GRAPH_URL

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """All that must not show anywhere."""
        all_of_them = (self.page_token, self.app_secret, self.previous_app_secret, self.verify_token)
        return tuple(secret for secret in all_of_them if secret)


class MetaApp(BaseModel):
    """An app in Meta's developer console, through which people connect their pages by signing in."""

    app_id: AppId
    app_secret: AppSecret
    verify_token: VerifyToken
    login_config_id: str = Field(
        default="",
        title=N_("Login configuration"),
        description=N_(
            "Its number, where the app uses Facebook Login for Business. It takes the place of the rights."
        ),
        json_schema_extra={"advanced": True},
    )
    base_url: GraphAddress = GRAPH_URL
    login_url: str = Field(
        default=LOGIN_URL,
        title=N_("Address of the sign-in"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
