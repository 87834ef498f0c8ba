"""All that an answer through one account is looked at for: the workspace's rules and the voices that fit there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, DateTimeField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, JSONObject

from heard.checks.known_facts import KnownFact
from heard.checks.levels import Level
from heard.checks.phrase import Phrase
from heard.checks.wanted_voice import Profile
from heard.facts.known import facts_named, keys_in
from heard.facts.models import Fact
from heard.inboxes.models import Inbox
from heard.voice.models import VoiceProfile
from heard.workspaces.models import Workspace
from heard.workspaces.prepared import prepared
from heard.workspaces.wording import Rules, as_rules

_SAID = (
    *("name", "language", "channel", "address", "humour", "emoji", "most_emoji"),
    *("sentences", "characters", "words", "levels"),
)
_AS_MANY_AS_ONE_LIKES = -1
REMEMBERED: Final = timedelta(days=90)  # what a fact said before


def rules_for(inbox: Inbox, *, now: datetime, text: str = "") -> Rules:
    """As they stand now, in one query; one more where the text names facts that nobody put in."""
    [row] = _asked(
        workspace=inbox.workspace_id,
        inbox=inbox.pk,
        channel=inbox.channel,
        tomorrow=now + timedelta(days=1),
        lately=now - REMEMBERED,
    )
    found = cast("Any", row)
    wording = getattr(row, "wording", None)  # there need not be one
    rules = as_rules(wording) if wording else Rules()
    today = now.astimezone(ZoneInfo(row.time_zone)).date()
    facts = [_fact(one, today) for one in found.facts]
    facts += facts_named(keys_in(text), workspace_id=inbox.workspace_id)
    return replace(rules, voices=[_profile(one) for one in found.voices], facts=facts)


def voices_everywhere(workspace_id: int) -> list[Profile]:
    """For what is written for no account in particular, such as a saved reply."""
    rows = VoiceProfile.objects.filter(workspace_id=workspace_id, is_on=True, channel="", inboxes=None)
    return [_profile({**{name: getattr(row, name) for name in _SAID}, "account": None}) for row in rows]


@prepared
def _asked(
    *, workspace: int, inbox: int, channel: str, tomorrow: datetime, lately: datetime
) -> QuerySet[Workspace]:
    """Every time that an answer is looked at: so one statement, and of the facts only those that may matter."""
    fitting = VoiceProfile.objects.filter(
        Q(inboxes=None) | Q(inboxes=inbox),
        workspace=OuterRef("pk"),
        is_on=True,
        channel__in=("", channel),
    )
    told = JSONObject(**{name: F(name) for name in _SAID}, account=F("inboxes"))
    day = Cast(Value(tomorrow, output_field=DateTimeField()), DateField())
    doubtful = Fact.objects.filter(
        Q(review_on__lt=day) | Q(changed_at__gt=lately), workspace=OuterRef("pk")
    ).values(told=JSONObject(key="key", name="name", values="values", review_on="review_on", former="former"))
    return (
        Workspace.objects.filter(pk=workspace)
        .select_related("wording")
        .annotate(voices=ArraySubquery(fitting.values(told=told)), facts=ArraySubquery(doubtful))
    )


def _fact(said: dict[str, Any], today: date) -> KnownFact:
    review_on = date.fromisoformat(said["review_on"]) if said["review_on"] else None
    return KnownFact(
        key=said["key"],
        name=said["name"],
        values=said["values"],
        due=review_on if review_on and review_on < today else None,
        former=[one["value"] for one in said["former"]],
    )


def _profile(said: dict[str, Any]) -> Profile:
    return Profile(
        name=said["name"],
        language=said["language"],
        network=said["channel"],
        account=said["account"] is not None,
        address=said["address"],
        humour=said["humour"],
        emoji=_emoji(said["emoji"], said["most_emoji"]),
        sentences=said["sentences"],
        characters=said["characters"],
        words=[Phrase(**one) for one in said["words"]],
        levels={rule: Level(level) for rule, level in said["levels"].items()},
    )


def _emoji(wanted: str, most: int) -> int | None:
    known = {
        VoiceProfile.Emoji.NONE: 0,
        VoiceProfile.Emoji.FEW: most,
        VoiceProfile.Emoji.FREE: _AS_MANY_AS_ONE_LIKES,
    }
    return next((number for name, number in known.items() if name == wanted), None)
