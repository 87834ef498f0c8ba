from django.apps import AppConfig


class IngestConfig(AppConfig):
    name = "heard.ingest"
    label = "ingest"
