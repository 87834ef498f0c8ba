"""What is said and done in Messenger, by customers and by the page alike, and who is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heard.channels.messenger import simulator as wording
from heard.sandbox.meta import hooks, media
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Conversation, Direct, Media

INBOX_APP = "263902037430900"  # the network's own inbox, where a company may answer past Heard
INSTAGRAM_APP = "1217981644879628"  # the same on Instagram
EMOJI = {"like": "👍", "love": "❤", "haha": "😆", "wow": "😮", "sad": "😢", "angry": "😠"}

# ── customers ──


def write(
    network: Network,
    page: str,
    *,
    handle: str,
    text: str,
    media: Sequence[Media] = (),
    reply_to: str = "",
    quick: str = "",
    story: str = "",
) -> Direct:
    conversation = network.conversation(page, handle)
    direct = Direct(
        id=network.mid(page),
        page=page,
        handle=handle,
        text=text,
        from_page=False,
        at=network.clock.now(),
        media=list(media),
        reply_to=reply_to,
        quick=quick,
        story=story,
    )
    network.add(direct)
    open_window(network, conversation)
    _tell(network, direct, "messages", message=_fragment(network, direct))
    return direct


def press(network: Network, page: str, *, handle: str, title: str, payload: str) -> None:
    """The button "Get started", or one of those that the page sent."""
    open_window(network, network.conversation(page, handle))
    postback = {"mid": network.mid(page), "title": title, "payload": payload}
    _tell_of(network, page, handle, "messaging_postbacks", postback=postback)


def come(network: Network, page: str, *, handle: str, ref: str) -> None:
    """Somebody follows a link into the conversation."""
    open_window(network, network.conversation(page, handle))
    referral = {"ref": ref, "source": "IGME-SOURCE-LINK", "type": "OPEN_THREAD"}
    _tell_of(network, page, handle, "messaging_referral", referral=referral)


def open_window(network: Network, conversation: Conversation) -> None:
    conversation.opened_at = conversation.updated_at = network.clock.now()
    conversation.spam = False
    network.keep(conversation)


def edit(network: Network, direct: Direct, *, text: str) -> None:
    direct.text = text
    direct.edits += 1
    network.keep(direct)
    change = {"mid": direct.id, "text": text, "num_edit": direct.edits}
    _tell_of(network, direct.page, direct.handle, "message_edits", message_edit=change)


def remove(network: Network, direct: Direct) -> None:
    direct.removed = True
    network.keep(direct)
    _tell_of(network, direct.page, direct.handle, "messages", message={"mid": direct.id, "is_deleted": True})


def react(network: Network, direct: Direct, *, by_page: bool, name: str) -> None:
    """`name` "" takes the reaction back. Of the page's own reactions nobody is told."""
    handle = "" if by_page else direct.handle
    before = direct.reactions.get(handle, "")
    if before == name:
        return
    if name:
        direct.reactions[handle] = name
    else:
        del direct.reactions[handle]
    network.keep(direct)
    if by_page:
        return
    open_window(network, network.conversation(direct.page, direct.handle))
    reaction = wording.reaction(direct.id, name=name, emoji=EMOJI.get(name, "👍"), added=bool(name))
    _tell_of(network, direct.page, direct.handle, "message_reactions", reaction=reaction)


def read(network: Network, page: str, *, handle: str) -> None:
    """The customer opens the conversation: everything of ours up to now has been read."""
    conversation = network.conversation(page, handle)
    ours = [one for one in network.said[page, handle] if one.from_page]
    if not ours or ours[-1].at <= conversation.read_to:
        return
    conversation.read_to = network.clock.now()
    network.keep(conversation)
    # Instagram names the newest message instead of a time.
    upto = {"mid": ours[-1].id} if page in network.profiles else {"watermark": network.clock.ms()}
    _tell_of(network, page, handle, "message_reads", read=upto)


# ── the page ──


def answer(
    network: Network,
    page: str,
    *,
    handle: str,
    text: str,
    app: str,
    metadata: str = "",
    media: Sequence[Media] = (),
    buttons: Sequence[dict[str, str]] = (),
    reply_to: str = "",
) -> Direct:
    """What the page says, by whichever app. The echo goes to all apps, and then the receipt."""
    conversation = network.conversation(page, handle)
    direct = Direct(
        id=network.mid(page),
        page=page,
        handle=handle,
        text=text,
        from_page=True,
        at=network.clock.now(),
        app=app,
        metadata=metadata,
        media=list(media),
        buttons=list(buttons),
        reply_to=reply_to,
    )
    network.add(direct)
    conversation.updated_at, conversation.typing_until = direct.at, 0
    fragment = wording.echo(_fragment(network, direct), app_id=app, metadata=metadata)
    body = wording.event(page, network.psid(page, handle), int(direct.at * 1000), message=fragment)
    hooks.messaging(network, page, "message_echoes", body, handle=handle)
    _deliver(network, conversation, direct)
    return direct


def _deliver(network: Network, conversation: Conversation, direct: Direct) -> None:
    conversation.delivered_to = direct.at
    network.keep(conversation)
    receipt = {"mids": [direct.id], "watermark": int(direct.at * 1000)}
    _tell_of(network, direct.page, direct.handle, "message_deliveries", delivery=receipt)


# ── wording ──


def _fragment(network: Network, direct: Direct) -> dict[str, Any]:
    attachments = [wording.attachment(one.kind, media.link(network, one.url)) for one in direct.media]
    fragment = wording.message(
        direct.id, text=direct.text, attachments=attachments, reply_to=direct.reply_to, quick=direct.quick
    )
    if direct.story:
        story = {"id": direct.story.rpartition("/")[2], "url": media.story_link(network, direct.story)}
        fragment["reply_to"] = {"story": story}
    return fragment


def _tell(network: Network, direct: Direct, field: str, **fragment: Any) -> None:
    psid = network.psid(direct.page, direct.handle)
    body = wording.event(psid, direct.page, int(direct.at * 1000), **fragment)
    hooks.messaging(network, direct.page, field, body, handle=direct.handle)


def _tell_of(network: Network, page: str, handle: str, field: str, **fragment: Any) -> None:
    """Something by the customer that is nothing said. A delivery carries no time but its watermark."""
    body = wording.event(network.psid(page, handle), page, network.clock.ms(), **fragment)
    if field == "message_deliveries":
        del body["timestamp"]
    hooks.messaging(network, page, field, body, handle=handle)


def tell_handover(network: Network, conversation: Conversation, event: str, detail: dict[str, Any]) -> None:
    """Another app took or was given the thread, or asks for it."""
    fragment = {event: detail}
    _tell_of(network, conversation.page, conversation.handle, "messaging_handovers", **fragment)
