"""What an inbox's numbers mean: what is wrong, and what to do now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.channels.contract import Renews
from heard.channels.registry import channel
from heard.inboxes.models import Inbox
from heard.inboxes.spending import CAP_IN_WORDS
from heard.ingest.health import Health
from heard.web import times

EXPIRES_SOON = timedelta(days=14)
BACKLOG_IS_LATE = timedelta(minutes=2)
RECENT = timedelta(hours=24)
URGENT = timedelta(days=3)


@dataclass(frozen=True)
class Trouble:
    """`does` names what the page offers: reconnect · check · unsent · quarantine · spending, or nothing."""

    what: str
    now: str
    does: str = ""
    late: bool = True


def troubles(health: Health, *, now: datetime) -> list[Trouble]:
    """The gravest first; empty when all is well."""
    if health.inbox.state == Inbox.State.DISCONNECTED:
        return [_disconnected(health.inbox)]
    return [*_access(health, now), *_coming_in(health, now), *_going_out(health)]


def _disconnected(inbox: Inbox) -> Trouble:
    return Trouble(
        _("It is disconnected. Nothing comes in and nothing goes out; its tickets are kept."),
        _("Connect it again when you want to go on."),
        "reconnect",
        late=False,
    )


def _access(health: Health, now: datetime) -> Iterator[Trouble]:
    inbox = health.inbox
    if inbox.state == Inbox.State.RECONNECT:
        yield Trouble(
            _("The network no longer accepts our access: %(reason)s") % {"reason": inbox.state_reason},
            _("Connect it again. What waits to be sent then goes out by itself."),
            "reconnect",
        )
    if health.check_problem:
        yield Trouble(
            _("The last test call failed: %(reason)s") % {"reason": health.check_problem},
            _("Test again. If it fails again, connect the inbox again."),
            "check",
        )
    if health.subscribed is False:
        yield Trouble(
            _("The network does not tell us when something is written."),
            _("Connect the inbox again: Heard then asks the network to."),
            "reconnect",
        )
    if health.mended_at and now - health.mended_at < RECENT:
        yield Trouble(
            _("The network had stopped telling us when something is written. It was mended %(ago)s ago.")
            % {"ago": _since(health.mended_at, now)},
            _("Nothing to do: Heard asked the network to call again, and for what was missed."),
            late=False,
        )
    if health.renew_problem:
        yield _not_renewed(health, now)
    elif health.expires_at and health.expires_at - now < EXPIRES_SOON and not _is_renewed(health, now):
        yield _expires(health.expires_at, now)


def _is_renewed(health: Health, now: datetime) -> bool:
    """Heard does it by itself in time: that the end is near says nothing yet."""
    renews = isinstance(channel(health.inbox.channel), Renews)
    return renews and bool(health.expires_at and health.expires_at > now)


def _not_renewed(health: Health, now: datetime) -> Trouble:
    left = health.expires_at - now if health.expires_at else timedelta()
    what = _("Heard could not renew its access: %(reason)s") % {"reason": health.renew_problem}
    if left <= timedelta():
        return Trouble(what, _("Connect the inbox again."), "reconnect")
    days = ngettext(
        "%(count)s day is left. Heard goes on trying; if this stays, connect the inbox again.",
        "%(count)s days are left. Heard goes on trying; if this stays, connect the inbox again.",
        left.days,
    )
    return Trouble(what, days % {"count": times.number(left.days)}, "reconnect", late=left < URGENT)


def _expires(at: datetime, now: datetime) -> Trouble:
    day = {"day": times.in_words(at, now=now)}
    if at <= now:
        return Trouble(_("Our access ended: %(day)s.") % day, _("Connect it again."), "reconnect")
    return Trouble(
        _("Our access ends soon: %(day)s.") % day,
        _("Connect it again before then, and nothing is held up."),
        "reconnect",
        late=False,
    )


def _coming_in(health: Health, now: datetime) -> Iterator[Trouble]:
    if health.backlog and health.backlog_since and now - health.backlog_since > BACKLOG_IS_LATE:
        yield Trouble(
            ngettext(
                "%(count)s call of the network waits to be taken in.",
                "%(count)s calls of the network wait to be taken in.",
                health.backlog,
            )
            % {"count": times.number(health.backlog)},
            _("The worker is busy or not running. Ask who runs this installation; nothing is lost."),
        )
    if health.quarantined:
        yield Trouble(
            ngettext(
                "%(count)s event could not be taken in and is kept aside.",
                "%(count)s events could not be taken in and are kept aside.",
                health.quarantined,
            )
            % {"count": times.number(health.quarantined)},
            _("See below what came. Try again after the next update of Heard."),
            "quarantine",
        )
    if health.is_used_up:
        yield Trouble(
            _("The monthly cap of this inbox is reached: nothing is sent, and Heard does not look for more."),
            _("Raise the cap, or wait for the next month."),
            "spending",
        )
    elif health.look_problem and health.look_problem != CAP_IN_WORDS:
        yield Trouble(
            _("The last look at the network failed: %(reason)s") % {"reason": _(health.look_problem)},
            _("Heard looks again by itself. If this stays, test the inbox."),
            late=False,
        )
    yield from _unheard(health, now)
    yield from _turned_away(health, now)


def _unheard(health: Health, now: datetime) -> Iterator[Trouble]:
    if health.silence:
        count = max(1, round(health.silence.expected))
        yield Trouble(
            ngettext(
                "Nobody has written for %(time)s. Usually about %(count)s would have by now.",
                "Nobody has written for %(time)s. Usually about %(count)s would have by now.",
                count,
            )
            % {"time": _since(health.silence.since, now), "count": times.number(count)},
            _("Write something there yourself. If it does not come in, test the inbox and connect it again."),
            "check",
        )
    if health.look and health.look.problem:
        yield Trouble(
            _("The network did not tell us all that it holds: %(reason)s") % {"reason": health.look.problem},
            _("What it tells us by itself still comes in. Heard asks again every hour."),
            late=False,
        )


def _turned_away(health: Health, now: datetime) -> Iterator[Trouble]:
    if health.last_bad_signature_at and now - health.last_bad_signature_at < RECENT:
        yield Trouble(
            _("Calls with a wrong signature were turned away, the last one %(ago)s ago.")
            % {"ago": _since(health.last_bad_signature_at, now)},
            _(
                "Compare the app secret here with the one in the network's console. If they are the same, "
                "somebody else tried to write to us."
            ),
            "reconnect",
            late=False,
        )
    if health.last_refused_at and now - health.last_refused_at < RECENT:
        yield Trouble(
            _("A call was turned away %(ago)s ago: %(reason)s")
            % {"ago": _since(health.last_refused_at, now), "reason": health.last_refused_reason},
            _("Nothing to do if it was the only one. Otherwise ask who runs this installation."),
            late=False,
        )


def _going_out(health: Health) -> Iterator[Trouble]:
    if health.unconfirmed:
        yield Trouble(
            ngettext(
                "%(count)s answer may have been sent: the network did not say.",
                "%(count)s answers may have been sent: the network did not say.",
                health.unconfirmed,
            )
            % {"count": times.number(health.unconfirmed)},
            _("Look at the network whether it is there, then say so on the ticket."),
            "unsent",
        )
    if health.failed:
        yield Trouble(
            ngettext(
                "%(count)s answer was refused by the network.",
                "%(count)s answers were refused by the network.",
                health.failed,
            )
            % {"count": times.number(health.failed)},
            _("Each ticket says why. Send it again or answer in another way."),
            "unsent",
        )


def _since(at: datetime, now: datetime) -> str:
    minutes = max(1, int((now - at).total_seconds() // 60))
    return times.length(minutes, "minute") if minutes < 60 else times.length(minutes // 60, "hour")
