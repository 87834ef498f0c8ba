"""The jobs of forms: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.forms.uploads import sweep_uploads


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="sweep uploads", name="heard.forms.tasks.sweep")
def sweep(timestamp: int) -> None:
    sweep_uploads(now=timezone.now())
