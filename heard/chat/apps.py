from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "heard.chat"
    label = "chat"
