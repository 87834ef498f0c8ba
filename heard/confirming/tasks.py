"""The jobs of confirming: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.confirming.attempts import forget_attempts
from heard.confirming.confirm import confirm_next
from heard.confirming.due import wake
from heard.confirming.models import Confirmation
from heard.confirming.passes import send_pass


@app.task(name="heard.confirming.tasks.confirm_all_due", pass_context=False)
def confirm_all_due() -> None:
    while confirm_next(now=timezone.now()):
        pass


@app.task(name="heard.confirming.tasks.send_pass_to", pass_context=False)
def send_pass_to(*, number: str, proof: str, language: str) -> None:
    send_pass(number, proof, language=language, now=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sweep confirming", name="heard.confirming.tasks.sweep")
def sweep(timestamp: int) -> None:
    forget_attempts(now=timezone.now())
    if Confirmation.objects.filter(state=Confirmation.State.DUE).exists():
        wake()
