"""What connects one X account, and the app through which people sign in."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    SecretStr,
    field_validator,
    model_validator,
)

from heard.channels.contract import Credentials
from heard.channels.fields import empty_means_none
from heard.channels.words import N_

API_URL: Final = "https://api.x.com"
LOGIN_URL: Final = "https://x.com"
PAY_PER_USE: Final = "pay_per_use"
ENTERPRISE: Final = "enterprise"
PLANS: Final = (PAY_PER_USE, "basic", "pro", ENTERPRISE)
HOOKS: Final = "hooks"
POLLING: Final = "polling"
_WAYS: Final = (HOOKS, POLLING)


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"is one of: {', '.join(allowed)}")
    return value


BearerToken = Annotated[
    SecretStr | None,
    BeforeValidator(empty_means_none),
    Field(
        title=N_("Bearer token"),
        description=N_("Acts as the app: sets up hooks and listens to search rules."),
    ),
]
ApiSecret = Annotated[
    SecretStr | None,
    BeforeValidator(empty_means_none),
    Field(
        title=N_("API key secret"),
        description=N_("Also called consumer secret. Proves that a call really comes from X."),
    ),
]
ClientSecret = Annotated[
    SecretStr | None,
    BeforeValidator(empty_means_none),
    Field(title=N_("OAuth 2.0 client secret"), description=N_("Stands beside the client ID.")),
]
Secret = Annotated[SecretStr | None, BeforeValidator(empty_means_none)]
Plan = Annotated[
    str,
    AfterValidator(lambda value: one_of(value, PLANS)),
    Field(
        title=N_("Plan"),
        description=N_("Your plan at X: pay_per_use, basic, pro or enterprise. It decides what is allowed."),
    ),
]
ApiAddress = Annotated[
    str,
    Field(
        title=N_("API address"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    ),
]


class XCredentials(Credentials):
    """The account, how it acts (OAuth 2.0 or OAuth 1.0a), and how X tells us what happened."""

    account: str = Field(
        title=N_("Account ID"),
        description=N_("The number of your X account, not its name. The developer console shows it."),
        min_length=1,
    )
    plan: Plan = PAY_PER_USE
    told_by: str = Field(
        default=HOOKS,
        title=N_("How news arrive"),
        description=N_("hooks: X calls Heard at once. polling: Heard asks X every other minute."),
    )
    access_token: Secret = Field(
        default=None,
        title=N_("OAuth 2.0 access token"),
        description=N_("Comes with signing in at X and lasts two hours. Heard renews it."),
    )
    refresh_token: Secret = Field(
        default=None,
        title=N_("OAuth 2.0 refresh token"),
        description=N_("Comes with the access token and buys the next one. It works once."),
    )
    access_until: str = Field(
        default="",
        title=N_("Access ends at"),
        description=N_("When the access token dies. Heard keeps this itself."),
        json_schema_extra={"advanced": True},
    )
    client_id: str = Field(
        default="",
        title=N_("OAuth 2.0 client ID"),
        description=N_("From the developer console, under Keys and tokens. Needed to renew the access."),
    )
    client_secret: ClientSecret = None
    api_key: Secret = Field(
        default=None,
        title=N_("API key"),
        description=N_("Also called consumer key. Needed for OAuth 1.0a."),
    )
    api_secret: ApiSecret = None
    user_token: Secret = Field(
        default=None,
        title=N_("OAuth 1.0a access token"),
        description=N_("Takes the place of the OAuth 2.0 tokens and does not expire."),
    )
    user_token_secret: Secret = Field(
        default=None,
        title=N_("OAuth 1.0a access token secret"),
        description=N_("Stands beside the OAuth 1.0a access token."),
    )
    bearer_token: BearerToken = None
    base_url: ApiAddress = API_URL

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """All that must not show anywhere."""
        return tuple(value for _, value in self if isinstance(value, SecretStr))

    @property
    def by_hooks(self) -> bool:
        return self.told_by == HOOKS

    @property
    def is_billed_per_call(self) -> bool:
        return self.plan == PAY_PER_USE

    @field_validator("told_by")
    @classmethod
    def _known_way(cls, value: str) -> str:
        return one_of(value, _WAYS)

    @model_validator(mode="after")
    def _can_act(self) -> XCredentials:
        old = (self.api_key, self.api_secret, self.user_token, self.user_token_secret)
        if not self.access_token and not all(old):
            raise ValueError("Give an OAuth 2.0 access token, or all four keys of OAuth 1.0a.")
        if self.by_hooks and not (self.bearer_token and self.api_secret):
            raise ValueError(
                "Hooks need the bearer token and the API key secret. Without them choose polling."
            )
        return self


class XApp(BaseModel):
    """An app in X's developer console, through which people connect their accounts by signing in."""

    client_id: str = Field(
        default="",
        title=N_("OAuth 2.0 client ID"),
        description=N_("From the developer console, under Keys and tokens."),
    )
    client_secret: ClientSecret = None
    api_key: Secret = Field(
        default=None,
        title=N_("API key"),
        description=N_("Also called consumer key. Signs in by OAuth 1.0a where there is no client ID."),
    )
    api_secret: ApiSecret = None
    bearer_token: BearerToken = None
    plan: Plan = PAY_PER_USE
    base_url: ApiAddress = API_URL
    login_url: str = Field(
        default=LOGIN_URL,
        title=N_("Address of the sign-in"),
        description=N_("Change it only to try Heard with a simulated network."),
        json_schema_extra={"advanced": True},
    )

    @model_validator(mode="after")
    def _can_sign_in(self) -> XApp:
        if not self.by_pkce and not (self.api_key and self.api_secret):
            raise ValueError("Give the client ID and secret of OAuth 2.0, or the API key and its secret.")
        return self

    @property
    def by_pkce(self) -> bool:
        """OAuth 2.0. Otherwise it is OAuth 1.0a."""
        return bool(self.client_id and self.client_secret)

    @property
    def told_by(self) -> str:
        """Hooks need both, so without them we ask."""
        return HOOKS if self.api_secret and self.bearer_token else POLLING
