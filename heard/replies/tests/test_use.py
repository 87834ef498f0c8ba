from __future__ import annotations

from datetime import timedelta

from heard.replies.models import ReplyUse, SavedReply
from heard.replies.tests.shelf import EN, EN_PUBLIC, a_reply
from heard.replies.use import note_inserted, used
from heard.tickets.reply import reply as answer
from heard.workspaces.models import Agent
from tests.cast import NOON, Network, a_ticket, reloaded

SAID = "Your order is on its way."


def inserted(reply: SavedReply, network: Network, by: Agent, text: str = SAID) -> ReplyUse:
    ticket = a_ticket(network, said="Where is it?", direct=True)
    return note_inserted(reply, way=EN, ticket=ticket, text=text, by=by, now=NOON)


def test_what_was_inserted_is_settled_by_the_answer_it_left_in(messenger: Network, bea: Agent) -> None:
    reply = a_reply(bea)
    use = inserted(reply, messenger, bea)
    answer(use.ticket, text=f"Hello Jana, {SAID} Bye", by=bea, now=messenger.tick(), private=True)

    use = reloaded(use)
    assert use.message is not None
    assert (use.kept, use.message.ticket) == (1.0, use.ticket)
    found = used([reply])[reply.pk]
    assert (found.times, found.last, found.kept) == (1, NOON, 1.0)


def test_what_was_thrown_away_and_what_others_write_counts_as_no_use(
    messenger: Network, bea: Agent, oto: Agent
) -> None:
    reply = a_reply(bea)
    use = inserted(reply, messenger, bea)
    answer(use.ticket, text=SAID, by=oto, now=messenger.tick(), private=True)
    answer(use.ticket, text="We have to look into this first.", by=bea, now=messenger.tick(), private=True)

    assert (reloaded(use).message, used([reply])[reply.pk].times) == (None, 0)
    answer(use.ticket, text=SAID, by=bea, now=messenger.tick(), private=True, warned=True)
    assert reloaded(use).kept == 1.0


def test_several_blocks_of_one_answer_are_measured_each_by_its_own_words(
    messenger: Network, bea: Agent
) -> None:
    reply = a_reply(bea)
    greeting = inserted(reply, messenger, bea, "Good morning dear Jana")
    ticket = greeting.ticket
    closing = note_inserted(reply, way=EN_PUBLIC, ticket=ticket, text="Yours, the shop", by=bea, now=NOON)
    answer(
        ticket,
        text="Good morning dear Jana, it comes. Yours, Bea",
        by=bea,
        now=messenger.tick(),
        private=True,
    )

    assert (reloaded(greeting).kept, round(reloaded(closing).kept or 0, 2)) == (1.0, 0.33)


def test_what_lay_in_a_draft_for_a_month_is_not_looked_for(messenger: Network, bea: Agent) -> None:
    use = inserted(a_reply(bea), messenger, bea)
    messenger.tick(days=31)
    later = messenger.ticket(messenger.direct("Hello?"))
    ReplyUse.objects.update(ticket=later)
    answer(later, text=SAID, by=bea, now=messenger.tick() + timedelta(), private=True)

    assert reloaded(use).message is None
