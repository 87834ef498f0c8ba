"""The jobs of the intake: load, call one verb, done."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from heard.env import env
from heard.inboxes.mend import mend
from heard.inboxes.models import Inbox
from heard.ingest import fetch as fetching
from heard.ingest import look as looking
from heard.ingest import reconcile as reconciling
from heard.ingest.bell import ring_for
from heard.ingest.forget import forget_calls
from heard.ingest.letters import clean_letters
from heard.ingest.models import HeldMessage, Reconciliation
from heard.ingest.parked import give_up_parked
from heard.ingest.rounds import look_after_inboxes
from heard.ingest.silence import listen_for_silence
from heard.tickets.models import Attachment

KEPT_DAYS = 90  # of what networks held, and of the looks that found it


@app.task(name="heard.ingest.tasks.fetch")
def fetch(*, inbox_id: int) -> None:
    inbox = Inbox.objects.select_related("workspace").filter(pk=inbox_id).first()
    if inbox is not None:
        fetching.fetch_for(inbox)


@app.task(name="heard.ingest.tasks.clean")
def clean(*, inbox_id: int) -> None:
    inbox = Inbox.objects.select_related("workspace").filter(pk=inbox_id).first()
    if inbox is not None and clean_letters(inbox):
        ring_for(inbox_id, "clean")


@app.task(name="heard.ingest.tasks.look", pass_context=False)
def look(*, inbox_id: int) -> None:
    inbox = Inbox.objects.select_related("workspace").filter(pk=inbox_id).first()
    if inbox is not None:
        looking.look_at(inbox, now=timezone.now())
        looking.ring_for_next(inbox)


@app.periodic(cron="*/15 * * * * *")
@app.task(queueing_lock="sweep looks", name="heard.ingest.tasks.sweep_looks")
def sweep_looks(timestamp: int) -> None:
    looking.ring_all_due(now=timezone.now())


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="fetch again", name="heard.ingest.tasks.fetch_again")
def fetch_again(timestamp: int) -> None:
    pending = Attachment.objects.filter(state=Attachment.State.PENDING)
    for inbox_id in set(pending.values_list("message__inbox", flat=True)[:1000]):
        ring_for(inbox_id, "fetch")


@app.task(name="heard.ingest.tasks.reconcile")
def reconcile(*, inbox_id: int) -> None:
    inbox = Inbox.objects.select_related("workspace").filter(pk=inbox_id).first()
    if inbox is not None and (again := reconciling.reconcile(inbox, now=timezone.now())):
        ring_for(inbox_id, "reconcile", at=again)


@app.task(name="heard.ingest.tasks.check")
def check(*, inbox_id: int) -> None:
    inbox = Inbox.objects.filter(pk=inbox_id, state=Inbox.State.CONNECTED).first()
    if inbox is not None and mend(inbox, now=timezone.now(), public_url=env().public_url):
        reconciling.begin(inbox, reason=Reconciliation.Reason.SUBSCRIPTION, now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="look after inboxes", name="heard.ingest.tasks.look_after")
def look_after(timestamp: int) -> None:
    look_after_inboxes(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="listen for silence", name="heard.ingest.tasks.listen")
def listen(timestamp: int) -> None:
    listen_for_silence(now=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="tidy intake", name="heard.ingest.tasks.tidy")
def tidy(timestamp: int) -> None:
    now = timezone.now()
    give_up_parked(now=now)
    forget_calls(before=now - timedelta(days=env().raw_call_days))
    HeldMessage.objects.filter(at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    Reconciliation.objects.filter(ended_at__lt=now - timedelta(days=KEPT_DAYS)).exclude(
        reason=Reconciliation.Reason.HISTORY
    ).delete()
