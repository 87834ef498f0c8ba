"""The jobs of the inboxes: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.inboxes.renew import renew_due


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="renew credentials", lock="renew credentials", name="heard.inboxes.tasks.renew")
def renew(timestamp: int) -> None:
    renew_due(now=timezone.now())
