"""Some networks tell of a message by its id alone. Its words are those of the post of the same id, fetched later."""

from __future__ import annotations

from django.db import transaction

from heard.contacts.models import Contact
from heard.inboxes.models import Inbox
from heard.language.detect import detect
from heard.tickets.models import Message, Post
from heard.tickets.readable import readable
from heard.tickets.settle import settle
from heard.tickets.threads import lock_tickets


@transaction.atomic
def fill_in(inbox: Inbox, post: Post) -> None:
    """Does nothing for a message that has words, or once had."""
    bare = Message.objects.filter(
        inbox=inbox, external_id=post.external_id, direction=Message.Direction.IN, text="", edited_at=None
    )
    message = bare.select_related("author").first()
    if message is None or not post.text:
        return
    ticket = lock_tickets([message.ticket_id])[message.ticket_id]
    message.text, message.permalink = readable(post.text), message.permalink or post.permalink
    message.save(update_fields=["text", "permalink"])
    found = detect(message.text)
    if found.certain and not ticket.language:
        ticket.language = found.language
        ticket.save(update_fields=["language"])
    if message.author and post.author_name:
        Contact.objects.filter(pk=message.author.contact_id, name="").update(name=post.author_name)
    settle(ticket)
