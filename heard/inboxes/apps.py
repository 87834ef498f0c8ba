from django.apps import AppConfig


class InboxesConfig(AppConfig):
    name = "heard.inboxes"
    label = "inboxes"
