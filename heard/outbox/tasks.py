"""The jobs of the outbox: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.inboxes.models import Inbox
from heard.outbox.confirm import confirm_unconfirmed
from heard.outbox.deliver import Round, deliver_next, rescue_claimed, wake_all_due, wake_for_next


@app.task(name="heard.outbox.tasks.send_due", pass_context=False)
def send_due(*, inbox_id: int) -> None:
    inbox = Inbox.objects.select_related("workspace").filter(pk=inbox_id).first()
    if inbox is None:
        return
    within = Round(inbox)
    while deliver_next(inbox, now=timezone.now(), within=within):
        pass
    wake_for_next(inbox, now=timezone.now())


@app.periodic(cron="*/15 * * * * *")
@app.task(queueing_lock="sweep outbox", name="heard.outbox.tasks.sweep")
def sweep(timestamp: int) -> None:
    now = timezone.now()
    rescue_claimed(now=now)
    confirm_unconfirmed(now=now)
    wake_all_due(now=now)
