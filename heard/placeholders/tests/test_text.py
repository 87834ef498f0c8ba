from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.placeholders.parts import Number, Plain, Plural, Select, Words
from heard.placeholders.text import LONGEST, WrongWording, names_in, parse

DAYS = "{delivery_days, plural, one {# day} other {# days}}"


def test_a_text_is_read_part_by_part() -> None:
    text = f"Hi {{customer.name}}, {DAYS}"
    hi, name, comma, days = parse(text).parts
    assert hi == Words("Hi ")
    assert name == Plain("customer.name", 3, 18)
    assert comma == Words(", ")
    assert isinstance(days, Plural)
    assert days.cases["one"] == (Number("delivery_days"), Words(" day"))
    assert text[days.start : days.end] == DAYS


def test_cases_stand_in_cases_and_a_number_sign_means_the_nearest_plural() -> None:
    inner = "{agent.gender, select, female {# a} other {# o}}"
    (days,) = parse(f"{{delivery_days, plural, one {{{inner}}} other {{#}}}}").parts
    assert isinstance(days, Plural)
    (gender,) = days.cases["one"]
    assert isinstance(gender, Select)
    assert gender.cases["female"] == (Number("delivery_days"), Words(" a"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("it's", "it's"),
        ("it''s", "it's"),
        ("'{'company'}'", "{company}"),
        ("'{company}'", "{company}"),
        ("'{''}'", "{'}"),
        ("o' ", "o' "),
        ("no #1", "no #1"),
        ("", ""),
        ("a'", "a'"),
        ("O'Neill's '{", None),
    ],
)
def test_an_apostrophe_quotes_only_before_a_brace(text: str, said: str | None) -> None:
    if said is None:
        with pytest.raises(WrongWording):
            parse(text)
    else:
        assert "".join(part.text for part in parse(text).parts if isinstance(part, Words)) == said


def test_in_a_plural_a_quoted_number_sign_is_one() -> None:
    (days,) = parse("{delivery_days, plural, other {'#'1}}").parts
    assert isinstance(days, Plural)
    assert days.cases["other"] == (Words("#1"),)


def test_names_are_told_in_order_and_once() -> None:
    text = "{company} {customer.name, select, known {{customer.name}, {reason}} other {{team}}} {company}"
    assert names_in(text) == ("company", "customer.name", "reason", "team")


@pytest.mark.parametrize(
    ("text", "sentence", "where"),
    [
        ("{custmer.name}", "“{custmer.name}” is not known. Did you mean {customer.name}?", "{custmer.name}"),
        ("{Name}", "“{Name}” is not known. Did you mean {customer.name}?", "{Name}"),
        ("{Order number}", "“{Order number}” is not known. Did you mean {order_number}?", "{Order number}"),
        ("{xyzzy}", "“{xyzzy}” is not known.", "{xyzzy}"),
        ("{company.__class__}", "“{company.__class__}” is not known.", "{company.__class__}"),
        ("{{company}}", "One brace at each side is enough, as in {company}.", "{{"),
        ("{}", "Nothing is named between these braces.", "{}"),
        ("{company", "What begins here does not end: a “}” is missing.", "{"),
        ("a {company, select, known {b", "What begins here does not end: a “}” is missing.", "{"),
        ("{company, select,", "What begins here does not end: a “}” is missing.", "{"),
        ("a } b", "This “}” has no “{” before it. To write the sign itself, put it in quotes: '}'.", "}"),
        ("{company, date}", "After the comma “plural” or “select” may follow, not “date”.", "{company, date"),
        ("{company,}", "After the comma “plural” or “select” may follow, not “”.", "{company,"),
        ("{reason, plural, other {}}", "“reason” is no number, so it has no plural.", "{reason, plural,"),
        ("{agent.gender}", "“agent.gender” chooses words and is none itself. Write it with “select”.", None),
        (
            "{agent.gender, select, woman {a} other {b}}",
            "“woman” is no case of “agent.gender”. It may be male, female, known, other.",
            "woman",
        ),
        (
            "{company, select, known {a}}",
            "The case “other” is missing: what is said when no other case fits.",
            None,
        ),
        ("{company, select, known {a} known {b} other {}}", "The case “known” stands here twice.", "known"),
        ("{company, select, known a other {}}", "After “known” its text is missing, in braces.", "known "),
        ("a\0b", "Here is a sign that nobody can read.", "\0"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, sentence: str, where: str | None) -> None:
    with pytest.raises(WrongWording) as wrong:
        parse(text)
    assert wrong.value.sentence == sentence
    assert text[wrong.value.start : wrong.value.end] == (text if where is None else where)


@pytest.mark.parametrize(
    ("language", "cases", "sentence"),
    [
        (
            "cs",
            "one {a} other {b}",
            "The case “few” is missing. In this language it is said of 2.",
        ),
        (
            "sl",
            "one {a} few {c} other {b}",
            "The case “two” is missing. In this language it is said of 2.",
        ),
        ("en", "other {b}", "The case “one” is missing. In this language it is said of 1."),
    ],
)
def test_a_plural_needs_what_its_language_has(language: str, cases: str, sentence: str) -> None:
    text = f"{{delivery_days, plural, {cases}}}"
    parse(text)
    with pytest.raises(WrongWording) as wrong:
        parse(text, language=language)
    assert wrong.value.sentence == sentence


def test_fractions_are_no_reason_to_ask_for_one_more_case() -> None:
    parse("{delivery_days, plural, one {a} few {b} other {c}}", language="cs")


def test_length_and_depth_have_bounds() -> None:
    parse("a" * LONGEST)
    with pytest.raises(WrongWording):
        parse("a" * (LONGEST + 1))
    deep = "{company, select, other {"
    parse(deep * 4 + "}}" * 4)
    with pytest.raises(WrongWording):
        parse(deep * 5 + "}}" * 5)
    with pytest.raises(WrongWording):
        parse(deep * 700)


SIGNS = st.lists(
    st.sampled_from([*"{}#',= ab", "company", "customer.name", "delivery_days", "select", "plural", "other"]),
    max_size=30,
).map("".join)


@given(st.one_of(SIGNS, st.text(max_size=60)), st.sampled_from(["", "cs", "en"]))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str, language: str) -> None:
    wrong = _refusal(text, language)
    assert wrong is None or (wrong.sentence and 0 <= wrong.start <= wrong.end <= len(text))


def _refusal(text: str, language: str) -> WrongWording | None:
    try:
        parse(text, language=language)
    except WrongWording as wrong:
        return wrong
    return None
