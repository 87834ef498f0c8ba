from __future__ import annotations

import pytest

from heard.checks.blanks import blanks
from heard.checks.draft import Draft

# Fit to send, in five languages. None of them may be stopped, and each fault below is put into one of them.
FIT = {
    "en": "Dear Jana, thank you for writing. Your parcel is on its way and arrives on Monday.",
    "cs": "Dobrý den, děkujeme za zprávu. Váš balík je na cestě a dorazí v pondělí.",
    "sl": "Spoštovani, hvala za sporočilo. Vaš paket je na poti in prispe v ponedeljek.",
    "hu": "Kedves Anna! Köszönjük az üzenetet. A csomagja úton van, hétfőn érkezik.",
    "el": "Αγαπητή Ελένη, ευχαριστούμε για το μήνυμα. Το δέμα σας έρχεται τη Δευτέρα.",
}
UNFILLED = [
    "[name]",
    "[NAME]",
    "[x]",
    "[order number]",
    "[jméno]",
    "[vaše číslo]",
    "[όνομα]",
    "[megrendelés száma]",
    "{x}",
    "{name}",
    "{ first_name }",
    "{číslo objednávky}",
    "{{x}}",
    "{{ ime }}",
    "{{contact.first_name}}",
    "{{név | nagybetű}}",
    "{{}}",
    "{% if name %}",
    "#{name}",
    "${name}",
    "%{name}",
    "%name%",
    "%FIRST_NAME%",
    "%jméno%",
    "%(name)s",
    "<name>",
    "<customer name>",
    "<όνομα>",
    "{0}",
    "{!Contact.Name}",
    "*|FNAME|*",
    "[[name]]",
    "[___]",
    "@@name@@",
    "##name##",
    "$order_number",
    "<<name>>",
    "<%= name %>",
    "&lt;name&gt;",
    "CUSTOMER_NAME",
    "customer.name",
    "%s",
    "___",
    "XXX",
    "XX.XX.",
    "DD.MM.YYYY",
    "TODO",
    "undefined",
    "[object Object]",
    "(insert name)",
    "{{name",
    "[name",
    "name]]",
    "{{name]]",
    "[name / date, …]",
    "[[=name]]",
    "==name==",
    "++jméno++",
    "||ime||",
    "@név@",
    "§όνομα§",
    "【name】",
    "&name;",
    "%name",
    "$jméno",
    "(???)",
    "__/__/____",
    "CITY_HERE",
    "(product)",
    "@first_name",
    "(doplnit jméno)",
    "(név beírandó)",
    "{customer.name, select, known {Dear {customer.name},} other {Hello,}}",
    "{n, plural, one {# day} other {# days}}",
]
FALSE_STOPS = [
    "See [1] and [12] below.",
    "We are sorry :[ and now :-{ and then ]: again {:",
    "Read [our terms](https://example.com/terms) please.",
    "Read [our terms][2] please.\n[2]: https://example.com",
    "You get 100% of it back.",
    "Between 20% … 30% of parcels, 20 % to 30 %, even 5%-10% are late.",
    "100% sure, 50% done",
    'The page said {"order": 5521, "items": [{"name": "x"}]} and nothing else.',
    'It answered {"a":{"b":{"c":1}}} twice.',
    "Look at https://example.com/a%20b%20c/%C3%A9t%C3%A9?x=%7Bname%7D&y={name}&z=[name].",
    "Look at www.example.com/{id}/%id% then.",
    "caf%C3%A9 and %C3%A9t%C3%A9",
    "We <3 it, and 3 < 5 > 2, a <- b -> c",
    "Write to <ana@example.com> or see <https://example.com>.",
    "It is <b>very</b> important.<br>",
    "You wrote: “It was […] late and [...] wet (…)”.",
    "[…] and then it rained.",
    "“[Y]our staff is lovely” made our week.",
    "Oh dear, that should not happen.",
    "Press [OK], then choose [Settings] → [Wi-Fi].",
    "- [ ] one\n- [x] two",
    "The card ending XXXX 1234 and sizes XS-XXL, XXXL.",
    "See you there, love xxx",
    "________________\nAcme Shop",
    "Price ........ 12 EUR",
    "Hmm.... let us see... well…",
    "Write the date in the form DD.MM.YYYY please.",
    "The error DNS_PROBE_FINISHED and ERR_NAME_NOT_RESOLVED.",
    "Call `GET /orders/{id}` or /orders/{id}/items.",
    "Vážená paní, vážený pane, děkujeme.",
    "Spoštovani gospod, hvala. Αγαπητέ κύριε, ευχαριστούμε.",
    "Dear Jana - thank you.",
    "Hello, thank you.",
    "Hello - thank you.",
    "Hi!",
    "Dobrý den, děkujeme.",
    "Γεια σας, ευχαριστούμε.",
    "Spoštovani, hvala.",
    "Tisztelt Hölgyem!",
    "Vážená paní Nováková,",
]
GREETINGS = [
    ("Dear ,", "Dear"),
    ("Dear, ", "Dear"),
    ("Dear - ", "Dear"),
    ("Dear Mr ,", "Dear Mr"),
    ("Hello , ", "Hello"),
    ("Dobrý den ,", "Dobrý den"),
    ("Milý ,", "Milý"),
    ("Vážený pane ,", "Vážený pane"),
    ("Kedves ,", "Kedves"),
    ("Szia ,", "Szia"),
    ("Dragi ,", "Dragi"),
    ("Živjo ,", "Živjo"),
    ("Αγαπητή ,", "Αγαπητή"),
    ("Γεια σας ,", "Γεια σας"),
]


def found(text: str) -> list[tuple[str, str]]:
    return [(f.code, text[f.start : f.end]) for f in blanks(Draft(text=text, public=False))]


@pytest.mark.parametrize("text", FIT.values(), ids=FIT)
def test_a_finished_reply_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("language", FIT)
@pytest.mark.parametrize("blank", UNFILLED)
def test_one_blank_is_found_exactly_where_it_stands(blank: str, language: str) -> None:
    first, rest = FIT[language].split(". " if ". " in FIT[language] else "! ", 1)
    assert found(f"{first} {blank}. {rest}") == [("blanks.unfilled", blank)]


def test_every_blank_is_found_for_itself() -> None:
    text = "Order [number] of {name}, {{date}}."
    assert [blank for _, blank in found(text)] == ["[number]", "{name}", "{{date}}"]


@pytest.mark.parametrize("text", FALSE_STOPS)
def test_what_only_looks_like_a_blank_is_let_through(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("greeting", "shown"), GREETINGS)
def test_a_greeting_that_lost_its_name_is_found(greeting: str, shown: str) -> None:
    text = f"{greeting} your parcel is on its way."
    [finding] = blanks(Draft(text=text, public=False))
    assert finding.code == "blanks.greeting"
    assert finding.params["blank"] == shown
    assert text[finding.start : finding.end] == greeting.strip()
    assert finding.overridable


@pytest.mark.parametrize(
    "text", ["Your parcel no. , is here.", "It costs () today.", "Balík č. . Dorazí.", "To: . Hi"]
)
def test_a_value_that_fell_out_is_found(text: str) -> None:
    assert [code for code, _ in found(text)] == ["blanks.lost"]


@pytest.mark.parametrize(
    "text",
    ["Dear null, hi", "Hello undefined, hi", "Dear ..., hi", "Kedves ___! Üdv", "Vážený pane ***, den"],
)
def test_a_greeting_of_nobody_is_found(text: str) -> None:
    assert [code for code, _ in found(text)] == ["blanks.greeting"]


def test_a_finding_says_what_is_blank() -> None:
    [finding] = blanks(Draft(text="Hi {name}, hello", public=True))
    assert finding.sentence == "“{name}” has not been filled in."
    assert "%(blank)s" in finding.reason
