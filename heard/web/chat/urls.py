from __future__ import annotations

from django.urls import path

from heard.web.chat import secret, window

WINDOW = "settings/inboxes/<int:inbox_id>/chat"

urlpatterns = [
    path(WINDOW, window.show, name="inbox_chat"),
    path(f"{WINDOW}/secret", secret.show, name="inbox_chat_secret"),
    path(f"{WINDOW}/secret/drop", secret.drop, name="inbox_chat_secret_drop"),
]
