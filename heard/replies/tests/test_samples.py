from __future__ import annotations

from heard.replies.samples import with_samples, without_placeholders
from heard.replies.tests.shelf import CS, EN
from tests.cast import NOON

TEXT = "Hello {customer.name}, order {order_number} comes in {delivery_days, plural, one {# day} other {# days}}. {reason}"


def test_a_preview_shows_how_it_reads_and_what_is_asked_for() -> None:
    filled = with_samples(TEXT, EN, now=NOON)

    assert filled.text == "Hello Anna Smith, order A-10425 comes in 3 days. {reason}"
    assert [blank.name for blank in filled.missing] == ["reason"]
    assert with_samples(
        "Dobrý den{customer.name, select, known {, {customer.name}} other {}}.", CS, now=NOON
    ).text


def test_what_is_copied_for_elsewhere_has_blanks_that_people_see() -> None:
    assert (
        without_placeholders(TEXT, EN)
        == "Hello, order [order number] comes in [delivery days] days. [reason]"
    )
