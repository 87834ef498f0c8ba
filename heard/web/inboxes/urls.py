from __future__ import annotations

from django.urls import path

from heard.web.inboxes import (
    alarms,
    change,
    choose,
    connect,
    disconnect,
    health,
    history,
    overview,
    practice,
    quarantine,
    queries,
    reconnect,
    sign_in,
    spending,
    templates,
)

CONNECT = "settings/inboxes/connect/<slug:channel>"

urlpatterns = [
    path("alarms", alarms.show, name="alarms"),
    path("settings/inboxes", overview.show, name="inboxes"),
    path(CONNECT, connect.show, name="inbox_connect"),
    path(f"{CONNECT}/practice", practice.connect, name="inbox_practice"),
    path(f"{CONNECT}/practice/sign-in", practice.sign_in, name="inbox_practice_sign_in"),
    path(f"{CONNECT}/sign-in", sign_in.start, name="inbox_sign_in"),
    path(f"{CONNECT}/back", sign_in.back, name="inbox_sign_in_back"),
    path(f"{CONNECT}/choose", choose.show, name="inbox_choose"),
    path("settings/inboxes/<int:inbox_id>", health.show, name="inbox"),
    path("settings/inboxes/<int:inbox_id>/check", health.check, name="inbox_check"),
    path("settings/inboxes/<int:inbox_id>/ask", history.ask, name="inbox_ask"),
    path("settings/inboxes/<int:inbox_id>/enough", history.cancel, name="inbox_enough"),
    path("settings/inboxes/<int:inbox_id>/templates", templates.fetch, name="inbox_templates"),
    path("settings/inboxes/<int:inbox_id>/change", change.show, name="inbox_change"),
    path("settings/inboxes/<int:inbox_id>/reconnect", reconnect.show, name="inbox_reconnect"),
    path("settings/inboxes/<int:inbox_id>/disconnect", disconnect.show, name="inbox_disconnect"),
    path("settings/inboxes/<int:inbox_id>/spending", spending.show, name="inbox_spending"),
    path("settings/inboxes/<int:inbox_id>/queries", queries.show, name="inbox_queries"),
    path("settings/inboxes/<int:inbox_id>/queries/<int:query_id>", queries.change, name="inbox_query"),
    path(
        "settings/inboxes/<int:inbox_id>/queries/<int:query_id>/remove",
        queries.remove,
        name="inbox_query_remove",
    ),
    path("settings/inboxes/<int:inbox_id>/replay", quarantine.replay_all, name="inbox_replay_all"),
    path("settings/inboxes/<int:inbox_id>/replay/<int:line_id>", quarantine.replay_one, name="inbox_replay"),
]
