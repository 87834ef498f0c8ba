"""The example network: private messages, and nothing that a first channel can do without."""

from __future__ import annotations

import hashlib
import hmac
from typing import ClassVar

from heard.channels.contract import (
    Abilities,
    Account,
    BadSignature,
    Channel,
    Hook,
    Incoming,
    Kind,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    Unconfirmed,
    Wire,
)
from heard.channels.example.calling import call
from heard.channels.example.credentials import ExampleCredentials
from heard.channels.example.reading import facts
from heard.channels.fields import as_aside

_DIRECT = frozenset({Kind.DIRECT})


class Example(Channel[ExampleCredentials]):
    slug: ClassVar[str] = "example"
    name: ClassVar[str] = "Example"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_DIRECT,
        replies=_DIRECT,
        text_limits={Kind.DIRECT: 1_000},
        customer_deletes=True,
    )
    credentials = ExampleCredentials

    def verify(self, hook: Hook, credentials: ExampleCredentials) -> None:
        secret = credentials.hook_secret.get_secret_value().encode()
        expected = hmac.new(secret, hook.body, hashlib.sha256).hexdigest().encode()
        if not hmac.compare_digest(expected, hook.headers.get("x-example-signature", "").encode()):
            raise BadSignature("The signature does not fit the hook secret.")

    def parse(self, hook: Hook) -> list[Incoming]:
        return list(facts(hook.body))

    def send(self, message: Outgoing, wire: Wire[ExampleCredentials]) -> Sent:
        if message.kind not in self.abilities.replies or message.private_reply:
            raise Rejected("The example network has private messages only.", problem=Problem.INVALID)
        body = {"to": message.to, "text": message.text, "mark": message.token}
        external_id = as_aside(call(wire, "POST", "messages", json=body, harmless=False).get("id"))
        if not external_id:
            raise Unconfirmed("The network answered without the message's id.")
        return Sent(external_id)

    def inspect(self, wire: Wire[ExampleCredentials]) -> Account:
        said = call(wire, "GET", "account", harmless=True)
        return Account(as_aside(said.get("id")), name=as_aside(said.get("name")))
