"""All that an answer through one account is looked at for: the workspace's rules and the voices that fit there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from heard.checks.levels import Level
from heard.checks.phrase import Phrase
from heard.checks.wanted_voice import Profile
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


def rules_for(inbox: Inbox) -> Rules:
    """As they stand now, in one query."""
    [row] = _asked(workspace=inbox.workspace_id, inbox=inbox.pk, channel=inbox.channel)
    found = cast("Any", row)
    wording = getattr(row, "wording", None)  # there need not be one
    rules = as_rules(wording) if wording else Rules()
    return replace(rules, voices=[_profile(one) for one in found.voices])


def voices_everywhere(workspace_id: int) -> list[Profile]:
    """For what is written for no account in particular, such as a saved reply."""
    rows = VoiceProfile.objects.filter(workspace_id=workspace_id, is_on=True, channel="", inboxes=None)
    return [_profile({**{name: getattr(row, name) for name in _SAID}, "account": None}) for row in rows]


@prepared
def _asked(*, workspace: int, inbox: int, channel: str) -> QuerySet[Workspace]:
    fitting = VoiceProfile.objects.filter(
        Q(inboxes=None) | Q(inboxes=inbox),
        workspace=OuterRef("pk"),
        is_on=True,
        channel__in=("", channel),
    )
    told = JSONObject(**{name: F(name) for name in _SAID}, account=F("inboxes"))
    voices = ArraySubquery(fitting.values(told=told))
    return Workspace.objects.filter(pk=workspace).select_related("wording").annotate(voices=voices)


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
