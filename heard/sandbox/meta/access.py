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
LONG_LIVED_S = 60 * 86400
SHORT_LIVED_S = 3600


def new_app(network: Network, slug: str, name: str) -> App:
    app = App(
        id="1" + "".join(secrets.choice("0123456789") for _ in range(15)),
        network=slug,
        name=name,
        secret=secrets.token_hex(16),
        verify_token=secrets.token_urlsafe(18),
    )
    network.add(app)
    return app


def new_page_token(network: Network, page: Page, app: App, *, scopes: list[str], handle: str = "") -> Token:
    return _new(network, Token(_random(), "PAGE", app.id, page.id, handle, scopes))


def new_user_token(
    network: Network, app: App, *, handle: str, scopes: list[str], pages: list[str], life_s: float
) -> Token:
    expires = network.clock.now() + life_s
    return _new(network, Token(_random(), "USER", app.id, "", handle, scopes, pages, expires_at=int(expires)))


def _new(network: Network, token: Token) -> Token:
    token.issued_at = int(network.clock.now())
    network.add(token)
    return token


def _random() -> str:
    return "EAA" + secrets.token_hex(60)


def page_token(network: Network, page: Page, app: App) -> Token:
    """The newest token of an app for a page that still works; a new one when all are revoked."""
    standing = [
        token
        for token in network.tokens.values()
        if (token.page, token.app) == (page.id, app.id) and not token.revoked
    ]
    return standing[-1] if standing else new_page_token(network, page, app, scopes=list(SCOPES))


def login_app(network: Network) -> App:
    """The app that people sign in with to connect their pages."""
    return next(app for app in network.apps.values() if app.network == "login")
