"""The labelled replies, and clean ones with one fault put in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heard.checks.corpus.labelled import Labelled, corpus
from heard.checks.draft import Draft, Phrase
from heard.checks.gate import examine
from heard.checks.measure import Share, judged, main, shares, table

LANGUAGES = ("cs", "el", "en", "hu", "sl")
REPLIES = corpus()


def codes(draft: Draft) -> list[str]:
    return sorted(found.code for found in examine(draft) if found.weight != "hint")


def test_there_are_enough_replies_with_a_fault_and_without() -> None:
    for language in LANGUAGES:
        of_one = [one for one in REPLIES if one.language == language]
        clean = sum(not one.expected for one in of_one)
        assert clean >= 200
        assert len(of_one) - clean >= 200


def test_the_gate_finds_what_it_must_and_stops_next_to_nothing_else() -> None:
    results = judged()
    found = shares(results)
    for language in (*LANGUAGES, "all"):
        assert found["blanks", language].value >= 0.98
        assert found["personal", language].value >= 0.98
        assert found["clean", language].value >= 0.98
    assert all(share.value >= 0.9 for (_, language), share in found.items() if language == "all")
    beside = [result for result in results if result.one.expected and result.others]
    assert len(beside) <= len(results) * 0.02
    assert len(list(table(results))) == len({check for check, _ in found}) + 1


def test_an_interval_is_wide_where_little_was_seen() -> None:
    low, high = Share(5, 5).interval
    assert low < 0.6
    assert high == 1.0
    assert Share(0, 0).interval == (0.0, 1.0)


def test_the_command_reads_any_folder_and_shows_what_was_judged_wrongly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "en.toml").write_text(
        'clean = ["Hi {name}."]\n[[faulty]]\nexpect = "personal.email"\ntext = "To a@example.com."\n'
    )
    main([str(tmp_path), "--wrong"])
    printed = capsys.readouterr().out
    assert "wanted nothing, found blanks.unfilled" in printed
    assert "To a@example.com." not in printed


# What is put behind a clean reply, by language where words are needed; everything else about the draft stays.
BEHIND: dict[str, Callable[[str], str]] = {
    "blanks.unfilled": lambda language: "{customer.name}",
    "blanks.lost": lambda language: "()",
    "personal.email": lambda language: "jana.k@example.com",
    "personal.iban": lambda language: "CZ65 0800 0000 1920 0014 5399",
    "personal.card": lambda language: "4111 1111 1111 1111",
    "personal.phone": lambda language: "+420 602 123 456",
    "personal.ticket": lambda language: "HRD-1042-K7",
    "personal.parcel": lambda language: "RR123456785GB",
    "personal.link": lambda language: "https://track.example.com/parcel/RR123456785GB",
    "personal.order": lambda language: {
        "cs": "objednávka č. 5521987",
        "el": "παραγγελία αρ. 5521987",
        "en": "order no. 5521987",
        "hu": "rendelés száma: 5521987",
        "sl": "naročilo št. 5521987",
    }[language],
    "personal.voucher": lambda language: {
        "cs": "poukaz TY7Q-88KD",
        "el": "κουπόνι TY7Q-88KD",
        "en": "voucher TY7Q-88KD",
        "hu": "utalvány: TY7Q-88KD",
        "sl": "bon TY7Q-88KD",
    }[language],
    "personal.address": lambda language: {
        "cs": "Lipová 482/7, 602 00 Brno",
        "el": "Αριστοτέλους 27, 546 24 Θεσσαλονίκη",
        "en": "27 Orchard Lane, Sheffield S11 8YT",
        "hu": "6720 Szeged, Kossuth utca 27.",
        "sl": "Lipova ulica 7, 3000 Celje",
    }[language],
    "personal.birth": lambda language: {
        "cs": "narozena 14. 3. 1987",
        "el": "ημερομηνία γέννησης 14/3/1987",
        "en": "born on 14/3/1987",
        "hu": "született 1987. 03. 14.",
        "sl": "rojena 14. 3. 1987",
    }[language],
    "personal.id": lambda language: {
        "cs": "780123/3540",
        "el": "01013099997",
        "en": "AB 12 34 56 C",
        "hu": "TAJ száma: 111111110",
        "sl": "0101006500006",
    }[language],
    "tone.joke": lambda language: "haha",
    "tone.emoji": lambda language: "😂",
    "phrase.forbidden": lambda language: "Widgets",
    "promise.no_date": lambda language: {
        "cs": "Ozveme se brzy.",
        "el": "Θα ενημερώσουμε σύντομα.",
        "en": "We will call you soon.",
        "hu": "Hamarosan jelentkezünk.",
        "sl": "Kmalu se oglasimo.",
    }[language],
}
OTHER_NAME = {
    "cs": "Dobrý den, pane Zbořile, ",
    "el": "Γεια σας κύριε Ζαφειρίου, ",
    "en": "Hello Mr Zebedee, ",
    "hu": "Kedves Zajzon Zebulon! ",
    "sl": "Spoštovani gospod Zajc, ",
}
IN_ANOTHER = "Vielen Dank für Ihre Nachricht, wir haben das Paket heute Morgen an den Fahrer übergeben."
CLEAN = [one for one in REPLIES if not one.expected]


def complaint(one: Labelled, text: str, **changed: Any) -> Draft:
    forbidden = (Phrase("widgets"),)
    return dataclasses.replace(one.draft, text=text, complaint=True, forbidden=forbidden, **changed)


@pytest.mark.parametrize("code", BEHIND)
def test_one_fault_in_a_clean_reply_gives_exactly_that_finding(code: str) -> None:
    # Others for each fault, and all of them for all faults together.
    first = list(BEHIND).index(code)
    for one in CLEAN[first % 11 :: 11]:
        before = complaint(one, one.draft.text)
        fault = BEHIND[code](one.language)
        expected = sorted([*codes(before), code])
        assert codes(complaint(one, f"{one.draft.text} {fault}")) == expected, (one.draft.text, fault)


def test_another_name_another_language_and_the_same_again_give_exactly_that_finding() -> None:
    for one in CLEAN[::11]:
        named = dataclasses.replace(one.draft, names=("Maria Kovacs",), text=OTHER_NAME[one.language] + "ok.")
        assert codes(named) == ["name.other"]
        if len(one.draft.text) > 40:
            repeated = dataclasses.replace(one.draft, already_said=("x", one.draft.text))
            assert codes(repeated) == ["repeat.same"]
        foreign = dataclasses.replace(one.draft, text=IN_ANOTHER)
        assert codes(foreign) == ["language.other"]


def test_what_is_private_may_be_said_in_private() -> None:
    for one in REPLIES:
        if one.check == "personal":
            assert codes(dataclasses.replace(one.draft, public=False)) == []
