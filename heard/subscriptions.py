"""When this happens, do that: the only file that joins features.

Everything listed runs in the publisher's transaction. What touches a network only leaves a job there.
"""

from __future__ import annotations

from collections.abc import Sequence

from heard.chat import adopt, left, widgets
from heard.confirming import due
from heard.contacts.events import ContactsMerged, ContactSpeaks, ContactsUnmerged
from heard.events.publishing import On
from heard.forms import taken_in
from heard.inboxes import templates
from heard.inboxes.events import InboxConnected, InboxDisconnected, InboxReconnected
from heard.ingest import fetch, letters, look, parked, set_up
from heard.outbox import queue
from heard.people.events import AgentLeft
from heard.publishing import give_up
from heard.replies import use
from heard.tickets import events, follow_contacts, follow_language, give_back, prove, quoted, template_news

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
        ],
    ),
    On(event=events.PastMessageReceived, at_once=[fetch.fetch_what_is_missing, letters.clean_what_came]),
    On(event=events.MessageQueued, at_once=[queue.queue_reply, use.note_sent]),
    On(event=events.MessageRetried, at_once=[queue.queue_again]),
    On(event=events.MessageCancelled, at_once=[queue.drop_cancelled]),
    On(event=events.MessageLiked, at_once=[queue.queue_like]),
    On(event=events.MessageHidden, at_once=[queue.queue_hide]),
    On(event=events.MessageReposted, at_once=[queue.queue_repost]),
    On(event=events.MessageSent, at_once=[queue.close_sent, parked.retry_after_sending]),
    On(event=ContactsMerged, at_once=[follow_contacts.follow_merged]),
    On(event=ContactsUnmerged, at_once=[follow_contacts.follow_unmerged]),
    On(event=ContactSpeaks, at_once=[follow_language.follow_spoken]),
    On(event=AgentLeft, at_once=[give_back.give_back_of_those_who_left]),
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
