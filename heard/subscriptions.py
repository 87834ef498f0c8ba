"""When this happens, do that: the only file that joins features.

Everything listed runs in the publisher's transaction. What touches a network only leaves a job there.
"""

from __future__ import annotations

from collections.abc import Sequence

from heard.chat import adopt, left, widgets
from heard.confirming import due
from heard.contacts.events import ContactsMerged, ContactSpeaks, ContactsUnmerged
from heard.events.publishing import On
from heard.following_up import due as alarms
from heard.forms import taken_in
from heard.inboxes import templates
from heard.inboxes.events import InboxConnected, InboxDisconnected, InboxReconnected
from heard.ingest import fetch, letters, look, parked, set_up
from heard.outbox import queue
from heard.people.events import AgentLeft, SendsChanged
from heard.publishing import give_up
from heard.replies import then, use
from heard.tickets import (
    events,
    follow_contacts,
    follow_language,
    give_back,
    mail_of_calls,
    prove,
    quoted,
    template_news,
)
from heard.tickets.pending import overtake, review
from heard.translating import read as reading
from heard.translating import write as writing

SUBSCRIPTIONS: Sequence[On] = (
    On(event=events.TicketOpened, at_once=[due.note_opened]),
    On(event=events.TicketReferenced, at_once=[quoted.note_quoted]),
    On(
        event=events.MessageReceived,
        at_once=[
            taken_in.finish_submissions,
            adopt.adopt_files,
            left.offer_mail,
            fetch.fetch_what_is_missing,
            letters.clean_what_came,
            prove.note_proofs,
            reading.translate_what_came,
            overtake.customer_wrote,
        ],
    ),
    On(event=events.PastMessageReceived, at_once=[fetch.fetch_what_is_missing, letters.clean_what_came]),
    On(
        event=events.MessageQueued,
        at_once=[
            queue.queue_reply,
            use.note_sent,
            writing.keep_originals,
            overtake.we_answered,
            alarms.note_answered,
        ],
    ),
    On(event=events.OwnMessageSeen, at_once=[overtake.we_answered]),
    On(event=events.PendingReplyLeft, at_once=[then.go_on]),
    On(event=events.MessageAnswered, at_once=[overtake.needs_no_answer]),
    On(event=events.MessageDismissed, at_once=[overtake.needs_no_answer]),
    On(event=events.MessageEdited, at_once=[reading.translate_anew, overtake.customer_changed]),
    On(event=events.MessageRemoved, at_once=[overtake.customer_changed]),
    On(event=events.TicketResolved, at_once=[overtake.ticket_ended, alarms.note_resolved]),
    On(event=events.CallBackDue, at_once=[mail_of_calls.mail_reminders]),
    On(event=events.MessageRetried, at_once=[queue.queue_again]),
    On(event=events.CopiesRetried, at_once=[queue.queue_copies]),
    On(event=events.MessageCancelled, at_once=[queue.drop_cancelled, writing.open_again]),
    On(event=events.MessageLiked, at_once=[queue.queue_like]),
    On(event=events.MessageHidden, at_once=[queue.queue_hide]),
    On(event=events.MessageReposted, at_once=[queue.queue_repost]),
    On(event=events.MessageSent, at_once=[queue.close_sent, parked.retry_after_sending]),
    On(event=ContactsMerged, at_once=[follow_contacts.follow_merged]),
    On(event=ContactsUnmerged, at_once=[follow_contacts.follow_unmerged]),
    On(event=ContactSpeaks, at_once=[follow_language.follow_spoken]),
    On(event=AgentLeft, at_once=[give_back.give_back_of_those_who_left, review.ask_everybody]),
    On(event=SendsChanged, at_once=[review.ask_everybody]),
    On(event=events.Happened, at_once=[template_news.fetch_anew]),
    On(
        event=InboxConnected,
        at_once=[
            queue.go_on,
            set_up.look_back,
            look.begin_looking,
            give_up.go_on,
            templates.fetch_when_connected,
            widgets.open_windows,
        ],
    ),
    On(
        event=InboxReconnected,
        at_once=[
            queue.go_on,
            set_up.catch_up,
            look.begin_looking,
            give_up.go_on,
            templates.fetch_when_connected,
            widgets.open_windows,
        ],
    ),
    On(event=InboxDisconnected, at_once=[queue.give_up_queued, give_up.give_up_queued]),
)
