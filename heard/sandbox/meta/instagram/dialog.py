"""Instagram's own consent page: who signs in, for which account, with which rights; then back with a code."""

from __future__ import annotations

from heard.sandbox.meta import access
from heard.sandbox.meta.dialog import Dialog
from heard.sandbox.meta.instagram.tokens import app_by
from heard.sandbox.meta.things import App


class InstagramDialog(Dialog):
    SCOPES = access.INSTAGRAM_SCOPES
    ENDING = "#_"

    def app(self, client_id: str) -> App | None:
        return app_by(self.network, client_id)

    def accounts(self) -> dict[str, str]:
        return {profile.id: f"@{profile.username}" for profile in self.network.profiles.values()}
