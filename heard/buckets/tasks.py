"""The jobs of the buckets: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.buckets.shared import forget_empty


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="forget buckets", name="heard.buckets.tasks.forget")
def forget(timestamp: int) -> None:
    forget_empty(now=timezone.now())
