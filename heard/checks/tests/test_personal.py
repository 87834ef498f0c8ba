from __future__ import annotations

import pytest

from heard.checks.draft import Draft
from heard.checks.personal import personal

AROUND = {
    "en": "Thank you, Jana. We have noted {} and will write to you today.",
    "cs": "Děkujeme, Jano. Zapsali jsme si {} a dnes se ozveme.",
    "sl": "Hvala, Jana. Zapisali smo si {} in se danes oglasimo.",
    "hu": "Köszönjük, Anna. Felírtuk: {} és ma jelentkezünk.",
    "el": "Ευχαριστούμε, Ελένη. Σημειώσαμε {} και θα σας γράψουμε σήμερα.",
}
FAULTS = {
    "personal.email": [
        "jana.kovarova@example.com",
        "a+b@mail.example.co.uk",
        "jana@exämple.eu",
        "J_K@x-y.cz",
    ],
    "personal.phone": [
        "+420 602 123 456",
        "+420602123456",
        "00420 602 123 456",
        "602 123 456",
        "602123456",
        "777-123-456",
        "+30 691 234 5678",
        "6912345678",
        "691 234 5678",
        "210 6123456",
        "+386 31 234 567",
        "031 234 567",
        "031/234-567",
        "01 234 56 78",
        "+36 20 123 4567",
        "06 20 123 4567",
        "06-20-123-4567",
        "0620/123-4567",
        "+44 20 7946 0958",
        "+49 30 901820",
        "(+30) 210 6123456",
    ],
    "personal.iban": [
        "CZ65 0800 0000 1920 0014 5399",
        "CZ6508000000192000145399",
        "GR16 0110 1250 0000 0001 2300 695",
        "SI56 2633 0001 2039 086",
        "HU42 1177 3016 1111 1018 0000 0000",
        "gr1601101250000000012300695",
        "DE89-3704-0044-0532-0130-00",
    ],
    "personal.card": [
        "4111 1111 1111 1111",
        "4111111111111111",
        "5555-5555-5555-4444",
        "3782 822463 10005",
        "378282246310005",
        "2223 0031 2200 3222",
    ],
}
FAULT_LIST = [(code, fault) for code, faults in FAULTS.items() for fault in faults]
FALSE_STOPS = {
    "en": [
        "It costs 1 234 567 EUR, or €602 123 456, or 12,345.60 USD.",
        "We write about 602 orders and 123 invoices, ticket #1042.",
        "Open 8:00-16:00, on Saturday 9.00 - 12.00, 10-18 on Sunday.",
        "On 12. 10. 2026, 12/10/2026, 2026-10-03 and 3.10.2026 14:30.",
        "In the years 2024, 2025-2026 and 2026/2027.",
        "About 250 000 000 people and 1 500 000 parcels.",
        "Serial 4111 1111 1111 1112 and EAN 8591234567890.",
        "Follow @ana@mastodon.example and @acme, 50% off.",
        "Version 10.20.30.40, size 120 x 200 x 35, article 12-345-678.",
        "See https://example.com/u/jana@example.com/602123456?p=+420602123456.",
    ],
    "cs": [
        "Stojí to 602 123 456 Kč nebo 1 290,- Kč.",
        "Otevřeno Po-Pá 8:00-17:00, So 9-12. PSČ 602 00 Brno, 110 00 Praha 1.",
        "Dne 3. 10. 2026 v 14.30, balík o váze 12 345 g.",
    ],
    "sl": [
        "Stane 1.234,56 EUR. Naročilo nad 50 EUR je brez poštnine.",
        "Odprto 8.00–16.00. 1000 Ljubljana, 3. 10. 2026.",
    ],
    "hu": [
        "Ára 12 990 Ft, összesen 1 234 567 Ft. A rendelés 10 000 Ft felett ingyenes.",
        "Nyitva 8–16 óra, 1051 Budapest, 2026. 10. 03. 14:30.",
    ],
    "el": [
        "Κοστίζει 1.234,56 € ή 2101234567 ευρώ. Παραγγελίες άνω των 50 €.",
        "Ανοιχτά 9:00-17:00, ΤΚ 104 31 Αθήνα, 3/10/2026 στις 14:30.",
    ],
}
FALSE_LIST = [text for texts in FALSE_STOPS.values() for text in texts]


def found(text: str, *, public: bool = True, ours: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    draft = Draft(text=text, public=public, ours=ours)
    return [(f.code, text[f.start : f.end]) for f in personal(draft)]


@pytest.mark.parametrize("language", AROUND)
@pytest.mark.parametrize(("code", "fault"), FAULT_LIST)
def test_one_fault_is_found_exactly_where_it_stands(code: str, fault: str, language: str) -> None:
    assert found(AROUND[language].format(fault)) == [(code, fault)]


@pytest.mark.parametrize("language", AROUND)
def test_a_reply_without_personal_details_is_let_through(language: str) -> None:
    assert found(AROUND[language].format("…")) == []


@pytest.mark.parametrize(("code", "fault"), FAULT_LIST)
def test_in_private_everything_may_be_said(code: str, fault: str) -> None:
    assert found(AROUND["en"].format(fault), public=False) == []


@pytest.mark.parametrize("text", FALSE_LIST)
def test_what_only_looks_personal_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Tel.: 602123456.", "602123456"),
        ("call 6912345678, please", "6912345678"),
        ("tel:+420602123456", "+420602123456"),
        ("(602 123 456)", "602 123 456"),
        ("Zavolejte na číslo 602123456", "602123456"),
        ("on this number: 602 123 456", "602 123 456"),
        ("(210) 6123456", "(210) 6123456"),
        ("τηλ. 2106123456", "2106123456"),
        ("+420 602 123 456, +420 602 123 457", "+420 602 123 456"),
    ],
)
def test_signs_around_a_number_do_not_hide_it(text: str, number: str) -> None:
    assert found(text)[0] == ("personal.phone", number)


def test_two_faults_are_two_findings() -> None:
    text = "Write to a@example.com, call +420 602 123 456, pay to CZ65 0800 0000 1920 0014 5399."
    assert [code for code, _ in found(text)] == ["personal.email", "personal.iban", "personal.phone"]


def test_words_after_an_account_do_not_belong_to_it() -> None:
    assert found("CZ65 0800 0000 1920 0014 5399 ACME AND CO") == [
        ("personal.iban", "CZ65 0800 0000 1920 0014 5399")
    ]


def test_what_the_company_shows_on_purpose_is_let_through() -> None:
    text = "Write to Help@acme.example or call +420 800 123 456."
    assert found(text, ours=("help@acme.example", "+420800123456")) == []
    assert found(text) != []


def test_a_finding_can_be_overridden_and_says_what_it_saw() -> None:
    [finding] = personal(Draft(text="Write to a@example.com.", public=True))
    assert finding.overridable
    assert finding.sentence == "Everyone will see the e-mail address a@example.com."
