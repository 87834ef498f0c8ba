"""What connects an inbox to the messages of a page."""

from __future__ import annotations

from heard.channels.meta.credentials import MetaCredentials


class MessengerCredentials(MetaCredentials):
    """The page that people write to."""
