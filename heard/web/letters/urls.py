from django.urls import path

from heard.web.letters import views

urlpatterns = [
    path("letters/<int:message>", views.letter, name="letter"),
    path("letters/<int:message>/picture", views.picture, name="letter-picture"),
    path("letters/<int:message>/raw", views.raw, name="letter-raw"),
]
