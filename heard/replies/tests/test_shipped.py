"""Every text of the library, in every finished language: complete, readable, short enough, and fit to send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from heard.channels.contract import Count
from heard.checks.draft import Draft
from heard.checks.gate import examine
from heard.contacts.models import Formality
from heard.language.lengths import length
from heard.placeholders.fill import Person, Value, fill
from heard.placeholders.known import PLACEHOLDERS
from heard.placeholders.parts import Plain
from heard.placeholders.text import names_in, parse
from heard.placeholders.wrong import WrongWording
from heard.replies.golden import stale
from heard.replies.models import Audience, SavedReply, Situation
from heard.replies.samples import combinations, sample_values
from heard.replies.shipped import ALWAYS_ALLOWED, READERS, SOURCE, Manner, chapters, index, said_in, shipped

SMALLEST_POST = 280  # X, counted as X counts


class Text(NamedTuple):
    starter: str
    language: str
    manner: Manner
    text: str

    def __str__(self) -> str:
        manner = self.manner
        return f"{self.language} {self.starter}: {manner.audience}, {manner.formality}"


def every_text() -> Iterator[Text]:
    for one in shipped().values():
        for language, texts in one.texts.items():
            for manner, text in texts.items():
                yield Text(one.starter, language, manner, text)


def test_every_reply_is_there_in_every_finished_language_for_all_who_read_it() -> None:
    wrong: list[str] = []
    for language in index().languages:
        said = said_in(language)
        wrong += [
            f"{language} {starter}: not in the index" for starter in said.keys() - index().replies.keys()
        ]
        for starter, facts in index().replies.items():
            if starter not in said:
                wrong.append(f"{language} {starter}: missing")
            elif tuple(form for form in READERS if getattr(said[starter], form) is not None) != facts.forms:
                wrong.append(f"{language} {starter}: its forms are not {facts.forms}")

    assert wrong == []


def test_every_language_has_the_chapters_of_the_source_in_their_order() -> None:
    order = _chapters_in_order(SOURCE)

    assert sorted(starter for _chapter, starter in order) == sorted(index().replies), "once each"
    for language in index().languages:
        assert _chapters_in_order(language) == order, language


def _chapters_in_order(language: str) -> list[tuple[str, str]]:
    return [(name, starter) for name, chapter in chapters(language).items() for starter in chapter]


def test_names_and_titles_fit_into_their_columns_and_blocks_are_marked() -> None:
    assert [one for one in shipped() if len(one) > 20] == []
    blocks = {one.facts.block for one in shipped().values()}
    assert blocks == set(SavedReply.Block)
    titles = [(language, title) for one in shipped().values() for language, title in one.titles.items()]
    assert len(set(titles)) == len(titles)


def test_every_text_can_be_read_and_has_the_plurals_of_its_language() -> None:
    wrong: list[str] = []
    for one in every_text():
        try:
            parse(one.text, language=one.language)
        except WrongWording as error:
            wrong.append(f"{one}: {error}")

    assert wrong == []


def test_texts_use_the_placeholders_of_their_reply_and_public_ones_nothing_personal() -> None:
    wrong: list[str] = []
    for one in every_text():
        names = set(names_in(one.text))
        allowed = ALWAYS_ALLOWED | set(index().replies[one.starter].placeholders)
        wrong += [f"{one}: {name}" for name in names - allowed]
        if one.manner.audience == Audience.PUBLIC:
            wrong += [f"{one}: {name} is personal" for name in names if PLACEHOLDERS[name].personal]
    used = {(one.starter, name) for one in every_text() for name in names_in(one.text)}
    for starter, facts in index().replies.items():
        wrong += [
            f"{starter}: nobody uses {name}" for name in facts.placeholders if (starter, name) not in used
        ]

    assert wrong == []


def test_however_the_values_fall_no_brace_and_no_gap_is_left() -> None:
    wrong: list[str] = []
    for one in every_text():
        for values in combinations(one.text, names_in(one.text), one.language):
            filled = fill(one.text, values, language=one.language, formality=one.manner.formality)
            wrong += [f"{one}: {gap!r} in {filled.text!r}" for gap in _gaps(filled.text, values)]

    assert wrong == []


def _gaps(text: str, values: dict[str, Value]) -> list[str]:
    """What a value that fell out may leave behind, and braces that are no blank to be filled in."""
    for name in PLACEHOLDERS.keys() - values.keys():
        text = text.replace(f"{{{name}}}", "…")
    found = [gap for gap in ("{", "}", "  ", ", ,", " ,", " .", ",,", "\n\n\n", "\n ", " \n") if gap in text]
    return [*found, "nothing"] if not text.strip() else found


def test_where_nothing_is_known_every_blank_can_still_be_seen() -> None:
    wrong: list[str] = []
    for one in every_text():
        filled = fill(one.text, {}, language=one.language, formality=one.manner.formality)
        always = {part.name for part in parse(one.text).parts if isinstance(part, Plain)}
        seen = {blank.name for blank in filled.missing}
        wrong += [f"{one}: {name}" for name in always - seen - {"customer.name"}]

    assert wrong == []


def test_public_texts_fit_the_smallest_network() -> None:
    wrong: list[str] = []
    for one in every_text():
        if one.manner.audience == Audience.PUBLIC:
            said = _usual(one)
            if (long := length(said, Count.WEIGHTED)) > SMALLEST_POST:
                wrong.append(f"{one}: {long}")

    assert wrong == []


def test_the_gate_lets_every_filled_text_pass() -> None:
    wrong: list[str] = []
    for one in every_text():
        customers = [sample_values(one.language)["customer.name"], Person("user_83")]
        for customer in customers if "customer." in one.text else customers[:1]:
            draft = _draft(one, customer)
            found = [each for each in examine(draft) if each.weight != "hint"]
            wrong += [f"{one}: {each.code} {draft.text[each.start : each.end]}" for each in found]

    assert wrong == []


def _draft(one: Text, customer: Value) -> Draft:
    values = sample_values(one.language) | {"customer.name": customer}
    agent = values["agent.first_name"]
    assert isinstance(customer, Person)
    filled = fill(one.text, values, language=one.language, formality=one.manner.formality)
    situation = index().replies[one.starter].situation
    return Draft(
        text=filled.text,
        public=one.manner.audience == Audience.PUBLIC,
        limit=SMALLEST_POST if one.manner.audience == Audience.PUBLIC else None,
        counts=Count.WEIGHTED,
        language=one.language,
        formality=one.manner.formality,
        complaint=situation in (Situation.COMPLAINT, Situation.BAD_REVIEW),
        names=(customer.full, customer.first, customer.family),
        agent_names=(getattr(agent, "first", ""), getattr(values["colleague"], "first", "")),
        first_answer=index().replies[one.starter].block == SavedReply.Block.WHOLE,
    )


def _usual(one: Text) -> str:
    return fill(
        one.text, sample_values(one.language), language=one.language, formality=one.manner.formality
    ).text


def test_formal_and_informal_texts_are_two_texts() -> None:
    """What stands in both is a text that somebody forgot to write. A box to tick says it in the same words."""
    same = [
        str(one)
        for one in every_text()
        if one.manner.formality == Formality.INFORMAL
        and one.text
        == shipped()[one.starter].texts[one.language][one.manner._replace(formality=Formality.FORMAL)]
    ]

    assert [one for one in same if "consent-request" not in one and "good-" not in one] == []


def test_the_golden_files_say_what_the_library_says() -> None:
    assert stale() == [], "Run `python -m setup.golden`, and read what changed."
