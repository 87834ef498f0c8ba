from django.apps import AppConfig


class TranslatingConfig(AppConfig):
    name = "heard.translating"
    label = "translating"
