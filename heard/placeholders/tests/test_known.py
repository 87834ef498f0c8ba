from __future__ import annotations

from heard.placeholders.known import PLACEHOLDERS, Kind
from heard.placeholders.states import state_written

PERSONAL = {
    *("order_number", "tracking_link", "pickup_point", "ticket_number", "status_link", "safe_form_link"),
    *("remedy_value", "voucher_code", "voucher_expiry", "refund_amount", "callback_slot", "phone", "email"),
    "survey_link",
}


def test_what_belongs_to_one_customer_is_marked() -> None:
    assert {name for name, one in PLACEHOLDERS.items() if one.personal} == PERSONAL


def test_every_choice_has_its_word_in_the_five_languages() -> None:
    for placeholder in PLACEHOLDERS.values():
        if placeholder.kind is not Kind.CHOICE:
            continue
        for language in ("cs", "el", "hu", "sl", "en"):
            words = {state_written(placeholder.name, choice, language) for choice in placeholder.choices}
            assert len(words) == len(placeholder.choices)
