from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "heard.forms"
    label = "forms"
