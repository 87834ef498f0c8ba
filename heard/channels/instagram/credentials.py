"""What connects one professional Instagram account, by either of Meta's two sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from pydantic import Field, SecretStr, field_validator, model_validator

from heard.channels.contract import Credentials
from heard.channels.fields import as_time
from heard.channels.meta.credentials import GRAPH_URL, MetaApp
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
_INSTAGRAM_SECRET: Any = Field(
    default=None,
    title=N_("Instagram app secret"),
    description=N_(
        "Stands in the developer console under Instagram, API setup. Calls signed with it are accepted too."
    ),
)


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
    app_id: str = Field(
        title=N_("App ID"),
        description=N_("The number of your app in Meta's developer console."),
        min_length=1,
    )
    app_secret: SecretStr = Field(
        title=N_("App secret"),
        description=N_("Proves that a call really comes from Meta. You find it under App settings, Basic."),
        min_length=1,
    )
    instagram_app_secret: SecretStr | None = _INSTAGRAM_SECRET
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
        description=N_("A word of your choice. Type the same one where Meta asks for the callback URL."),
        min_length=1,
    )
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

    @field_validator("previous_app_secret", "instagram_app_secret", mode="before")
    @classmethod
    def _empty_means_none(cls, value: Any) -> Any:
        # A form sends an empty text. An HMAC with an empty key is one that anybody can compute.
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        return value if text else None


class InstagramApp(MetaApp):
    """An app in Meta's developer console, through which people connect their accounts by signing in."""

    login: Login = _LOGIN
    instagram_app_id: str = Field(
        default="",
        title=N_("Instagram app ID"),
        description=N_("Needed to sign in at Instagram. It is another number than the app's own."),
    )
    instagram_app_secret: SecretStr | None = _INSTAGRAM_SECRET
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
