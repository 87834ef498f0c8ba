"""Try again what could not be taken in, after a fix."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from heard.ingest.blame import in_words, is_the_databases
from heard.ingest.facts import facts_of
from heard.ingest.models import LedgerLine, RawCall
from heard.ingest.take_in import take_each, take_facts
from heard.workspaces.models import Agent

log = logging.getLogger(__name__)


def replay(line: LedgerLine, *, by: Agent, now: datetime) -> bool:
    """True when it went through this time. What fails again stays where it was, with the new reason."""
    if line.raw_call_id is None:
        return False
    call = RawCall.objects.select_related("inbox__workspace").get(pk=line.raw_call_id)
    try:
        with transaction.atomic():
            locked = LedgerLine.objects.select_for_update(no_key=True).filter(
                pk=line.pk, place=LedgerLine.Place.QUARANTINED
            )
            if not locked.delete()[0]:
                return True  # a colleague was quicker
            arrived = list(facts_of(call, call.inbox))
            if line.fact == "call":
                take_each(arrived, now=now)
            else:
                take_facts([one for one in arrived if one.position == line.position], now=now)
    except Exception as error:
        if is_the_databases(error):
            raise
        log.warning("line %d is quarantined again, replayed by agent %d", line.pk, by.pk, exc_info=True)
        LedgerLine.objects.filter(pk=line.pk).update(reason=in_words(error))
        return False
    return True
