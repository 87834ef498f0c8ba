"""The faint lines of the timeline: what happened, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from heard.checks.levels import CHECKS_BY_NAME
from heard.contacts.numbers import readable_number
from heard.events.models import EventRecord
from heard.tickets.models import CallBack, Kind, Priority, Resolution
from heard.web.tickets import pending_told
from heard.web.times import in_words, language_name

ICONS = {
    "TicketReopened": "rotate-ccw",
    "TicketReferenced": "link",
    "TicketQuoted": "link",
    "TicketAssigned": "user-check",
    "TicketTagged": "tag",
    "TicketPrioritised": "flag",
    "ProductNamed": "tag",
    "TicketLanguageChanged": "languages",
    "TicketHandedOver": "users",
    "TicketSnoozed": "clock",
    "TicketWoke": "bell",
    "TicketResolved": "circle-check",
    "TicketJoined": "corner-down-right",
    "MacroRun": "command",
    "AutomaticStopped": "circle-alert",
    "AutomaticUnfit": "circle-alert",
    "TicketContinued": "corner-down-right",
    "TicketTakenPrivate": "lock",
    "SafeFormFilled": "lock",
    "AddressProved": "badge-check",
    "AddressDenied": "circle-alert",
    "CallBackPlanned": "phone-outgoing",
    "CallBackDue": "bell",
    "CallBackEnded": "phone",
    "MessageAnswered": "check",
    "MessageDismissed": "archive",
    "MessageHidden": "eye-off",
    "MessageReposted": "repeat-2",
    "GateOverridden": "triangle-alert",
    "MessageCancelled": "undo-2",
    "ReplyScheduled": "calendar-clock",
    "ReviewAsked": "eye",
    "ReplyApproved": "badge-check",
    "ReplyReturned": "undo-2",
    "ReplyCameBack": "undo-2",
    "FollowUpPlanned": "calendar-days",
    "FollowUpDue": "bell",
    "Happened": "info",
}

DEEDS = {
    "assigned": gettext_lazy("assign"),
    "tagged": gettext_lazy("tag"),
    "snoozed": gettext_lazy("snooze"),
    "resolved": gettext_lazy("resolve"),
}


@dataclass(frozen=True, slots=True)
class Line:
    icon: str
    text: str
    count: int = 1
    leads_to: int = 0  # number of the ticket that it speaks of
    kind: str = ""  # of the event


def told(record: EventRecord) -> Line:
    leads_to = record.payload.get("referred") or record.payload.get("quoted_in") or 0
    return Line(ICONS.get(record.kind, "info"), _sentence(record), leads_to=leads_to, kind=record.kind)


def _sentence(record: EventRecord) -> str:
    said: Mapping[str, Any] = record.payload
    who = record.by.name if record.by else ""
    match record.kind:
        case "TicketReopened":
            return (
                _("{who} reopened the ticket").format(who=who)
                if who
                else _("A new message reopened the ticket")
            )
        case "TicketReferenced":
            return _("They quoted #{number}").format(number=said["referred"])
        case "TicketQuoted":
            return _("Its number was quoted in #{number}").format(number=said["quoted_in"])
        case "TicketAssigned":
            return _assigned(who, said["assignee"])
        case "TicketTagged":
            return _tagged(who, said)
        case "TicketHandedOver" if who:
            return _("{who} gave the ticket to the team {team}").format(who=who, team=said["team"])
        case "TicketHandedOver":
            return _("For the team {team}").format(team=said["team"])
        case "TicketPrioritised":
            return _prioritised(who, said["priority"])
        case "TicketLanguageChanged":
            language = language_name(said["language"])
            return _("{who} set the language: {language}").format(who=who, language=language)
        case "TicketSnoozed":
            until = in_words(datetime.fromisoformat(said["until"]), now=record.at)
            return _("{who} snoozed the ticket until {time}").format(who=who, time=until)
        case "TicketWoke":
            return _("{who} ended the snooze").format(who=who) if who else _("The snooze ended")
        case "TicketResolved":
            return _resolved(who, said)
        case "TicketJoined":
            return _("Messages of #{number} belong here and were moved").format(number=said["joined"])
        case "MacroRun":
            ran = _("{who} ran the macro “{name}”").format(who=who, name=said["macro"])
            undone = [str(DEEDS[deed]) for deed in said.get("undone", ())]
            return (
                f"{ran}. {_('Not possible any more: {deeds}').format(deeds=', '.join(undone))}"
                if undone
                else ran
            )
        case "AutomaticStopped":
            return _("Too many messages at once: nothing is sent automatically")
        case "AutomaticUnfit":
            checks = _checks(said["checks"])
            return _("Heard said nothing by itself, its text is not fit to send: {checks}").format(
                checks=checks
            )
        case "GateOverridden":
            checks = _checks(finding["check"] for finding in said["findings"])
            return _("{who} sent the reply although the check said: {checks}").format(who=who, checks=checks)
        case "TicketContinued":
            return _continued(who, said)
        case "TicketTakenPrivate":
            return _("{who} went on in private").format(who=who)
        case "SafeFormFilled":
            return _("The safe form was filled in")
        case "AddressProved":
            return _("{address} is confirmed").format(address=said["address"])
        case "AddressDenied":
            return _("{address} belongs to somebody else, says who reads it").format(address=said["address"])
        case "CallBackPlanned":
            number, at = readable_number(said["called_number"]), datetime.fromisoformat(said["due_at"])
            text = _("{who} promised a call to {number}: {time}")
            return text.format(who=who, number=number, time=in_words(at, now=record.at))
        case "ProductNamed":
            return _("Product: {product}").format(product=said["product"] or _("none"))
        case "CallBackDue":
            late = (
                _("The promised call to {number} is overdue")
                if said["late"]
                else _("It is time to call {number}")
            )
            return late.format(number=readable_number(said["called_number"]))
        case "CallBackEnded" if said["result"] == CallBack.Result.DONE:
            return _("{who} made the promised call").format(who=who)
        case "CallBackEnded":
            return _with(_("{who}: the promised call was not made").format(who=who), said["reason"])
        case "MessageAnswered":
            return _with(_("{who} answered elsewhere").format(who=who), said["reason"])
        case "MessageDismissed":
            return _with(_("{who}: needs no answer").format(who=who), said["reason"])
        case "MessageHidden":
            return _hidden(who, said)
        case "MessageReposted" if said["reposted"]:
            return _("{who} reposted a message").format(who=who)
        case "MessageReposted":
            return _("{who} took a repost back").format(who=who)
        case "MessageCancelled":
            return _("{who} took a reply back").format(who=who)
        case kind if kind in pending_told.KINDS:
            return pending_told.sentence(kind, who, said, now=record.at)
        case _:
            return _happened(str(said.get("name", record.kind)))


def _continued(who: str, said: Mapping[str, Any]) -> str:
    address = said["address"]
    if said["way"] == Kind.EMAIL:
        text = _("{who} goes on by e-mail to {address}") if who else _("Goes on by e-mail to {address}")
        return text.format(who=who, address=address)
    text = _("{who} goes on by telephone with {number}") if who else _("Goes on by telephone with {number}")
    return text.format(who=who, number=readable_number(address))


def _checks(names: Iterable[str]) -> str:
    labels = (_(CHECKS_BY_NAME[name].label) if name in CHECKS_BY_NAME else name for name in names)
    return ", ".join(dict.fromkeys(labels))


def _assigned(who: str, assignee: str) -> str:
    if not assignee:
        return _("{who} gave the ticket back to everybody").format(who=who)
    if not who:
        return _("Assigned to {name}").format(name=assignee)
    if who == assignee:
        return _("{who} took the ticket").format(who=who)
    return _("{who} assigned the ticket to {name}").format(who=who, name=assignee)


def _tagged(who: str, said: Mapping[str, Any]) -> str:
    added, removed = ", ".join(said["added"]), ", ".join(said["removed"])
    who = who or "Heard"
    if added and removed:
        return _("{who} added {added} and removed {removed}").format(who=who, added=added, removed=removed)
    if added:
        count = len(said["added"])
        return ngettext("{who} added the tag {tags}", "{who} added the tags {tags}", count).format(
            who=who, tags=added
        )
    count = len(said["removed"])
    return ngettext("{who} removed the tag {tags}", "{who} removed the tags {tags}", count).format(
        who=who, tags=removed
    )


def _prioritised(who: str, priority: str) -> str:
    label = Priority(priority).label if priority in Priority.values else priority
    if not who:
        return _("Priority: {priority}").format(priority=label)
    return _("{who} set the priority: {priority}").format(who=who, priority=label)


def _resolved(who: str, said: Mapping[str, Any]) -> str:
    how = Resolution(said["resolution"]).label if said["resolution"] in Resolution.values else ""
    text = _("{who} resolved the ticket") if who else _("Resolved")
    return _with(f"{text.format(who=who)}: {how}" if how else text.format(who=who), said["note"])


def _hidden(who: str, said: Mapping[str, Any]) -> str:
    if said.get("by_network"):
        return _("The network hid a message") if said["hidden"] else _("The network showed a message again")
    who = who or pgettext("who hid it", "Somebody at the network")
    text = _("{who} hid a message") if said["hidden"] else _("{who} showed a message again")
    return text.format(who=who)


def _happened(name: str) -> str:
    known = {
        "referral": _("They came by a link or an advert"),
        "optin": _("They agreed to get messages"),
        "thread_taken": _("Another app took over the conversation"),
        "thread_passed": _("Another app passed the conversation to us"),
        "policy_enforcement": _("The network warned us about its rules"),
        "address_changed": _("They write from another number or address now"),
        "customer_identity_changed": _("The security code changed: they may use another phone"),
        "conversation_opened": _("They opened the conversation"),
        "preference_changed": _("They changed what we may write to them"),
        "call": _("They called"),
        "delivery_delayed": _("Our mail has not arrived yet, their mail server is still trying"),
        "spam_complaint": _("They marked our mail as spam"),
    }
    return known.get(name, name.replace("_", " ").capitalize())


def _with(text: str, reason: str) -> str:
    return f"{text}: {reason}" if reason else text
