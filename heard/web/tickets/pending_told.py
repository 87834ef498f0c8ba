"""Lines of the timeline about what we say or do later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heard.web.times import in_words

KINDS = (
    "ReplyScheduled",
    "ReviewAsked",
    "ReplyApproved",
    "ReplyReturned",
    "ReplyCameBack",
    "FollowUpPlanned",
    "FollowUpDue",
)


def sentence(kind: str, who: str, said: Mapping[str, Any], *, now: datetime) -> str:
    if kind.startswith("FollowUp"):
        return _followed_up(kind, who, said, now=now)
    at = in_words(datetime.fromisoformat(said["goes_at"]), now=now) if said.get("goes_at") else ""
    author = said["author"]
    match kind:
        case "ReplyScheduled":
            return _("{who} wrote an answer that goes out {time}").format(who=who, time=at)
        case "ReviewAsked" if said["reviewer"]:
            return _("{who} asked {reviewer} to look an answer over").format(
                who=who or author, reviewer=said["reviewer"]
            )
        case "ReviewAsked":
            return _("{who} asked a colleague to look an answer over").format(who=who or author)
        case "ReplyApproved" if said["edited"]:
            return _("{who} changed and approved the answer of {author}").format(who=who, author=author)
        case "ReplyApproved":
            return _("{who} approved the answer of {author}").format(who=who, author=author)
        case "ReplyReturned":
            text = _("{who} returned the answer of {author}: {comment}")
            return text.format(who=who, author=author, comment=said["comment"])
        case _:
            return _came_back(who, author, said["how"], said["reason"])


def _followed_up(kind: str, who: str, said: Mapping[str, Any], *, now: datetime) -> str:
    if kind == "FollowUpDue":
        text = _("It is time to follow up")
    else:
        at = in_words(datetime.fromisoformat(said["due_at"]), now=now)
        text = _("{who} wants to follow up {time}").format(who=who, time=at)
    return f"{text}: {said['note']}" if said["note"] else text


def _came_back(who: str, author: str, how: str, reason: str) -> str:
    if how == "taken_back":
        return _("{who} called back an answer that had not left").format(who=who)
    if how == "stopped":
        return _("The answer of {author} was stopped when it was to leave").format(author=author)
    if reason in ("customer_wrote", "customer_changed"):
        return _("The customer wrote, so the answer of {author} did not go out").format(author=author)
    if reason == "resolved":
        return _("The ticket was resolved, so the answer of {author} did not go out").format(author=author)
    return _("Somebody else answered, so the answer of {author} did not go out").format(author=author)
