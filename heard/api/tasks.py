"""The jobs of the API: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.api import idempotency


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="forget calls", name="heard.api.tasks.forget_calls")
def forget_calls(timestamp: int) -> None:
    idempotency.forget_calls(now=timezone.now())
