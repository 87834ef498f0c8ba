"""The networks that Heard speaks with. A new one is a folder and a line here."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.chat.channel import Chat
from heard.channels.contract import Channel
from heard.channels.email.channel import Email
from heard.channels.facebook.channel import Facebook
from heard.channels.form.channel import Form
from heard.channels.instagram.channel import Instagram
from heard.channels.messenger.channel import Messenger
from heard.channels.phone.channel import Phone
from heard.channels.telegram.channel import Telegram
from heard.channels.viber.channel import Viber
from heard.channels.whatsapp.channel import WhatsApp
from heard.channels.x.channel import X

CHANNELS: Final[dict[str, Channel[Any]]] = {
    Facebook.slug: Facebook(),
    Messenger.slug: Messenger(),
    Instagram.slug: Instagram(),
    X.slug: X(),
    Viber.slug: Viber(),
    WhatsApp.slug: WhatsApp(),
    Telegram.slug: Telegram(),
    Email.slug: Email(),
    Form.slug: Form(),
    Chat.slug: Chat(),
}

# What agents write down themselves: no network calls us for these, and nobody connects them.
WRITTEN_DOWN: Final[dict[str, Channel[Any]]] = {Phone.slug: Phone()}


class UnknownChannel(LookupError):
    """No channel has this slug."""


def channel(slug: str) -> Channel[Any]:
    """Raises UnknownChannel."""
    try:
        return CHANNELS.get(slug) or WRITTEN_DOWN[slug]
    except KeyError:
        raise UnknownChannel(slug) from None
