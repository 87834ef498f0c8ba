from __future__ import annotations

from heard.replies.previews import with_samples, without_placeholders
from heard.replies.tests.shelf import CS, EN

TEXT = "Hello {customer.name}, order {order_number} comes in {delivery_days, plural, one {# day} other {# days}}."


def test_a_preview_shows_how_it_reads() -> None:
    filled = with_samples(TEXT, EN)

    assert filled.missing == ()
    assert "{" not in filled.text
    assert with_samples("Dobrý den{customer.name, select, known {, {customer.name}} other {}}.", CS).text


def test_what_is_copied_for_elsewhere_has_blanks_that_people_see() -> None:
    assert without_placeholders(TEXT, EN) == "Hello, order [order number] comes in [delivery days] days."
