"""The jobs of the window: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.chat import forget


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget visitors", name="heard.chat.tasks.forget_old")
def forget_old(timestamp: int) -> None:
    forget.forget_old(now=timezone.now())
