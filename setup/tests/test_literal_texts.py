"""Words that a translator would never see."""

from __future__ import annotations

import pytest
from literal_texts import literal_texts


@pytest.mark.parametrize(
    "template",
    [
        '<p>{{ _("Hello") }}</p>',
        "{% trans count=n %}{{ count }} ticket{% pluralize %}{{ count }} tickets{% endtrans %}",
        "{# a note to ourselves #}<b>{{ name }}</b>",
        "<kbd>Backspace</kbd> <script>let words = 1</script>",
        '<a title="{{ _(\'Close\') }}" class="close button">×</a>',
        "{% block here %}inboxes{% endblock %}{% block main_class %} wide{% endblock %}",
        "{% if ticket.is_open %}{{ waiting }}{% endif %}",
    ],
)
def test_translatable_text_is_let_through(template: str) -> None:
    assert list(literal_texts(template)) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>\nNothing waits.</p>", (2, "Nothing waits.")),
        ('<button aria-label="Close it">×</button>', (1, "Close it")),
        ("{% block page %}\n<i>{{ n }} tickets</i>{% endblock %}", (2, "… tickets")),
        ("{% block body %}{% trans %}Hello{% endtrans %} world{% endblock %}", (1, "world")),
        ("{% block here %}inboxes{% endblock %}<p>Text</p>", (1, "Text")),
        ("{% trans %}Hello{% endtrans %} <b>again</b>", (1, "again")),
    ],
)
def test_literal_text_is_found_with_its_line(template: str, found: tuple[int, str]) -> None:
    assert list(literal_texts(template)) == [found]
