from django.urls import path

from heard.web.calls import reminders, views

urlpatterns = [
    path("calls/new", views.new, name="call_new"),
    path("calls/reminders", reminders.show, name="call_reminders"),
]
