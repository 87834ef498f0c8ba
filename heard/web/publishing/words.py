"""What happened to a planned post, in words."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from heard.events.models import EventRecord
from heard.web import times


def told(record: EventRecord) -> str:
    by = {"name": record.by.name if record.by else ""}
    payload = record.payload
    match record.kind:
        case "PlanWritten":
            return _("%(name)s wrote it.") % by
        case "PlanChanged" if payload["approval_dropped"]:
            return _("%(name)s changed it, so it has to be approved again.") % by
        case "PlanChanged":
            return _("%(name)s changed it.") % by
        case "PlanAwaits":
            return _("%(name)s asked for approval.") % by
        case "PlanScheduled":
            at = times.in_words(datetime.fromisoformat(payload["due_at"]))
            return _("%(name)s put it into the schedule: %(at)s.") % {**by, "at": at}
        case "PlanApproved":
            return _("%(name)s approved it.") % by
        case "PlanSentBack":
            return _("%(name)s sent it back: %(reason)s") % {**by, "reason": payload["reason"]}
        case "PlanCancelled":
            return _("%(name)s cancelled it.") % by
        case "PlanTakenOut":
            return _("%(name)s took it out of the schedule.") % by
    return _publication(record.kind, by["name"])


def _publication(kind: str, name: str) -> str:
    match kind:
        case "PublicationDone" if name:
            return _("%(name)s said that it is there.") % {"name": name}
        case "PublicationDone":
            return _("It was published.")
        case "PublicationFailed":
            return _("It could not be published.")
        case "PublicationUnconfirmed":
            return _("Nobody knows whether the network took it.")
        case "PublicationRetried":
            return _("%(name)s had it published again.") % {"name": name}
    return kind
