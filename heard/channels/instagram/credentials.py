"""What connects one professional Instagram account, by either of Meta's two sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, SecretStr, model_validator

from heard.channels.contract import Credentials
from heard.channels.fields import as_time, empty_means_none
from heard.channels.meta.credentials import (
    GRAPH_URL,
    AppId,
    AppSecret,
    MetaApp,
    PreviousAppSecret,
    VerifyToken,
)
from heard.channels.words import N_

Login = Literal["instagram", "facebook"]
INSTAGRAM: Final = "instagram"
FACEBOOK: Final = "facebook"

INSTAGRAM_GRAPH_URL: Final = "https://graph.instagram.com/v26.0"
_LOGIN: Any = Field(
    default=INSTAGRAM,
    title=N_("Way of signing in"),
    description=N_(
        "“instagram” for an account that signs in at Instagram itself, “facebook” for one that is linked to a "
        "Facebook page. Answering mentions needs “facebook”."
    ),
)
InstagramSecret = Annotated[
    SecretStr | None,
    BeforeValidator(empty_means_none),
    Field(
        title=N_("Instagram app secret"),
        description=N_(
            "Stands in the developer console under Instagram, API setup. "
            "Calls signed with it are accepted too."
        ),
    ),
]


class InstagramCredentials(Credentials):
    """One account, its token, and the app that the hooks are signed with."""

    account: str = Field(
        title=N_("Account ID"),
        description=N_(
            "The number of your professional account, which begins with 1784. Not the one that belongs to the app."
        ),
        min_length=1,
    )
    login: Login = _LOGIN
    access_token: SecretStr = Field(
        title=N_("Access token"),
        description=N_(
            "Of the Instagram account, or of the Facebook page that it is linked to. Heard renews the former by itself."
        ),
        min_length=1,
    )
    app_id: AppId
    app_secret: AppSecret
    instagram_app_secret: InstagramSecret = None
    previous_app_secret: PreviousAppSecret = None
    verify_token: VerifyToken
    expires_at: str = Field(
        default="",
        title=N_("Valid until"),
        description=N_(
            "When the access token dies, if you know. Heard writes it down when it renews the token."
        ),
        json_schema_extra={"advanced": True},
    )
    base_url: str = Field(
        default="",
        title=N_("Graph API address"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
    app_url: str = Field(
        default=GRAPH_URL,
        title=N_("Graph API address for the app"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )

    @property
    def by_page(self) -> bool:
        """Signed in at Facebook: all calls are made with the token of a page."""
        return self.login == FACEBOOK

    @property
    def ends_at(self) -> datetime | None:
        """When the access token dies; None where nobody told."""
        return as_time(self.expires_at)

    @property
    def graph_url(self) -> str:
        return self.base_url or (GRAPH_URL if self.by_page else INSTAGRAM_GRAPH_URL)

    @property
    def signing_secrets(self) -> tuple[SecretStr | None, ...]:
        """Meta does not say which of an app's two secrets signs; each of them does somewhere."""
        return self.app_secret, self.instagram_app_secret, self.previous_app_secret

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """All that must not show anywhere."""
        all_of_them = (self.access_token, *self.signing_secrets, self.verify_token)
        return tuple(secret for secret in all_of_them if secret)


class InstagramApp(MetaApp):
    """An app in Meta's developer console, through which people connect their accounts by signing in."""

    login: Login = _LOGIN
    instagram_app_id: str = Field(
        default="",
        title=N_("Instagram app ID"),
        description=N_("Needed to sign in at Instagram. It is another number than the app's own."),
    )
    instagram_app_secret: InstagramSecret = None
    instagram_graph_url: str = Field(
        default=INSTAGRAM_GRAPH_URL,
        title=N_("Instagram's Graph API address"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
    instagram_login_url: str = Field(
        default="https://www.instagram.com",
        title=N_("Address of the sign-in at Instagram"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )
    instagram_code_url: str = Field(
        default="https://api.instagram.com",
        title=N_("Where Instagram changes codes for tokens"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )

    @model_validator(mode="after")
    def _needs_its_other_number(self) -> InstagramApp:
        if self.login == INSTAGRAM and not (self.instagram_app_id and self.instagram_app_secret):
            raise ValueError(
                "signing in at Instagram needs the Instagram app ID and the Instagram app secret"
            )
        return self
