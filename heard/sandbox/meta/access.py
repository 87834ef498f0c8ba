"""Apps and tokens: made at random once, kept for good."""

from __future__ import annotations

import secrets

from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import App, Page, Token

PUBLIC_SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_manage_metadata",
    "pages_manage_engagement",
    "pages_manage_posts",
)
SCOPES = (*PUBLIC_SCOPES, "pages_messaging", "business_management")
FIELDS = {
    "instagram": [
        "comments",
        "live_comments",
        "mentions",
        "messages",
        "message_edit",
        "message_reactions",
        "messaging_postbacks",
        "messaging_referral",
        "messaging_seen",
        "messaging_handover",
        "messaging_optins",
        "standby",
        "story_insights",
    ],
    "facebook": ["feed", "mention", "ratings"],
    "messenger": [
        "messages",
        "messaging_postbacks",
        "message_deliveries",
        "message_reads",
        "message_echoes",
        "message_edits",
        "message_reactions",
        "messaging_referrals",
        "messaging_optins",
        "messaging_handovers",
        "standby",
        "messaging_policy_enforcement",
    ],
}
INSTAGRAM_SCOPES = (
    "instagram_business_basic",
    "instagram_business_manage_comments",
    "instagram_business_manage_messages",
    "instagram_business_content_publish",
)
LINKED_SCOPES = (
    *(
        "instagram_basic",
        "instagram_manage_comments",
        "instagram_manage_messages",
        "instagram_content_publish",
    ),
    *("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "pages_messaging"),
)
LONG_LIVED_S = 60 * 86400
SHORT_LIVED_S = 3600


def new_app(network: Network, slug: str, name: str) -> App:
    app = App(
        id=_app_number(),
        network=slug,
        name=name,
        secret=secrets.token_hex(16),
        verify_token=secrets.token_urlsafe(18),
    )
    if slug in {"instagram", "login"}:
        ready_for_instagram(app)
    network.add(app)
    return app


def ready_for_instagram(app: App) -> None:
    app.instagram_id, app.instagram_secret = _app_number(), secrets.token_hex(16)


def _app_number() -> str:
    return "1" + "".join(secrets.choice("0123456789") for _ in range(15))


def new_page_token(network: Network, page: Page, app: App, *, scopes: list[str], handle: str = "") -> Token:
    return _new(network, Token(_random(), "PAGE", app.id, page.id, handle, scopes))


def new_user_token(
    network: Network, app: App, *, handle: str, scopes: list[str], pages: list[str], life_s: float
) -> Token:
    expires = network.clock.now() + life_s
    return _new(network, Token(_random(), "USER", app.id, "", handle, scopes, pages, expires_at=int(expires)))


def new_instagram_token(
    network: Network, profile: Page, app: App, *, scopes: list[str], life_s: float = LONG_LIVED_S
) -> Token:
    expires = int(network.clock.now() + life_s)
    token = Token("IGAA" + _random(), "INSTAGRAM", app.id, profile.id, "", scopes, expires_at=expires)
    return _new(network, token)


def instagram_token(network: Network, profile: Page, app: App) -> Token:
    """The newest token of an app for an account that still works; a new one when all are dead."""
    now = network.clock.now()
    standing = [token for token in _standing(network, profile.id, app) if token.expires_at > now]
    scopes = list(INSTAGRAM_SCOPES)
    return standing[-1] if standing else new_instagram_token(network, profile, app, scopes=scopes)


def _standing(network: Network, page: str, app: App) -> list[Token]:
    return [
        token
        for token in network.tokens.values()
        if (token.page, token.app) == (page, app.id) and not token.revoked
    ]


def _new(network: Network, token: Token) -> Token:
    token.issued_at = int(network.clock.now())
    network.add(token)
    return token


def _random() -> str:
    return "EAA" + secrets.token_hex(60)


def page_token(network: Network, page: Page, app: App) -> Token:
    """The newest token of an app for a page that still works; a new one when all are revoked."""
    standing = _standing(network, page.id, app)
    scopes = list(LINKED_SCOPES if app.network == "instagram" else SCOPES)
    return standing[-1] if standing else new_page_token(network, page, app, scopes=scopes)


def take_away(network: Network, token: Token, scope: str) -> None:
    """One right, or with "" the whole token."""
    if scope:
        token.scopes = [one for one in token.scopes if one != scope]
    else:
        token.revoked = True
    network.keep(token)


def login_app(network: Network) -> App:
    """The app that people sign in with to connect their pages."""
    return next(app for app in network.apps.values() if app.network == "login")
