"""A voice from the settings to the hint: in replies, public and private, in posts and in saved replies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from heard.events.models import EventRecord
from heard.publishing.fit import against
from heard.replies.sounds import found_by_voice
from heard.replies.ways import Way
from heard.tickets.examined import findings_for
from heard.tickets.reply import ReplyStopped, reply
from heard.tickets.route import route
from heard.voice.models import VoiceProfile
from heard.voice.tests.cast import A_VOICE
from heard.voice.wanted import voices_everywhere
from heard.voice.write import BadVoice, ForAdmins, WantedVoice, remove_voice, write_voice
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket
from tests.visitors import plain_static as plain_static
from tests.visitors import signed_in

PACKAGE = "Hello, your package left today. It comes on Friday."


def voiced(text: str, network: Network, by: Agent, *, direct: bool = False) -> list[tuple[str, str]]:
    ticket = a_ticket(network, said="Where is my parcel, please? I have waited for a week.", direct=direct)
    found = findings_for(text, route(ticket, private=direct), now=network.now, by=by)
    return [(one.code, one.weight) for one in found if one.check == "voice"]


def test_it_is_the_same_in_public_in_private_in_posts_and_in_saved_replies(
    ann: Agent, bea: Agent, facebook: Network, messenger: Network
) -> None:
    assert voiced(PACKAGE, facebook, bea) == []
    profile = write_voice(None, A_VOICE, by=ann, now=NOON)

    assert voiced(PACKAGE, facebook, bea) == [("voice.words", "hint")]
    assert voiced(PACKAGE, messenger, bea, direct=True) == [("voice.words", "hint")]
    posted = against(facebook.inbox, PACKAGE, [], by=bea)
    assert [one.code for one in posted if one.check == "voice"] == ["voice.words"]
    saved = found_by_voice(PACKAGE, Way("en", "formal", "public"), voices_everywhere(ann.workspace_id))
    assert [one.mend for one in saved] == ["parcel"]

    write_voice(profile, replace(A_VOICE, is_on=False), by=ann, now=NOON)
    assert voiced(PACKAGE, facebook, bea) == []
    assert voices_everywhere(ann.workspace_id) == []


def test_it_is_narrowed_by_account_network_and_language(
    ann: Agent, facebook: Network, messenger: Network
) -> None:
    write_voice(None, WantedVoice(name="All", emoji="none"), by=ann, now=NOON)
    write_voice(None, WantedVoice(name="Chat", channel="messenger", emoji="few"), by=ann, now=NOON)
    write_voice(None, WantedVoice(name="Czech", language="cs", sentences=1), by=ann, now=NOON)
    text = "Your parcel is here 🎉. Thank you for waiting."

    assert voiced(text, facebook, ann) == [("voice.emoji", "hint")]
    assert voiced(text, messenger, ann, direct=True) == []
    shop = WantedVoice(name="Shop", inboxes=[facebook.inbox.pk], emoji="free")
    write_voice(None, shop, by=ann, now=NOON)
    assert voiced(text, facebook, ann) == []
    assert voices_everywhere(ann.workspace_id) != []


def test_a_rule_stops_only_where_the_profile_says_so(ann: Agent, bea: Agent, facebook: Network) -> None:
    profile = write_voice(None, A_VOICE, by=ann, now=NOON)
    ticket = a_ticket(facebook, said="Where is my parcel?")
    strict = replace(A_VOICE, levels={"words": "stop", "emoji": "hint"})
    write_voice(profile, strict, by=ann, now=NOON)

    with pytest.raises(ReplyStopped) as stopped:
        reply(ticket, text=PACKAGE, by=bea, now=facebook.tick())
    assert [one.code for one in stopped.value.findings] == ["voice.words"]
    assert VoiceProfile.objects.get().levels == {"words": "stop"}

    remove_voice(profile, by=ann, now=NOON)
    assert reply(ticket, text=PACKAGE, by=bea, now=facebook.tick()).text == PACKAGE
    kinds = EventRecord.objects.filter(kind__startswith="Voice").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["VoiceWritten", "VoiceWritten", "VoiceRemoved"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "acme"}, "name"),
        ({"language": "xx"}, "language"),
        ({"channel": "fax"}, "channel"),
        ({"emoji": "many"}, "emoji"),
        ({"sentences": 0}, "sentences"),
        ({"inboxes": [0]}, "inboxes"),
        ({"levels": {"words": "off"}}, "levels"),
        ({"words": [replace(A_VOICE.words[0], text="!")]}, "words"),
    ],
)
def test_what_cannot_be_is_refused(ann: Agent, bea: Agent, wrong: dict[str, Any], field: str) -> None:
    write_voice(None, A_VOICE, by=ann, now=NOON)

    with pytest.raises(BadVoice) as refused:
        write_voice(None, replace(A_VOICE, **{"name": "Other", **wrong}), by=ann, now=NOON)

    assert refused.value.field == field
    with pytest.raises(ForAdmins):
        write_voice(None, replace(A_VOICE, name="Mine"), by=bea, now=NOON)


@pytest.mark.usefixtures("plain_static")
def test_an_admin_writes_it_and_everybody_reads_it(ann: Agent, bea: Agent, facebook: Network) -> None:
    desk = signed_in(ann)
    typed = {
        "name": "Acme",
        "is_on": "on",
        "inboxes": [facebook.inbox.pk],
        "emoji": "none",
        "most_emoji": "2",
        "words": "package* = parcel # it is shorter\r\n",
        "examples": "It left today. # It says when.",
        "level_words": "warn",
    }

    assert desk.post("/settings/voice/add", {**typed, "name": ""}).status_code == 422
    assert desk.post("/settings/voice/add", typed).status_code == 302

    profile = VoiceProfile.objects.get()
    assert profile.words == [{"text": "package*", "instead": "parcel", "reason": "it is shorter"}]
    assert (list(profile.inboxes.all()), profile.levels) == ([facebook.inbox], {"words": "warn"})
    page = desk.get(f"/settings/voice/{profile.pk}").text
    assert "package* = parcel # it is shorter</textarea>" in page
    assert "It left today. # It says when.</textarea>" in page
    seen = signed_in(bea)
    assert "It says when." in seen.get("/settings/voice").text
    assert seen.get("/settings/voice/add").status_code == 403
    desk.post(f"/settings/voice/{profile.pk}", {**typed, "inboxes": []})
    way = "en-formal-public-normal"
    preview = seen.post("/replies/preview", {"way": way, f"text-{way}": "Your package"})
    assert "Acme does not say “package”: it is shorter" in preview.text
    desk.post(f"/settings/voice/{profile.pk}/remove")
    assert not VoiceProfile.objects.exists()
