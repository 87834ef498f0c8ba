"""Out of Heard and in again is the same; what others export comes in as far as we have the like."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.events.models import EventRecord
from heard.placeholders.fill import fill
from heard.placeholders.text import quoted
from heard.replies.exchange.chatwoot import as_shortcut
from heard.replies.exchange.files_csv import as_it_was, harmless, read_csv, written_csv
from heard.replies.exchange.files_json import read_json, written_json
from heard.replies.exchange.record import Reading, Record, Unreadable
from heard.replies.exchange.theirs import as_ours
from heard.replies.folders import add_folder
from heard.replies.models import Macro, SavedReply
from heard.replies.read_in import Form, Outcome, read_file, read_in
from heard.replies.rights import ForAdmins
from heard.replies.stale import Said
from heard.replies.tests.shelf import CS, CS_PUBLIC, EN, EN_PUBLIC, EN_TU, a_reply, stale_in, texts_of
from heard.replies.ways import Way
from heard.replies.write import say
from heard.replies.write_out import records_of
from heard.workspaces.models import Agent
from tests.cast import NOON, a_workspace, an_agent

CHATWOOT = Path(__file__).parent / "exports" / "chatwoot.json"
ZENDESK = Path(__file__).parent / "exports" / "zendesk.json"


def brought(content: str | bytes, by: Agent, form: Form = Form.CSV, **how: Any) -> Outcome:
    raw = content.encode() if isinstance(content, str) else content
    return read_in(read_file(raw, form=form, way=EN), form=form, by=by, now=NOON, **how)


@pytest.fixture
def shelf(ann: Agent) -> list[SavedReply]:
    """Everything that a file has to carry, and words that could break one."""
    orders = add_folder("Orders", parent=None, by=ann, now=NOON)
    late = add_folder("Late; and, so on", parent=orders, by=ann, now=NOON)
    one = a_reply(
        ann,
        {
            EN: '=SUM(A1)\n"quoted", it\'s; {customer.name}',
            EN_PUBLIC: "'=x",
            EN_TU: "+1",
            CS: "-5 °C",
            CS_PUBLIC: "@dana",
        },
        titles={"en": "=Late, “very”", "cs": "Pozdě", "el": "Αργεί"},
        shortcut="late",
        folder=late,
        tags=["parcel", "late one"],
        situation="complaint",
        block="answer",
        expires_on=date(2027, 1, 31),
    )
    say(one, EN, "\tOtherwise,\n\nin three lines", by=ann, now=NOON)
    return [one, a_reply(ann, draft=True, title="Draft")]


@pytest.mark.parametrize("form", [Form.CSV, Form.JSON])
def test_a_file_brings_the_same_into_another_workspace(
    shelf: list[SavedReply], ann: Agent, form: Form
) -> None:
    write = written_csv if form == Form.CSV else written_json
    eve = an_agent(a_workspace("Other"), "Eve", Agent.Role.ADMIN)
    file = write(records_of(ann))

    outcome = brought(file, eve, form)

    assert (len(outcome.added), outcome.wrong, outcome.notes) == (2, [], [])
    assert write(records_of(eve)) == file
    theirs = SavedReply.objects.visible_to(eve).get(shortcut="late")
    assert (theirs.owner, theirs.folder and theirs.folder.name) == (eve, "Late; and, so on")
    assert stale_in(theirs) == stale_in(shelf[0]) == {CS}
    again = brought(file, eve, form)
    assert (again.added, again.changed, again.same) == ([], [], 2)
    assert EventRecord.objects.filter(kind="SavedRepliesRead", by=eve).count() == 2


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=30)


@given(st.dictionaries(st.sampled_from([EN, EN_TU, EN_PUBLIC, CS]), texts, min_size=1), texts)
@settings(max_examples=200, deadline=None)
def test_whatever_is_said_both_files_read_what_they_wrote(said: dict[Way, str], title: str) -> None:
    record = Record(
        line=0,
        titles={"en": title},
        texts={way: Said(text, title) for way, text in said.items()},
        shortcut="one",
    )
    for reading in (read_csv(written_csv([record])), read_json(written_json([record]))):
        [read] = reading.records
        assert (read.texts, read.titles, reading.wrong) == (record.texts, record.titles, [])


@given(texts)
def test_no_cell_begins_a_formula_and_each_is_read_as_it_was(cell: str) -> None:
    assert not harmless(cell).startswith(("=", "+", "-", "@", "\t"))
    assert as_it_was(harmless(cell)) == cell


def test_a_translators_file_changes_what_is_there_and_brings_it_into_step(ann: Agent) -> None:
    reply = a_reply(ann)
    say(reply, EN, "It is late.", by=ann, now=NOON)
    file = written_csv(records_of(ann)).replace("Vaše objednávka je na cestě.", "Má to zpoždění.")

    outcome = brought(file, ann)

    assert outcome.changed == ["Order on its way"]
    assert (texts_of(reply)[CS], stale_in(reply)) == ("Má to zpoždění.", frozenset())


def test_what_was_changed_here_since_stays_unless_that_is_wanted(ann: Agent) -> None:
    reply = a_reply(ann)
    file = written_json(records_of(ann))
    say(reply, EN, "Newer.", by=ann, now=NOON)

    kept = brought(file, ann, Form.JSON)
    assert (len(kept.notes), kept.changed, texts_of(reply)[EN]) == (1, [], "Newer.")
    brought(file, ann, Form.JSON, overwrite=True)
    assert texts_of(reply)[EN] != "Newer."


def test_a_dry_run_tells_what_would_happen_and_does_nothing(
    shelf: list[SavedReply], ann: Agent, cyril: Agent
) -> None:
    before = EventRecord.objects.count()

    outcome = brought(written_csv(records_of(ann)), cyril, dry=True)

    assert (len(outcome.added), SavedReply.objects.visible_to(cyril).count()) == (2, 0)
    assert EventRecord.objects.count() == before


def test_mistakes_are_told_with_their_lines_and_nothing_half_is_done(ann: Agent, bea: Agent) -> None:
    file = (
        "title;language;text;formality\r\n"
        "Good;en;Fine.;\r\n"
        '"Two\r\nlines";en;"Dear {custmer.name},\r\nhello";\r\n'
        "Bad;xx;Hello;\r\n"
        "Rude;en;Hello;rude\r\n"
        ";en;No title;\r\n"
    )
    outcome = brought(file, ann)

    assert sorted((one.line, one.reason % one.params) for one in outcome.wrong) == [
        (3, "“{custmer.name}” is not known. Did you mean {customer.name}?"),
        (6, "“xx” cannot stand in the column “language”."),
        (7, "“rude” cannot stand in the column “formality”."),
        (8, "“titles” cannot be that, or it is taken already."),
    ]
    assert not SavedReply.objects.exists()
    with pytest.raises(ForAdmins):
        brought(file, bea)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", Form.CSV),
        (b"a,b\n1,2", Form.CSV),
        (b'title,language,text\n"open', Form.CSV),
        (b"\xff\xfe", Form.CSV),
        (b"x" * (5 * 1024 * 1024 + 1), Form.CSV),
        (b"{", Form.JSON),
        (b"[]", Form.JSON),
        (b"[" * 100_000, Form.JSON),
        (b'{"format": "heard saved replies", "replies": NaN}', Form.JSON),
        (b'{"macros": 1}', Form.ZENDESK),
        (b'"hello"', Form.CHATWOOT),
        (b"[" + b"{}," * 2_000 + b"{}]", Form.CHATWOOT),
    ],
)
def test_what_is_no_such_file_is_refused_as_a_whole(content: bytes, form: Form) -> None:
    with pytest.raises(Unreadable):
        read_file(content, form=form, way=EN)


@pytest.mark.parametrize(
    "entry", [1, None, {}, {"titles": []}, {"titles": {"en": "x"}, "variants": [{"language": "en"}]}]
)
def test_an_entry_that_is_none_is_told_by_its_number(entry: object) -> None:
    reading = read_json(json.dumps({"format": "heard saved replies", "replies": [entry]}))

    assert ([one.line for one in reading.wrong], reading.records) == ([1], [])


def test_canned_responses_of_chatwoot_come_in_with_our_placeholders(ann: Agent) -> None:
    outcome = brought(CHATWOOT.read_bytes(), ann, Form.CHATWOOT)

    assert (outcome.added, outcome.wrong) == (["greeting", "Order Status!"], [])
    assert [one.params["found"] for one in outcome.notes] == ["{{contact.custom_attribute.vip}}"]
    greeting, status = SavedReply.objects.order_by("pk")
    assert texts_of(greeting) == {EN: "Hi {customer.name}, {agent.first_name} here. How can I help?"}
    assert (status.shortcut, texts_of(status)[EN]) == (
        "order-status",
        "Your case is {ticket_number}. [contact custom attribute vip]\nBraces like '{'this'}' stay.",
    )
    csv = brought(
        "short_code,content\nbye,Bye {{ contact.first_name | default: 'you' }}\n", ann, Form.CHATWOOT
    )
    assert csv.added == ["bye"]
    assert "Bye {customer.name}" in texts_of(SavedReply.objects.get(shortcut="bye"))[EN]


def test_macros_of_zendesk_become_replies_and_macros_and_the_rest_is_listed(ann: Agent) -> None:
    outcome = brought(ZENDESK.read_bytes(), ann, Form.ZENDESK)

    assert (outcome.wrong, outcome.added, outcome.macros) == (
        [],
        ["Downtime", "Thanks"],
        ["Downtime", "Only tags"],
    )
    downtime = SavedReply.objects.get(titles__en="Downtime")
    assert downtime.folder is not None
    assert (downtime.folder.name, texts_of(downtime)[EN]) == (
        "Outages",
        "Hello {customer.name},\n\nwe are down. See [dc status page].",
    )
    macro = Macro.objects.get(name="Downtime")
    assert (macro.reply, macro.tags, macro.assigns_me, macro.resolution, macro.sends) == (
        downtime,
        ["outage", "p1"],
        True,
        "solved",
        False,
    )
    assert [one.reason % one.params for one in outcome.notes] == [
        "“{{dc.status_page}}” is nothing that Heard can fill in. It became a blank in square brackets.",
        "The action “priority: high” is none that Heard has. It was left out.",
        "The action “group_id: 99” is none that Heard has. It was left out.",
        "It is switched off, so it is left out.",
        "The action “priority: low” is none that Heard has. It was left out.",
        "Nothing in it could be taken along.",
    ]


@given(st.text(alphabet="ab '{}#%[]\n", max_size=20))
@settings(max_examples=300, deadline=None)
def test_words_of_others_read_as_they_stood(text: str) -> None:
    read = fill(quoted(text), {}, language="en", formality="formal")

    assert (read.text, read.missing) == (text, ())


def test_conditions_of_others_become_blanks() -> None:
    text, unknown = as_ours("{% if contact.name %}Hi{% endif %} {{{contact.name}}}")

    assert (text, len(unknown)) == ("[…]Hi[…] {customer.name}", 2)
    assert as_shortcut("  /Ahoj, světe!  ") == "ahoj-světe"
    assert Reading().records == []
