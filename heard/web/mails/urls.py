from django.urls import path

from heard.web.mails import views

urlpatterns = [path("mails/new", views.new, name="mail_new")]
