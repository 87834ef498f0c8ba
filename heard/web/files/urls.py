from django.urls import path

from heard.web.files import views

urlpatterns = [
    path("attachments/<uuid:key>", views.attachment, name="attachment"),
    path("pictures/<slug:key>", views.picture, name="picture"),
]
