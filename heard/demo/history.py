"""What the demo's colleagues did before the newcomer arrived: a desk in the middle of its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from heard.tickets.assign import assign
from heard.tickets.dismiss import dismiss
from heard.tickets.models import Message, Outcome, Resolution, State, Ticket
from heard.tickets.note import note
from heard.tickets.reply import NoWay, ReplyStopped, reply
from heard.tickets.resolve import resolve
from heard.tickets.snooze import snooze
from heard.tickets.tag import tag
from heard.workspaces.models import Agent, Workspace

# An honest first answer in the customer's language, as somebody at the desk would write it.
ANSWERS = {
    "cs": "Dobrý den, díky za zprávu. Hned se na to podívám a dnes se vám ozvu.",
    "el": "Καλησπέρα σας, ευχαριστούμε για το μήνυμα. Το κοιτάζω αμέσως και θα σας απαντήσω σήμερα.",
    "sl": "Pozdravljeni, hvala za sporočilo. Takoj preverim in se vam danes oglasim.",
    "hu": "Jó napot kívánok, köszönjük az üzenetét. Máris utánanézek, és még ma jelentkezem.",
    "en": "Hello, thank you for your message. I am looking into it and will get back to you today.",
}
# Nobody gets the same words twice.
ANSWERS_AGAIN = {
    "cs": "Dobrý den, máme i tuto vaši zprávu. Zjistíme to a napíšeme vám dnes odpoledne.",
    "el": "Καλησπέρα σας, είδαμε και αυτό το μήνυμά σας. Το ελέγχουμε και σας γράφουμε σήμερα το απόγευμα.",
    "sl": "Pozdravljeni, tudi to vaše sporočilo je pri nas. Preverimo in vam pišemo danes popoldne.",
    "hu": "Jó napot kívánok, ezt az üzenetét is megkaptuk. Utánanézünk, és ma délután írunk.",
    "en": "Hello, we have this message of yours, too. We will find out and write to you this afternoon.",
}
NOTES = (
    "Called the carrier, the parcel is in the depot in Brno. Expected tomorrow.",
    "Same fault as last week, see the returns sheet.",
    "She is a regular customer, please be quick here.",
)
TAGS = ("delivery", "returns", "praise", "invoice", "size")
KEPT_WAITING = 9


def write_history(workspace: Workspace) -> None:
    """Older tickets answered and resolved, the newest left for the newcomer."""
    agents = list(Agent.objects.filter(workspace=workspace).order_by("pk"))
    tickets = list(Ticket.objects.filter(workspace=workspace, state=State.OPEN).order_by("-waiting_since"))
    for position, ticket in enumerate(tickets):
        agent = agents[position % len(agents)]
        if position < KEPT_WAITING:
            _touch(ticket, position, agent)
        else:
            _finish(ticket, position, agent)


def _touch(ticket: Ticket, position: int, agent: Agent) -> None:
    now = timezone.now()
    if position % 3 == 1:
        assign(ticket, to=agent, by=agent, now=now)
    if position % 4 == 2:
        note(ticket, text=NOTES[position % len(NOTES)], by=agent, now=now)
        tag(ticket, add=[TAGS[position % len(TAGS)]], by=agent, now=now)
    if position == KEPT_WAITING - 1:
        snooze(ticket, until=now + timedelta(hours=20), by=agent, now=now)


def _finish(ticket: Ticket, position: int, agent: Agent) -> None:
    now = timezone.now()
    assign(ticket, to=agent, by=agent, now=now)
    tag(ticket, add=[TAGS[position % len(TAGS)]], by=agent, now=now)
    if position % 5 == 4:
        dismiss(ticket, reason="Praise, nothing was asked.", by=agent, now=now)
        return
    if not _answer(ticket, agent):
        return
    if position % 2:
        resolve(ticket, by=agent, now=now, resolution=Resolution.SOLVED)


def _answer(ticket: Ticket, agent: Agent) -> bool:
    """Every open message gets an answer; False when the network would not take one."""
    waiting: Sequence[Message] = list(
        ticket.messages.filter(outcome=Outcome.OPEN)
        .select_related("inbox", "thread", "author")
        .order_by("-at")
    )
    for message in waiting:
        message.refresh_from_db()
        if message.outcome == Outcome.OPEN and not _say(ticket, message, agent):
            return False
    return True


def _say(ticket: Ticket, to: Message, agent: Agent) -> bool:
    for answers in (ANSWERS, ANSWERS_AGAIN):
        text = answers.get(ticket.language, answers["en"])
        try:
            reply(ticket, text=text, by=agent, now=timezone.now(), to=to)
        except ReplyStopped:
            continue
        except NoWay:
            return False
        return True
    return False
