"""The main job by e-mail, against real servers: asked by mail, answered, answered again, all in one ticket."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.message import Message as Mail
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from django.utils import timezone

from heard.channels.email.quotes import fold
from heard.channels.registry import channel
from heard.inboxes.connect import ConnectFailed, connect
from heard.inboxes.credentials import credentials_of, store_credentials
from heard.inboxes.models import Inbox
from heard.ingest.fetch import fetch_for
from heard.ingest.letters import clean_letters
from heard.ingest.look import look_at
from heard.ingest.models import LedgerLine, Look, RawCall
from heard.ingest.take_in import take_in
from heard.letters.models import Letter
from heard.outbox.deliver import deliver_next
from heard.tickets.begin import begin
from heard.tickets.models import Attachment, Delivery, Message, Outcome, State, Ticket
from heard.tickets.reply import reply
from heard.tickets.tell import tell
from heard.workspaces.models import Agent, Workspace
from tests import calls
from tests.cast import a_workspace, an_agent
from tests.mailboxes import PASSWORD, Dovecot, Postman, dovecot, needs_dovecot, postman

pytestmark = [needs_dovecot(), pytest.mark.django_db]
JANA, PETR, EVE = "jana@home.example", "petr@home.example", "eve@evil.example"
_boxes = iter(range(40))
_ids = iter(range(10_000))


@pytest.fixture(scope="module")
def mailboxes() -> Iterator[Dovecot]:
    with dovecot(*(f"support{number}@acme.example" for number in range(40))) as running:
        yield running


@dataclass
class Desk:
    """A mailbox that is connected, and its customers."""

    inbox: Inbox
    bea: Agent
    mailboxes: Dovecot
    post: Postman

    def writes(self, text: str, *, by: str = JANA, **headers: str) -> str:
        """Gives the Message-ID."""
        mail = MIMEText(text, "plain", "utf-8")
        return self.delivers(mail, by=by, **headers)

    def delivers(self, mail: Mail, *, by: str = JANA, **headers: str) -> str:
        id = headers.pop("id", f"{next(_ids)}@{by.rpartition('@')[2]}")
        told = {"From": f"{by.split('@')[0].title()} <{by}>", "To": self.inbox.account, "Subject": "Where?"}
        for name, value in {**told, "Message-ID": f"<{id}>", **headers}.items():
            mail[name.replace("_", "-")] = value
        self.mailboxes.deliver(self.inbox.account, mail.as_bytes())
        self.hears()
        return id

    def hears(self) -> None:
        Look.objects.filter(inbox=self.inbox).update(due_at=timezone.now())
        look_at(self.inbox, now=timezone.now())
        calls.take_all(now=timezone.now())

    def answers(self, ticket: Ticket, text: str, **how: object) -> tuple[Message, Mail]:
        message = reply(ticket, text=text, by=self.bea, now=timezone.now(), **how)  # type: ignore[arg-type]
        assert deliver_next(self.inbox, now=timezone.now())
        message.refresh_from_db()
        return message, email.message_from_bytes(self.post.taken[-1].raw)

    def says_by_itself(self, ticket: Ticket) -> tuple[Message, Mail]:
        message = tell(ticket, text="We got it.", subject="We got your mail", now=timezone.now())
        assert message
        assert deliver_next(self.inbox, now=timezone.now())
        return message, email.message_from_bytes(self.post.taken[-1].raw)

    def answered_by(self, mail: Mail, text: str, *, by: str = JANA, **headers: str) -> str:
        """As a mail program answers."""
        return self.writes(
            text,
            by=by,
            In_Reply_To=mail["Message-ID"],
            References=f"{mail['References']} {mail['Message-ID']}",
            **headers,
        )


@pytest.fixture
def desk(mailboxes: Dovecot) -> Iterator[Desk]:
    workspace = a_workspace("Acme")
    Workspace.objects.filter(pk=workspace.pk).update(undo_seconds=0)
    workspace.refresh_from_db()
    bea = an_agent(workspace, "Bea", Agent.Role.ADMIN)
    with postman() as post:
        told = {
            "account": f"support{next(_boxes)}@acme.example",
            "sender_name": "Acme Support",
            "password": PASSWORD,
            "imap_host": "127.0.0.1",
            "imap_port": mailboxes.port,
            "imap_security": "none",
            "smtp_host": "127.0.0.1",
            "smtp_port": post.port,
            "smtp_security": "none",
            "trusted_hosts": "mx.acme.example",
        }
        inbox = connect(
            workspace,
            slug="email",
            credentials=channel("email").credentials.model_validate(told),
            by=bea,
            now=timezone.now(),
            public_url="http://127.0.0.1",
        )
        yield Desk(inbox, bea, mailboxes, post)


def mark_in(mail: Mail) -> str:
    return ".".join(mail["Message-ID"].strip("<>").split(".")[:2])


def the_message(external_id: str) -> Message:
    return Message.objects.select_related("ticket", "author").get(external_id=external_id)


def test_a_mail_is_a_ticket_and_the_whole_exchange_is_one(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    assert (asked.text, asked.subject, asked.ticket.subject) == ("Where is my parcel?", "Where?", "Where?")
    assert asked.author
    assert asked.author.address == JANA
    assert asked.verified is False

    answer, mail = desk.answers(asked.ticket, "It left this morning.")
    assert answer.delivery == Delivery.SENT
    assert answer.external_id == mail["Message-ID"].strip("<>")
    assert mail["In-Reply-To"] == f"<{asked.external_id}>"
    assert mail["Subject"].startswith("Re: Where? [HRD-")
    assert desk.post.taken[-1].to == [JANA]

    again = the_message(desk.answered_by(mail, "Thank you!"))
    assert again.ticket == asked.ticket
    assert Ticket.objects.count() == 1
    again.ticket.refresh_from_db()
    assert again.ticket.state == State.OPEN
    _answer, mail = desk.answers(asked.ticket, "You are welcome.")
    assert mail["References"].split()[-1] == f"<{again.external_id}>"


def test_below_an_answer_stands_what_it_answers_and_a_copy_is_kept(desk: Desk) -> None:
    mine = credentials_of(desk.inbox).model_copy(update={"sent_folder": "Απεσταλμένα"})
    store_credentials(desk.inbox, mine, now=timezone.now())
    desk.mailboxes.make_folder(desk.inbox.account, "Απεσταλμένα")
    asked = the_message(desk.writes("Where is my parcel?\nIt is late."))

    _answer, mail = desk.answers(asked.ticket, "It left this morning.")

    plain = _plain_of(mail)
    assert plain.startswith("It left this morning.")
    assert plain.rstrip().endswith("Jana wrote:\n> Where is my parcel?\n> It is late.")
    assert fold(plain)[0].strip() == "It left this morning."
    [kept] = desk.mailboxes.mails(desk.inbox.account, "Απεσταλμένα")
    assert email.message_from_bytes(kept)["Message-ID"] == mail["Message-ID"]


def test_a_mail_that_cannot_be_copied_has_left_all_the_same(desk: Desk) -> None:
    mine = credentials_of(desk.inbox).model_copy(update={"sent_folder": "Nowhere"})
    store_credentials(desk.inbox, mine, now=timezone.now())
    asked = the_message(desk.writes("Where is my parcel?"))

    answer, _mail = desk.answers(asked.ticket, "It left this morning.")
    assert (answer.delivery, len(desk.post.taken)) == (Delivery.SENT, 1)


def test_the_answer_to_a_mail_that_we_wrote_first_comes_into_its_ticket(desk: Desk) -> None:
    begun = begin(
        desk.inbox,
        address=JANA,
        subject="Your parcel",
        text="It came back. Shall we send it again?",
        adds=[PETR],
        by=desk.bea,
        now=timezone.now(),
    )
    assert deliver_next(desk.inbox, now=timezone.now())
    assert sorted(desk.post.taken[-1].to) == [JANA, PETR]
    mail = email.message_from_bytes(desk.post.taken[-1].raw)

    assert the_message(desk.answered_by(mail, "Yes, please.")).ticket == begun.ticket
    assert the_message(desk.answered_by(mail, "Send it to me.", by=PETR)).ticket == begun.ticket
    assert the_message(desk.answered_by(mail, "No, to me.", by=EVE)).ticket != begun.ticket


def _plain_of(mail: Mail) -> str:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n")


def test_what_the_mailbox_tells_twice_is_there_once(desk: Desk) -> None:
    desk.writes("One", id="same@home.example")
    desk.writes("One", id="same@home.example")
    desk.mailboxes.forget_uids(desk.inbox.account)
    desk.writes("Two")

    assert sorted(Message.objects.values_list("text", flat=True)) == ["One", "Two"]
    assert LedgerLine.objects.exclude(place="message").count() == 0


def test_ids_and_addresses_of_any_length_cost_no_mail(desk: Desk) -> None:
    long = "m" * 400
    first = Message.objects.get(pk=desk_says(desk, long))
    second = the_message(desk.writes("And now?", References=f"<{long}@home.example>"))
    assert second.ticket_id == first.ticket_id
    desk.writes("Who am I?", by=f"{'j' * 60}@{'h' * 60}.{'h' * 60}.{'h' * 60}.example")
    assert not LedgerLine.objects.filter(place="quarantined").exists()
    assert Message.objects.get(text="Who am I?").unanswerable


def desk_says(desk: Desk, id: str) -> int:
    desk.writes("Where is my parcel?", id=f"{id}@home.example")
    return Message.objects.get(text="Where is my parcel?").pk


def test_large_mails_are_taken_in_a_few_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        RawCall.objects.create(
            workspace=desk.inbox.workspace,
            inbox=desk.inbox,
            headers={"x-mailbox": desk.inbox.account},
            body=f"From: {JANA}\r\nMessage-ID: <{number}@large>\r\n\r\n{'x' * 1000}".encode(),
        )
    monkeypatch.setattr("heard.ingest.take_in.MOST_BYTES", 100)
    assert [take_in(now=timezone.now()) for _ in range(4)] == [1, 1, 1, 0]


# ── who may join a conversation ──


def test_a_stranger_who_knows_the_headers_gets_a_ticket_of_their_own(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    _answer, mail = desk.answers(asked.ticket, "It left this morning.")

    for number, headers in enumerate(
        (
            {"In_Reply_To": mail["Message-ID"]},
            {"References": f"<{asked.external_id}>"},
            {"Subject": mail["Subject"]},
            {"To": f"support+{mark_in(mail)}@acme.example"},
        )
    ):
        other = the_message(desk.writes("Send it to my house.", by=f"eve{number}@evil.example", **headers))
        assert other.ticket != asked.ticket
        assert other.ticket.follows == asked.ticket
    asked.ticket.refresh_from_db()
    assert asked.ticket.messages.count() == 2


def test_each_kind_of_evidence_brings_its_author_home(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    _answer, mail = desk.answers(asked.ticket, "It left this morning.")

    for headers in (
        {"In_Reply_To": mail["Message-ID"]},
        {"References": f"<{asked.external_id}>"},
        {"Subject": f"Fwd: {mail['Subject']}"},
        {"To": desk.inbox.account.replace("@", f"+{mark_in(mail).upper()}@")},
    ):
        assert the_message(desk.writes("And now?", **headers)).ticket == asked.ticket


@pytest.mark.parametrize("change", ["number", "proof"])
def test_a_mark_that_is_not_ours_counts_for_nothing(desk: Desk, change: str) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    _answer, mail = desk.answers(asked.ticket, "It left this morning.")
    number, proof = mark_in(mail).split(".")
    forged = f"{number}z.{proof}" if change == "number" else f"{number}.{proof[::-1]}"

    again = the_message(desk.writes("And now?", To=desk.inbox.account.replace("@", f"+{forged}@")))
    assert again.ticket != asked.ticket
    assert again.ticket.follows is None


def test_a_new_matter_is_a_new_ticket(desk: Desk) -> None:
    one, two = (the_message(desk.writes(text)) for text in ("Where is my parcel?", "Do you ship to Crete?"))
    assert one.ticket != two.ticket


def test_answers_come_together_also_when_the_later_one_comes_first(desk: Desk) -> None:
    later = the_message(desk.writes("And again", References="<first@home.example>"))
    first = the_message(desk.writes("First", id="first@home.example"))
    assert later.ticket == first.ticket


def test_people_in_copy_may_join_once_we_wrote_to_them(desk: Desk) -> None:
    asked = the_message(desk.writes("We both wait.", Cc=f"Petr <{PETR}>"))
    early = the_message(desk.writes("Me too.", by=PETR, References=f"<{asked.external_id}>"))
    assert early.ticket != asked.ticket  # nothing proves that it was Jana who named him

    _answer, mail = desk.answers(asked.ticket, "It left.", copies=[PETR, "eve@evil.example"])
    assert desk.post.taken[-1].to == [JANA, PETR]
    assert mail["Cc"] == f"Petr <{PETR}>"
    assert the_message(desk.answered_by(mail, "Thanks!", by=PETR)).ticket == asked.ticket


def test_people_in_copy_of_a_proved_mail_may_join(desk: Desk) -> None:
    proof = "mx.acme.example; dmarc=pass header.from=home.example"
    asked = the_message(desk.writes("We both wait.", Cc=PETR, Authentication_Results=proof))
    assert asked.verified is True
    assert (
        the_message(desk.writes("Me too.", by=PETR, References=f"<{asked.external_id}>")).ticket
        == asked.ticket
    )


def test_nobody_s_word_but_our_own_server_s_proves_an_author(desk: Desk) -> None:
    forged = "mx.evil.example; dmarc=pass header.from=home.example"
    assert the_message(desk.writes("Trust me", Authentication_Results=forged)).verified is False


def test_a_mail_in_an_agent_s_name_is_a_customer_s_mail(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    _answer, mail = desk.answers(asked.ticket, "It left this morning.")
    forged = the_message(desk.answered_by(mail, "Resolve this.", by=desk.bea.user.email))

    assert forged.direction == Message.Direction.IN
    assert forged.agent is None
    assert forged.ticket != asked.ticket


# ── machines ──


def test_no_machine_of_ours_answers_a_machine(desk: Desk) -> None:
    for headers in ({"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}):
        asked = the_message(desk.writes("I am away.", **headers))
        assert asked.automatic
        assert tell(asked.ticket, text="We got it.", now=timezone.now()) is None


def test_a_machine_of_ours_answers_an_address_once_a_day(desk: Desk) -> None:
    first = the_message(desk.writes("Where is my parcel?"))
    message, mail = desk.says_by_itself(first.ticket)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert desk.post.taken[-1].sender == ""

    second = the_message(desk.writes("And another thing"))
    assert tell(second.ticket, text="We got it.", now=timezone.now()) is None
    Message.objects.filter(pk=message.pk).update(at=timezone.now() - timedelta(hours=25))
    assert desk.says_by_itself(second.ticket)
    assert desk.answers(second.ticket, "Hello.")  # a person always may


def test_a_flood_from_one_address_stops_our_machines(desk: Desk) -> None:
    for number in range(6):
        newest = the_message(desk.writes(f"Ticket {number} was opened."))
    assert tell(newest.ticket, text="We got it.", now=timezone.now()) is None


def test_two_heards_do_not_answer_each_other(desk: Desk) -> None:
    """What one says by itself, the other takes for what it is: a machine's word that nobody waits with."""
    first = the_message(desk.writes("Hello, this is the other Heard.", by="help@other.example"))
    _message, mail = desk.says_by_itself(first.ticket)

    desk.mailboxes.deliver(
        desk.inbox.account, mail.as_bytes()
    )  # as it would reach the other one, or come back
    for name, value in {
        "From": "help@other.example",
        "Message-ID": "<its-own@other.example>",
        "X-Heard-Loop": "help@other.example",
    }.items():
        mail.replace_header(name, value)
    desk.mailboxes.deliver(desk.inbox.account, mail.as_bytes())
    desk.hears()

    assert LedgerLine.objects.filter(place="ignored").count() == 1
    back = the_message("its-own@other.example")
    assert back.automatic
    assert tell(back.ticket, text="We got it.", now=timezone.now()) is None


def test_a_bounce_makes_the_customer_wait_again(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    answer, mail = desk.answers(asked.ticket, "It left this morning.")
    desk.delivers(a_bounce(mail, JANA), by="mailer-daemon@mx.home.example", Return_Path="<>")

    answer.refresh_from_db()
    asked.refresh_from_db()
    assert answer.delivery == Delivery.FAILED
    assert "5.1.1" in answer.delivery_reason
    assert asked.outcome == Outcome.OPEN
    assert Ticket.objects.count() == 1


def a_bounce(mail: Mail, recipient: str) -> Mail:
    report = MIMEMultipart("report", report_type="delivery-status")
    report.attach(MIMEText("It could not be delivered.", "plain"))
    told = (
        "Reporting-MTA: dns; mx.home.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\n"
    )
    status = email.message_from_string(f"Content-Type: message/delivery-status\n\n{told}")
    report.attach(status)
    head = email.message_from_string("Content-Type: text/rfc822-headers\n\n")
    head.set_payload(f"Message-ID: {mail['Message-ID']}\nFrom: {mail['From']}\nTo: {recipient}\n")
    report.attach(head)
    return report


# ── what hangs on a mail ──


def test_files_and_looks_come_out_of_the_mail_itself(desk: Desk) -> None:
    mail = MIMEMultipart("related")
    html = '<p>See <img src="cid:shot"><img src="https://spy.example/1.png"><script>alert(1)</script></p>'
    mail.attach(MIMEText(html, "html"))
    picture = MIMEImage(b"\x89PNG\r\n\x1a\n" + b"0" * 40, "png", name="shot.png")
    picture["Content-ID"] = "<shot>"
    mail.attach(picture)
    asked = the_message(desk.delivers(mail))
    fetch_for(desk.inbox)
    assert not clean_letters(desk.inbox)

    file = Attachment.objects.get(message=asked)
    assert (file.state, file.name, file.size) == (Attachment.State.STORED, "shot.png", 48)
    letter = Letter.objects.get(message=asked)
    assert f"/attachments/{file.key}" in letter.html
    assert "script" not in letter.html
    assert "spy.example" not in letter.html
    assert (letter.blocked, "https://spy.example/1.png" in letter.with_pictures) == (1, True)


def test_raw_mails_are_kept_as_long_as_their_messages(desk: Desk) -> None:
    from heard.ingest.tasks import tidy

    desk.writes("Where is my parcel?")
    RawCall.objects.update(received_at=timezone.now() - timedelta(days=1000))
    tidy(0)
    assert RawCall.objects.count() == 1


# ── trouble ──


def test_a_wrong_password_stops_the_inbox_until_a_person_comes(desk: Desk) -> None:
    desk.post.password = "changed at the provider"
    asked = the_message(desk.writes("Where is my parcel?"))
    message = reply(asked.ticket, text="It left.", by=desk.bea, now=timezone.now())
    assert not deliver_next(desk.inbox, now=timezone.now())

    desk.inbox.refresh_from_db()
    message.refresh_from_db()
    assert desk.inbox.state == Inbox.State.RECONNECT
    assert message.delivery == Delivery.QUEUED
    assert "password" in desk.inbox.state_reason


def test_a_mail_that_may_have_been_taken_is_never_sent_again_by_itself(desk: Desk) -> None:
    asked = the_message(desk.writes("Where is my parcel?"))
    desk.post.answer("END", "hang up")
    message = reply(asked.ticket, text="It left.", by=desk.bea, now=timezone.now())
    deliver_next(desk.inbox, now=timezone.now())
    message.refresh_from_db()
    assert message.delivery == Delivery.UNCONFIRMED
    assert len(desk.post.taken) == 1

    # The customer's answer comes all the same, and finds its way home.
    mail = email.message_from_bytes(desk.post.taken[0].raw)
    assert the_message(desk.answered_by(mail, "Thank you!")).ticket == asked.ticket


def test_an_inbox_that_cannot_be_read_is_not_connected(desk: Desk) -> None:
    told = {
        "account": "support0@acme.example",
        "password": "wrong",
        "imap_host": "127.0.0.1",
        "imap_port": desk.mailboxes.port,
        "imap_security": "none",
        "smtp_host": "127.0.0.1",
    }
    with pytest.raises(ConnectFailed):
        connect(
            desk.inbox.workspace,
            slug="email",
            credentials=channel("email").credentials.model_validate(told),
            by=desk.bea,
            now=timezone.now(),
            public_url="http://127.0.0.1",
        )
