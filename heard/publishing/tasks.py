"""The jobs of publishing: load, call one verb, done."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.inboxes.models import Inbox
from heard.publishing.confirm import confirm_unconfirmed
from heard.publishing.publish import publish_next, rescue_claimed, wake_all_due, wake_for_next
from heard.publishing.unconfirmed import settle_by_posts


@app.task(name="heard.publishing.tasks.publish_due", pass_context=False)
def publish_due(*, inbox_id: int) -> None:
    inbox = Inbox.objects.filter(pk=inbox_id).first()
    if inbox is None:
        return
    while publish_next(inbox, now=timezone.now()):
        pass
    wake_for_next(inbox, now=timezone.now())


@app.periodic(cron="*/20 * * * * *")
@app.task(queueing_lock="sweep publishing", name="heard.publishing.tasks.sweep")
def sweep(timestamp: int) -> None:
    now = timezone.now()
    rescue_claimed(now=now)
    settle_by_posts(now=now)
    confirm_unconfirmed(now=now)
    wake_all_due(now=now)
