from django.urls import path

from heard.web.contacts import joining, views

urlpatterns = [
    path("contacts/<int:contact_id>", views.contact, name="contact"),
    path("contacts/<int:contact_id>/side", views.side, name="contact_side"),
    path("contacts/<int:contact_id>/history", views.earlier, name="contact_history"),
    path("contacts/<int:contact_id>/alike", views.alike, name="contact_alike"),
    path("contacts/<int:contact_id>/merge", joining.merge, name="contact_merge"),
    path("contacts/<int:contact_id>/not-the-same", joining.not_the_same, name="contact_not_the_same"),
    path("contacts/<int:contact_id>/unmerge/<int:merge_id>", joining.unmerge, name="contact_unmerge"),
]
