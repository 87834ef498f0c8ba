"""How a brand sounds: which profile counts, and what each rule finds."""

from __future__ import annotations

from typing import Any

import pytest

from heard.checks.draft import Draft, Phrase
from heard.checks.gate import examine
from heard.checks.levels import Level
from heard.checks.measure_voice import pairs
from heard.checks.voice import voice
from heard.checks.wanted_voice import Profile, voice_of

PARCEL = Phrase("package*", "parcel", "")


def found(
    text: str, *, language: str = "en", draft: dict[str, Any] | None = None, **wanted: Any
) -> list[Any]:
    heard = voice_of([Profile(name="Acme", **wanted)], language=language)
    told = Draft(text=text, public=True, language=language, voice=heard, **(draft or {}))
    return [(one.code, text[one.start : one.end], one.mend, one.sentence) for one in voice(told)]


def test_the_most_exact_profile_wins_field_by_field_and_words_add_up() -> None:
    cheap, kind = Phrase("cheap", "good value"), Phrase("cheap", "kind to your purse")
    profiles = [
        Profile(name="All", address="formal", humour="free", emoji=0, words=[PARCEL, cheap]),
        Profile(name="Czech", language="cs", address="informal", sentences=4),
        Profile(name="X", network="x", emoji=2, sentences=2),
        Profile(name="Shop", account=True, words=[kind]),
        Profile(name="Greek", language="el", humour="never"),
    ]

    czech = voice_of(profiles, language="cs")
    unknown = voice_of(profiles, language="")

    assert czech is not None
    assert unknown is not None
    told = (czech.address, czech.humour, czech.emoji, czech.sentences)
    assert [(one.wanted, one.by.name) for one in told if one] == [
        ("informal", "Czech"),
        ("free", "All"),
        (2, "X"),
        (4, "Czech"),
    ]
    assert [(one.instead, by.name) for one, by in czech.words] == [
        ("kind to your purse", "Shop"),
        ("parcel", "All"),
    ]
    assert unknown.address is not None
    assert unknown.address.wanted == "formal"
    assert voice_of([], language="cs") is None


def test_each_rule_says_whose_it_is_and_offers_what_to_write() -> None:
    assert found("Your Packages left.", words=[PARCEL]) == [
        ("voice.words", "Packages", "Parcel", "Acme says “Parcel” rather than “Packages”.")
    ]
    assert found("No package.", words=[Phrase("package", "", "we send parcels")])[0][3] == (
        "Acme does not say “package”: we send parcels"
    )
    assert found("Great 🎉 see you 👩🏽\u200d🚀", emoji=1) == [
        ("voice.emoji", "👩🏽\u200d🚀", "", "Acme uses 1 emoji at most.")
    ]
    assert [one[1] for one in found("Fine 👍🏽🇨🇿 ✓ 10 ★ ↗", emoji=0)] == ["👍🏽", "🇨🇿"]
    assert found("haha, of course. “haha”", humour="never") == [
        ("voice.humour", "haha", "", "Acme does not joke: “haha”.")
    ]
    assert found("One. Two! Three…", sentences=2)[0][:2] == ("voice.length", "Three…")
    assert found("Twelve signs", characters=6)[0][:2] == ("voice.length", " signs")
    assert (
        found("Pošlete nám prosím Vaši adresu.", language="cs", address="informal")[0][0] == "voice.address"
    )
    assert found("Pošli nám prosím svou adresu.", language="cs", address="formal")[0][0] == "voice.address"


@pytest.mark.parametrize(
    ("text", "wanted", "draft"),
    [
        ("We send it. See https://acme.example/package", {"words": [PARCEL]}, {}),
        ("It is 10 ✓ and 5 ★.", {"emoji": 0}, {}),
        ("🎉🎉🎉", {"emoji": -1}, {}),
        ("Pošlete nám prosím Vaši adresu.", {"address": "free", "language": "cs"}, {}),
        # Somebody decided it for this customer, and another check looks at that.
        ("Pošlete nám Vaši adresu.", {"address": "informal", "language": "cs"}, {"formality": "formal"}),
        ("haha", {"humour": "complaints"}, {}),
        ("One. Two.", {"sentences": 2}, {}),
        ("We do: version 2.5 at 10.30 costs 3.50.", {"sentences": 1}, {}),
    ],
)
def test_what_is_allowed_is_let_through(text: str, wanted: dict[str, Any], draft: dict[str, Any]) -> None:
    language = wanted.get("language", "en")
    assert (
        found(text, language=language, draft=draft, **{k: v for k, v in wanted.items() if k != "language"})
        == []
    )


def test_a_hint_never_stops_unless_the_profile_wants_it_for_this_rule() -> None:
    def weights(levels: dict[str, Level]) -> list[tuple[str, str, bool]]:
        heard = voice_of([Profile(name="Acme", emoji=0, words=[PARCEL], levels=levels)], language="en")
        draft = Draft(text="Your package is here 🎉", public=False, voice=heard)
        return [(one.code, one.weight, one.overridable) for one in examine(draft)]

    assert weights({}) == [("voice.words", "hint", True), ("voice.emoji", "hint", True)]
    assert weights({"emoji": Level.STOP, "words": Level.WARN}) == [
        ("voice.emoji", "stop", True),
        ("voice.words", "warn", True),
    ]
    assert weights({"emoji": Level.NEVER})[0] == ("voice.emoji", "stop", False)


def test_a_long_text_of_emoji_and_words_is_read_at_once() -> None:
    assert len(found("🎉 package " * 2_000, emoji=0, words=[PARCEL])) == 5 + 2_000


def test_of_two_replies_it_prefers_the_one_that_people_chose() -> None:
    judged = pairs()

    assert len(judged) >= 40
    assert {one.language for one in judged} == {"cs", "el", "en", "hu", "sl"}
    assert sum(one.is_preferred for one in judged) / len(judged) >= 0.9
