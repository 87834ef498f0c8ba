from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "heard.voice"
    label = "voice"
