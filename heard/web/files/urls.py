from django.urls import path

from heard.web.files import views

urlpatterns = [
    path("attachments/<uuid:key>", views.attachment, name="attachment"),
    path("uploads/<uuid:key>", views.uploaded, name="uploaded_file"),
    path("public-files/<str:signed>/<str:name>", views.public, name="public_file"),
    path("pictures/<slug:key>", views.picture, name="picture"),
]
