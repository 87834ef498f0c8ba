from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "heard.replies"
    label = "replies"
