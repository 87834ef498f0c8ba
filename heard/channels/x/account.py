"""What X says of the account that we are connected to."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Account, Problem, Rejected, Wire
from heard.channels.fields import as_mapping, as_time
from heard.channels.x import subscriptions
from heard.channels.x.api import Api
from heard.channels.x.credentials import XCredentials
from heard.channels.x.payloads import id_in, person_of


def inspect(wire: Wire[Any]) -> Account:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    credentials: XCredentials = wire.credentials
    said = Api(wire).read("users", "me", params={"user.fields": "username,name,profile_image_url"})
    user = as_mapping(said.values.get("data"))
    external_id = id_in(user, "id")
    if not external_id:
        raise Rejected("X does not say which account this is.", problem=Problem.INVALID)
    person = person_of(external_id, user)
    if external_id != credentials.account:
        reason = f"These keys belong to the account {external_id}, not to {credentials.account}."
        raise Rejected(reason, problem=Problem.INVALID)
    return Account(
        external_id,
        name=person.name or person.handle,
        picture_url=person.picture_url,
        expires_at=as_time(credentials.access_until) if credentials.access_token else None,
        subscribed=subscriptions.is_subscribed(wire),
        plan=credentials.plan,
    )
