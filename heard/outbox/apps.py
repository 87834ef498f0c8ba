from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "heard.outbox"
    label = "outbox"
