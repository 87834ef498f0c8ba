from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "heard.workspaces"
    label = "workspaces"
