"""The job of workspaces: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.workspaces.holidays import write_everywhere


@app.periodic(cron="15 3 1 * *")
@app.task(queueing_lock="write holidays", name="heard.workspaces.tasks.write_holidays")
def write_all_holidays(timestamp: int) -> None:
    write_everywhere(now=timezone.now())
