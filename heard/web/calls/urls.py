from django.urls import path

from heard.web.calls import views

urlpatterns = [path("calls/new", views.new, name="call_new")]
