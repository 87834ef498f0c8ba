"""What connects an inbox to the public side of a page."""

from __future__ import annotations

from heard.channels.meta.credentials import MetaCredentials


class FacebookCredentials(MetaCredentials):
    """The page that people comment on."""
