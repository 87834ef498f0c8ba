"""A day that somebody promised, and that is over by the time the reply is written."""

from __future__ import annotations

from datetime import date

from heard.checks.draft import Draft
from heard.checks.gate import examine

TODAY = date(2026, 11, 22)
PASSED = {
    "en": (
        "We will send it by 3 November.",
        "We'll call you before the 5th of November.",
        "It will arrive on November 20, 2026 at the latest.",
        "We are going to refund it by 20/11/2026.",
        "It will be there by 2026-11-21.",
    ),
    "cs": (
        "Pošleme to do 3. listopadu.",
        "Peníze vrátíme nejpozději 20. 11. 2026.",
        "Nový díl dorazí do 21.11.",
        "Ozveme se do pondělí 16. listopadu.",
        "Opravu dokončíme do 30. října.",
    ),
    "sl": (
        "Poslali bomo do 3. novembra.",
        "Denar vrnemo najpozneje 20. 11. 2026.",
        "Nov del pride do 21.11.",
        "Popravilo bo končano do 30. oktobra.",
    ),
    "hu": (
        "November 3-ig elküldjük.",
        "A pénzt legkésőbb 2026. 11. 20-án visszautaljuk.",
        "Az alkatrész 2026. november 20-án érkezik.",
        "A javítás október 30-ig kész lesz.",
    ),
    "el": (
        "Θα το στείλουμε έως τις 3 Νοεμβρίου.",
        "Θα σας επιστρέψουμε τα χρήματα έως 20/11/2026.",
        "Θα σας καλέσουμε μέχρι τις 21.11.",
        "Θα είναι έτοιμο στις 30 Οκτωβρίου.",
    ),
}
STILL_TO_COME_OR_HISTORY = {
    "en": (
        "We will send it by 23 November.",
        "We will send it by 3 January.",
        "We will send it today, 22 November.",
        "We sent it on 3 November and it will be with you tomorrow.",
        "We will refund your payment of 3 November today.",
        "We will refund what you paid on 3 November.",
        "The offer of 3 November, which you saw, will be back on Monday.",
        "We will send it by 04/12/2026.",
        "The parcel weighs 3.11 kg and will be with you tomorrow.",
    ),
    "cs": (
        "Pošleme to do 23. listopadu.",
        "Pošleme to do 3. ledna.",
        "Balík jsme odeslali 3. listopadu a zítra dorazí.",
        "Platbu z 3. 11. vám dnes vrátíme.",
        "Od 3. listopadu máme otevřeno i v neděli.",
        "Akce, která platila do 3. 11., bude zpátky v pondělí.",
    ),
    "sl": (
        "Poslali bomo do 23. novembra.",
        "Paket smo poslali 3. novembra in jutri pride.",
        "Plačilo z dne 3. 11. danes vrnemo.",
        "Od 3. novembra imamo odprto tudi v nedeljo.",
    ),
    "hu": (
        "November 23-ig elküldjük.",
        "A csomagot november 3-án feladtuk, holnap érkezik.",
        "A november 3-i fizetést ma visszautaljuk.",
        "November 3-tól vasárnap is nyitva tartunk.",
    ),
    "el": (
        "Θα το στείλουμε έως τις 23 Νοεμβρίου.",
        "Το στείλαμε στις 3 Νοεμβρίου, θα έρθει αύριο.",
        "Θα σας επιστρέψουμε σήμερα την πληρωμή της 3ης Νοεμβρίου.",
    ),
}


def _codes(text: str, language: str, today: date | None = TODAY) -> list[str]:
    findings = examine(Draft(text=text, public=True, language=language, today=today))
    return [found.code for found in findings if found.check == "promises" and found.weight != "hint"]


def test_a_promised_day_that_is_over_is_found_however_it_is_written() -> None:
    wrong = {(text, *_codes(text, language)) for language, texts in PASSED.items() for text in texts}
    assert {one for one in wrong if one[1:] != ("promise.past",)} == set()


def test_a_day_to_come_and_one_on_which_something_was_done_are_no_fault() -> None:
    texts = [(one, language) for language, some in STILL_TO_COME_OR_HISTORY.items() for one in some]
    assert [(text, found) for text, language in texts if (found := _codes(text, language))] == []


def test_the_day_is_marked_in_the_text_and_said_in_the_reason() -> None:
    text = "Hello, we will send it by 3 November, as agreed."
    [found] = [one for one in examine(Draft(text=text, public=True, today=TODAY)) if one.check == "promises"]
    assert text[found.start : found.end] == "3 November"
    assert found.sentence == "“3 November” has passed already. Say a day that is still to come."
    assert found.weight == "warn"


def test_nobody_can_tell_without_knowing_what_day_it_is() -> None:
    assert _codes("We will send it by 3 November.", "en", today=None) == []


def test_a_wish_for_a_nice_day_is_no_date_of_a_promise() -> None:
    for text in (
        "Dobrý den, ozveme se vám.",
        "We will call you. Have a nice day.",
        "Poklicali vas bomo. Lep dan.",
    ):
        assert _codes(text, "") == ["promise.no_date"]
