"""The jobs of forms: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.forms.gather_others import JOB, gather_everywhere, mail_others
from heard.forms.uploads import sweep_uploads


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="sweep uploads", name="heard.forms.tasks.sweep")
def sweep(timestamp: int) -> None:
    sweep_uploads(now=timezone.now())


@app.periodic(cron="10 6 * * 1")
@app.task(queueing_lock="gather others", name="heard.forms.tasks.gather")
def gather(timestamp: int) -> None:
    gather_everywhere(now=timezone.now())


@app.task(name=JOB, pass_context=False)
def mail_others_to(*, agent_id: int) -> None:
    mail_others(agent_id, now=timezone.now())
