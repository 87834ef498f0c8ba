from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "heard.publishing"
    label = "publishing"
