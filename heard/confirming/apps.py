from django.apps import AppConfig


class ConfirmingConfig(AppConfig):
    name = "heard.confirming"
    label = "confirming"
