from __future__ import annotations

from django.urls import path

from heard.web.forms import editing, fields, issues, listing, others, sending, words

urlpatterns = [
    path("settings/forms", listing.show, name="forms"),
    path("settings/forms/add", listing.add, name="forms_add"),
    path("settings/forms/<int:form_id>", editing.show, name="form_edit"),
    path("settings/forms/<int:form_id>/words", words.show, name="form_words"),
    path("settings/forms/<int:form_id>/questions/add", fields.add, name="form_field_add"),
    path("settings/forms/<int:form_id>/questions/<int:field_id>", fields.change, name="form_field"),
    path("settings/forms/<int:form_id>/questions/<int:field_id>/move", fields.move, name="form_field_move"),
    path(
        "settings/forms/<int:form_id>/questions/<int:field_id>/remove",
        fields.remove,
        name="form_field_remove",
    ),
    path("settings/issues", issues.show, name="issues"),
    path("settings/issues/add", issues.add, name="issue_add"),
    path("settings/issues/start", issues.start, name="issues_start"),
    path("settings/issues/others", others.show, name="issues_others"),
    path("settings/issues/others/take", others.take, name="issues_others_take"),
    path("settings/issues/<int:issue_id>", issues.change, name="issue"),
    path("settings/issues/<int:issue_id>/remove", issues.remove, name="issue_remove"),
    path("tickets/<int:number>/forms", sending.show, name="ticket_forms"),
]
