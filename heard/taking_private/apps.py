from django.apps import AppConfig


class TakingPrivateConfig(AppConfig):
    name = "heard.taking_private"
    label = "taking_private"
