"""The job of following up: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.following_up.follow import follow_next


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="follow up", lock="follow up", name="heard.following_up.tasks.follow_up")
def follow_up(timestamp: int) -> None:
    while follow_next(now=timezone.now()):
        pass
