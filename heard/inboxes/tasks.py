from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.inboxes import templates
from heard.inboxes.connect import ConnectFailed
from heard.inboxes.models import Inbox
from heard.inboxes.renew import renew_due


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="renew credentials", lock="renew credentials", name="heard.inboxes.tasks.renew")
def renew(timestamp: int) -> None:
    renew_due(now=timezone.now())


@app.task(name="heard.inboxes.tasks.refresh_templates")
def refresh_templates(*, inbox_id: int) -> None:
    inbox = Inbox.objects.filter(pk=inbox_id).first()
    if inbox is not None:
        with suppress(ConnectFailed):  # tomorrow is another day
            templates.refresh(inbox, now=timezone.now())


@app.periodic(cron="23 4 * * *")
@app.task(queueing_lock="all templates", name="heard.inboxes.tasks.refresh_all_templates")
def refresh_all_templates(timestamp: int) -> None:
    for inbox in Inbox.objects.filter(state=Inbox.State.CONNECTED):
        if templates.has_templates(inbox):
            templates.ring_for_templates(inbox.pk)
