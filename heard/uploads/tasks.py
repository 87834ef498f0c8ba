"""The job of the uploads: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.uploads.sweep import sweep_uploads


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="sweep uploads", name="heard.uploads.tasks.sweep")
def sweep(timestamp: int) -> None:
    sweep_uploads(now=timezone.now())
