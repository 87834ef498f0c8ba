from __future__ import annotations

from django.urls import path

from heard.web.settings import (
    confirmation,
    following_up,
    hours,
    people,
    profile,
    security,
    standing,
    teams,
    tokens,
    translation,
    wording,
    workspace,
)

urlpatterns = [
    path("settings", profile.show, name="settings"),
    path("settings/switch", profile.switch, name="settings_switch"),
    path("settings/security", security.show, name="settings_security"),
    path("settings/workspace", workspace.show, name="settings_workspace"),
    path("settings/workspace/replies", standing.show, name="settings_standing"),
    path("settings/hours", hours.show, name="settings_hours"),
    path("settings/confirmation", confirmation.show, name="settings_confirmation"),
    path("settings/confirmation/<str:language>", confirmation.text, name="settings_confirmation_text"),
    path("settings/languages", translation.show, name="settings_translation"),
    path("settings/languages/service", translation.translator, name="settings_translation_service"),
    path("settings/languages/test", translation.test, name="settings_translation_test"),
    path("settings/languages/off", translation.off, name="settings_translation_off"),
    path("settings/languages/address", translation.address, name="settings_translation_address"),
    path("settings/languages/words", translation.term_add, name="settings_term_add"),
    path(
        "settings/languages/words/<int:term_id>/remove", translation.term_remove, name="settings_term_remove"
    ),
    path("settings/wording", wording.show, name="settings_wording"),
    path("settings/wording/try", wording.try_it, name="settings_wording_try"),
    path("settings/follow-up", following_up.show, name="settings_follow_up"),
    path("settings/follow-up/inbox/<int:inbox_id>", following_up.inbox, name="settings_follow_up_inbox"),
    path("settings/follow-up/replies", following_up.replies, name="settings_follow_up_replies"),
    path("settings/follow-up/<str:language>", following_up.text, name="settings_follow_up_text"),
    path("settings/people", people.show, name="settings_people"),
    path("settings/people/add", people.add, name="settings_people_add"),
    path("settings/people/<int:agent_id>", people.person, name="settings_person"),
    path("settings/people/<int:agent_id>/role", people.role, name="settings_person_role"),
    path("settings/people/<int:agent_id>/rights", people.rights, name="settings_person_rights"),
    path("settings/people/<int:agent_id>/sends", people.sends, name="settings_person_sends"),
    path("settings/people/<int:agent_id>/link", people.link, name="settings_person_link"),
    path("settings/people/<int:agent_id>/leave", people.leave, name="settings_person_leave"),
    path("settings/people/<int:agent_id>/come-back", people.come_back, name="settings_person_come_back"),
    path("settings/teams", teams.show, name="settings_teams"),
    path("settings/teams/add", teams.add, name="settings_teams_add"),
    path("settings/teams/<int:team_id>", teams.team, name="settings_team"),
    path("settings/teams/<int:team_id>/remove", teams.remove, name="settings_team_remove"),
    path("settings/tokens", tokens.show, name="settings_tokens"),
    path("settings/tokens/<int:token_id>/revoke", tokens.revoke, name="settings_token_revoke"),
]
