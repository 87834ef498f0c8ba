"""Forms: questions on a page of our own, or of the company's, whose answers become a ticket."""

from __future__ import annotations

from typing import ClassVar, Final

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
    Wire,
)
from heard.channels.fields import as_mapping
from heard.channels.form.credentials import FormCredentials
from heard.channels.form.reading import fact
from heard.channels.reading import read_json

_FORM: Final = frozenset({Kind.FORM})


class Form(Channel[FormCredentials]):
    """One form. Its submissions are stored by the page that takes them, so nobody calls from outside."""

    slug: ClassVar[str] = "form"
    name: ClassVar[str] = "Form"
    abilities: ClassVar[Abilities] = Abilities(
        receives=_FORM,
        replies=frozenset(),  # a form cannot be answered where it stands: answers leave by another channel
        text_limits={},
        media_in=frozenset({"image", "file", "video"}),
    )
    credentials = FormCredentials
    made_here: ClassVar[bool] = True

    def verify(self, hook: Hook, credentials: FormCredentials) -> None:
        raise BadSignature("Forms take nothing by hooks.")

    def parse(self, hook: Hook) -> list[Incoming]:
        return [fact(as_mapping(read_json(hook.body)))]

    def send(self, message: Outgoing, wire: Wire[FormCredentials]) -> Sent:
        raise Rejected("A form takes no answers.", problem=Problem.INVALID)

    def inspect(self, wire: Wire[FormCredentials]) -> Account:
        account = wire.credentials.account
        return Account(account, name=account, subscribed=True)
