from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.placeholders.fill import AgentName, Blank, Filled, Money, Person, Value, fill
from heard.placeholders.known import PLACEHOLDERS, Kind
from heard.placeholders.text import names_in, quoted

JANA = Person("Jana Nováková")
NOBODY = Person("user_83")
DAYS = "{delivery_days, plural, one {# den} few {# dny} many {# dne} other {# dní}}"


def filled(text: str, language: str = "en", formality: str = "informal", /, **values: Value) -> str:
    named = {name.replace("__", "."): value for name, value in values.items()}
    return fill(text, named, language=language, formality=formality).text


@pytest.mark.parametrize(
    ("language", "formality", "text"),
    [
        ("cs", "informal", "Ahoj Jano,"),
        ("cs", "formal", "Ahoj paní Nováková,"),
        ("en", "informal", "Ahoj Jana,"),
        ("en", "formal", "Ahoj Jana Nováková,"),
        ("sl", "formal", "Ahoj gospa Nováková,"),
        ("el", "formal", "Ahoj κυρία Nováková,"),
        ("hu", "formal", "Ahoj Jana Nováková,"),
    ],
)
def test_a_customer_is_called_as_the_language_does(language: str, formality: str, text: str) -> None:
    assert filled("Ahoj {customer.name},", language, formality, customer__name=JANA) == text


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Hi {customer.name},\nthank you.", "Hi,\nthank you."),
        ("Dobrý den, {customer.name},", "Dobrý den,"),
        ("Dobrý den, {customer.name}, děkujeme.", "Dobrý den, děkujeme."),
        ("Děkujeme, {customer.name}!", "Děkujeme!"),
        ("Γεια σας, {customer.name}!", "Γεια σας!"),
        ("Γεια σου {customer.name},", "Γεια σου,"),
        ("Kedves {customer.name}!", "Kedves!"),
        ("Thank you {customer.name} for writing.", "Thank you for writing."),
        ("{customer.name}, thank you.", "Thank you."),
        ("{customer.name}!\nďakujeme", "Ďakujeme"),
        ("Sorry. {customer.name}, we are late.", "Sorry. We are late."),
        ("One\n{customer.name}, two", "One\nTwo"),
        ("{customer.name}", ""),
        ("{customer.name} {company}", "Acme"),
        ("By {company}, {customer.name}.", "By Acme."),
    ],
)
def test_an_uncertain_name_leaves_no_gap(text: str, without: str) -> None:
    for values in ({}, {"customer__name": NOBODY}):
        assert filled(text, "cs", company="Acme", **values) == without


def test_a_wording_may_be_another_where_the_name_is_not_known() -> None:
    text = "{customer.name, select, known {Dear {customer.name},} other {Hello,}}"
    assert filled(text, customer__name=JANA) == "Dear Jana,"
    assert filled(text, customer__name=NOBODY) == "Hello,"
    assert filled(text) == "Hello,"


def test_a_polite_word_is_a_capital_where_a_sentence_begins() -> None:
    text = "{customer.name}, děkujeme. {customer.name}! A {customer.name}."
    expected = "Paní Nováková, děkujeme. Paní Nováková! A paní Nováková."
    assert filled(text, "cs", "formal", customer__name=JANA) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 dní"),
        (1, "1 den"),
        ("3", "3 dny"),
        (5, "5 dní"),
        ("1,5", "1,5 dne"),
        ("2-3", "2–3 dny"),
        ("3 - 5", "3–5 dní"),
        ("pár", "pár dní"),
    ],
)
def test_a_number_takes_its_form(value: Value, text: str) -> None:
    assert filled(DAYS, "cs", delivery_days=value) == text


def test_exact_numbers_go_before_classes() -> None:
    text = "{restock_quantity, plural, =0 {none} =1 {the last} one {# piece} other {# pieces}}"
    assert [filled(text, restock_quantity=number) for number in (0, 1, 2)] == ["none", "the last", "2 pieces"]


@pytest.mark.parametrize(
    ("language", "one", "two", "between"),
    [
        ("en", "1 day", "2 days", "2–3 days"),
        ("cs", "1 den", "2 dny", "2–3 dny"),
        ("sl", "1 dan", "2 dneva", "2–3 dni"),
        ("hu", "1 nap", "2 nap", "2–3 nap"),
        ("el", "1 ημέρα", "2 ημέρες", "2–3 ημέρες"),
    ],
)
def test_days_bring_their_word_along(language: str, one: str, two: str, between: str) -> None:
    said = [filled("{delivery_days}", language, delivery_days=value) for value in (1, "2", "2-3")]
    assert [text.replace("\u00a0", " ") for text in said] == [one, two, between]


def test_days_and_sums_are_written_as_the_language_does() -> None:
    text = "{promise_date}; {eta}; {refund_amount}"
    values: dict[str, Value] = {
        "promise_date": date(2026, 11, 22),
        "eta": datetime(2026, 11, 22, 14, 30),
        "refund_amount": Money(Decimal("1234.5"), "EUR"),
    }
    as_picked = {**values, "promise_date": "2026-11-22", "eta": "2026-11-22T14:30"}
    said = {}
    for language in ("en", "cs", "sl", "hu", "el"):
        filling = fill(text, values, language=language, formality="formal").text
        assert filling == fill(text, as_picked, language=language, formality="formal").text
        assert " " not in filling.replace("; ", "").replace(", ", "").replace("22. 14", "")
        said[language] = filling.replace("\u00a0", " ")
    assert said == {
        "en": "22 November 2026; 22 November 2026, 14:30; €1,234.50",
        "cs": "22. listopadu 2026; 22. listopadu 2026, 14:30; 1 234,50 €",
        "sl": "22. 11. 2026; 22. 11. 2026, 14.30; 1.234,50 €",
        "hu": "2026. november 22.; 2026. november 22. 14:30; 1 234,50 EUR",
        "el": "22 Νοεμβρίου 2026; 22 Νοεμβρίου 2026, 14:30; 1.234,50 €",
    }


def test_a_date_that_ends_in_a_point_ends_the_sentence_too() -> None:
    said = filled("Határidő: {promise_date}. Várjuk.", "hu", promise_date=date(2026, 11, 22))
    assert said.endswith("22. Várjuk.")
    assert filled("We checked: {reason}. Sorry", reason="It was lost.") == "We checked: It was lost. Sorry"
    assert filled("{reason}...", reason="Wait.") == "Wait...."


def test_choices_read_as_words_and_choose() -> None:
    text = "{order_status, select, shipped {gone} other {{order_status}}}"
    assert filled(text, order_status="shipped") == "gone"
    assert filled(text, order_status="packed") == "packed"
    assert filled("{order_status}", "sl", order_status="delivered") == "dostavljeno"
    assert filled("{order_status}", order_status="held by customs") == "held by customs"


def test_what_nobody_chose_is_asked_for_rather_than_left_out() -> None:
    silent = fill("{order_status, select, packed {a} other {}}", {}, language="en", formality="formal")
    assert silent == Filled("{order_status}", (Blank("order_status", 0, 14),))


def test_an_agent_speaks_as_a_woman_a_man_or_neutrally() -> None:
    text = "{agent.gender, select, female {zjistila} male {zjistil} other {máme}}"
    assert filled(text, agent__gender="female") == "zjistila"
    assert filled(text, agent__first_name=AgentName("Oto", "male")) == "zjistil"
    assert filled(text, agent__first_name=AgentName("Sam")) == "máme"
    assert filled(text) == "máme"
    assert filled("{agent.first_name}", agent__first_name=AgentName("Bea", "female")) == "Bea"


def test_what_is_missing_stays_with_its_place() -> None:
    text = f"{{company}} sends {{order_number}} in {DAYS}."
    result = fill(text, {"company": "Acme"}, language="cs", formality="formal")
    assert result.text == "Acme sends {order_number} in {delivery_days} dní."
    assert [blank.name for blank in result.missing] == ["order_number", "delivery_days"]
    for blank in result.missing:
        assert result.text[blank.start : blank.end] == f"{{{blank.name}}}"


@pytest.mark.parametrize(
    "value", ["{order_number}", "{{company}}", "[x]", "'{'", "#", "%s", "{customer.name"]
)
def test_what_is_put_in_is_never_read_again(value: str) -> None:
    result = fill("{company} {order_number}", {"company": value}, language="en", formality="formal")
    assert result.text == f"{value} {{order_number}}"
    assert [blank.start for blank in result.missing] == [len(value) + 1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\0b", "ab"),
        ("ab\u202egpj.exe", "abgpj.exe"),
        ("\u2066a\u2069\u200f", "a"),
        ("a\nb\r\nc\td", "a b c d"),
        ("  a  ", "a"),
        ("half \ud83d", "half"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("\u200b", "{product}"),
        ("   ", "{product}"),
        ("1\u00a0000", "1\u00a0000"),
    ],
)
def test_nothing_invisible_gets_in(value: str, text: str) -> None:
    assert filled("{product}", product=value) == text


def test_only_long_texts_have_lines_and_all_have_an_end() -> None:
    assert filled("{steps}", steps="1. a\n2. b\n") == "1. a\n2. b"
    assert len(filled("{steps}", steps="a" * 1_000_000)) == 4_000


PLAIN = st.text(st.characters(exclude_characters="{}'#\0", exclude_categories=["Cs"]), max_size=8)
NAMES = st.sampled_from(sorted(PLACEHOLDERS))


def _plain(name: str) -> str:
    return f"{{{name}}}" if PLACEHOLDERS[name].kind is not Kind.GENDER else f"{{{name}, select, other {{x}}}}"


@st.composite
def wordings(draw: st.DrawFn, depth: int = 2) -> str:
    kinds = ["words", "plain", "quoted", *(("select", "plural") if depth else ())]
    pieces = []
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=4)):
        name = draw(NAMES)
        if kind == "words":
            pieces.append(draw(PLAIN))
        elif kind == "quoted":
            pieces.append("'{'")
        elif kind == "plain":
            pieces.append(_plain(name))
        elif kind == "select":
            known, other = draw(wordings(depth - 1)), draw(wordings(depth - 1))
            pieces.append(f"{{{name}, select, known {{{known}}} other {{{other}}}}}")
        else:
            one, other = draw(wordings(depth - 1)), draw(wordings(depth - 1))
            pieces.append(f"{{delivery_days, plural, one {{{one}#}} other {{{other}}}}}")
    return "".join(pieces)


VALUES = st.dictionaries(NAMES, st.sampled_from(["⟦1⟧", "⟦2⟧", "⟦3⟧"]))
LANGUAGES = st.sampled_from(["cs", "el", "hu", "sl", "en", "pl", "xx", ""])


@given(wordings(), VALUES, LANGUAGES, st.sampled_from(["formal", "informal", ""]))
def test_whatever_can_be_read_can_be_filled(
    text: str, values: dict[str, Value], language: str, formality: str
) -> None:
    result = fill(text, values, language=language, formality=formality)
    # Every brace is one that was quoted, or belongs to a blank that is told.
    for blank in result.missing:
        assert result.text[blank.start : blank.end] == f"{{{blank.name}}}"
        assert blank.name in names_in(text)
        assert blank.name not in values
    opened = result.text.count("{") - len(result.missing)
    assert opened <= text.count("'{'")
    assert result.text.count("}") == len(result.missing)
    # Nothing comes out that did not go in.
    for value in {"⟦1⟧", "⟦2⟧", "⟦3⟧"} - set(values.values()):
        assert value not in result.text


@given(st.text(st.one_of(st.sampled_from("'{}#"), st.characters(exclude_characters="\0")), max_size=60))
def test_a_text_in_quotes_comes_out_as_it_went_in(text: str) -> None:
    assert fill(quoted(text), {}, language="en", formality="formal") == Filled(text, ())
