"""Signing in at Google or Microsoft instead of keeping a password."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field, SecretStr

from heard.channels.calling import call, said
from heard.channels.contract import (
    Account,
    Grant,
    Problem,
    ReconnectNeeded,
    Rejected,
    Renewed,
    TryAgain,
    Wire,
)
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.providers import PROVIDERS
from heard.channels.fields import as_aside
from heard.channels.words import N_

NAME: Final = "The sign-in"


@dataclass(frozen=True, slots=True)
class SignIn:
    authorize: str
    token: str
    scopes: str
    more: Mapping[str, str]
    known_as: str  # a domain whose servers are this provider's


PLACES: Final[Mapping[str, SignIn]] = {
    "google": SignIn(
        "https://accounts.google.com/o/oauth2/v2/auth",
        "https://oauth2.googleapis.com/token",
        "https://mail.google.com/ openid email",
        {"access_type": "offline", "prompt": "consent"},
        "gmail.com",
    ),
    "microsoft": SignIn(
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send "
        "offline_access openid email",
        {"prompt": "select_account"},
        "outlook.com",
    ),
}


class EmailApp(BaseModel):
    """What Google or Microsoft gave us for this installation."""

    provider: Literal["google", "microsoft"] = Field(
        title=N_("Provider"), description=N_("Where the mailbox is.")
    )
    client_id: str = Field(
        title=N_("Client ID"), description=N_("From the provider's console."), min_length=1
    )
    client_secret: SecretStr = Field(
        title=N_("Client secret"), description=N_("From the provider's console."), min_length=1
    )


def xoauth2(mine: EmailCredentials) -> bytes:
    token = mine.access_token.get_secret_value()
    return f"user={mine.login}\x01auth=Bearer {token}\x01\x01".encode()


def authorize_url(app: EmailApp, *, redirect_uri: str, state: str) -> str:
    place = PLACES[app.provider]
    asked = {
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": place.scopes,
        "state": state,
        **place.more,
    }
    return f"{place.authorize}?{urlencode(asked)}"


def grants(app: EmailApp, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
    """Raises Rejected or TryAgain."""
    told = _tokens(
        app.provider, {"code": code, "redirect_uri": redirect_uri}, app, "authorization_code", wire
    )
    address = _address(as_aside(told.get("id_token")))
    if not address:
        raise Rejected("The sign-in does not tell the mailbox's address.", problem=Problem.INVALID)
    known = PROVIDERS[PLACES[app.provider].known_as]
    credentials = EmailCredentials(
        account=address,
        imap_host=known.imap,
        smtp_host=known.smtp,
        smtp_port=known.smtp_port,
        smtp_security="TLS" if known.smtp_port == 465 else "STARTTLS",
        plus_addresses=known.plus,
        trusted_hosts=" ".join(known.trusted),
        provider=app.provider,
        client_id=app.client_id,
        client_secret=app.client_secret,
        access_token=SecretStr(as_aside(told.get("access_token"))),
        refresh_token=SecretStr(as_aside(told.get("refresh_token"))),
    )
    return [Grant(Account(address, address, expires_at=_ends(told)), credentials)]


def renew(wire: Wire[EmailCredentials]) -> Renewed:
    """Raises TryAgain or ReconnectNeeded."""
    mine = wire.credentials
    if not mine.provider or not mine.refresh_token.get_secret_value():
        # Nothing to renew; we are asked because the server has just refused what we have.
        raise ReconnectNeeded("The mail server refused the user name or the password.")
    app = EmailApp(provider=mine.provider, client_id=mine.client_id, client_secret=mine.client_secret)
    given = {"refresh_token": mine.refresh_token.get_secret_value()}
    try:
        told = _tokens(mine.provider, given, app, "refresh_token", wire)
    except Rejected as refused:
        raise ReconnectNeeded(refused.reason, code=refused.code) from None
    fresh: dict[str, Any] = {"access_token": SecretStr(as_aside(told.get("access_token")))}
    if as_aside(told.get("refresh_token")):
        fresh["refresh_token"] = SecretStr(as_aside(told["refresh_token"]))
    return Renewed(mine.model_copy(update=fresh), expires_at=_ends(told))


def _tokens(
    provider: str, given: Mapping[str, str], app: EmailApp, grant: str, wire: Any
) -> Mapping[str, Any]:
    form = {
        **given,
        "grant_type": grant,
        "client_id": app.client_id,
        "client_secret": app.client_secret.get_secret_value(),
    }
    answer = call(wire, "POST", PLACES[provider].token, network=NAME, form=form, harmless=True)
    told = said(answer)
    if answer.status == 200 and as_aside(told.get("access_token")):
        return told
    if answer.status == 429 or answer.status >= 500:
        raise TryAgain(f"{NAME} answered with status {answer.status}.", code=str(answer.status))
    # Only the short code: descriptions of Microsoft quote parts of what was sent.
    why = as_aside(told.get("error"))[:60] or f"status {answer.status}"
    raise Rejected(f"{NAME} was refused: {why}.", problem=Problem.AUTH_EXPIRED, code=str(answer.status))


def _ends(told: Mapping[str, Any]) -> datetime | None:
    seconds = told.get("expires_in")
    return datetime.now(UTC) + timedelta(seconds=min(seconds, 10**7)) if isinstance(seconds, int) else None


def _address(id_token: str) -> str:
    """From the middle of the token. It came from the provider itself over TLS, so nobody has to sign it."""
    try:
        middle = id_token.split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
    except (IndexError, ValueError):
        return ""
    if not isinstance(told, dict):
        return ""
    return as_aside(told.get("email")) or as_aside(told.get("preferred_username"))
