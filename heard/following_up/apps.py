from django.apps import AppConfig


class FollowingUpConfig(AppConfig):
    name = "heard.following_up"
    label = "following_up"
