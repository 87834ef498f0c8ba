"""The calls by which a page writes in private: messages, private replies, sender actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from heard.sandbox.meta import private
from heard.sandbox.meta.graph import nodes
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import (
    GraphError,
    gone,
    not_owner,
    throttled,
    unavailable,
    unreadable_token,
    window_closed,
    wrong,
)
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.things import Comment, Conversation, Media, Page, Post, Profile

STANDARD_S, EXTENDED_S = 24 * 3600, 7 * 86400
KINDS = ("image", "audio", "video", "file")
TYPES = ("RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY")
TYPING_S = 20
QUICK_REPLIES, TITLE, PAYLOAD = 13, 20, 1_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs between the two messengers that share these calls."""

    rights: tuple[str, ...]
    limit: int
    size: Callable[[str], int]
    closed: int  # subcode of the answer when the window is closed


MESSENGER = Rules(("pages_messaging",), 2_000, len, 2018278)
INSTAGRAM = Rules(
    ("instagram_business_manage_messages", "instagram_manage_messages"),
    1_000,
    lambda text: len(text.encode()),
    2534022,
)


def rules_of(page: Page) -> Rules:
    return INSTAGRAM if isinstance(page, Profile) else MESSENGER


def send(call: Call, page: Page) -> Any:
    need(call, *rules_of(page).rights)
    recipient = call.thing("recipient")
    if not isinstance(recipient, dict):
        raise wrong("The parameter recipient is required.")
    if "comment_id" in recipient or "post_id" in recipient:
        return _reply_privately(call, page, str(recipient.get("comment_id") or recipient.get("post_id")))
    handle = partner(call, page, str(recipient.get("id", "")))
    conversation = call.network.conversation(page.id, handle)
    if action := call.text("sender_action"):
        _act(call, conversation, action)
        return {"recipient_id": call.network.psid(page.id, handle)}
    text, media, metadata = _message(call, page)
    _check_owner(call, conversation)
    _check_window(call, conversation, rules_of(page))
    return _sent(call, page, handle, text, media, metadata)


def partner(call: Call, page: Page, psid: str) -> str:
    """Who has that PSID on this page. Ids that end in a magic mark force an error (adapters' tests)."""
    handle = call.network.handle(psid)
    if handle is None or call.network.psid(page.id, handle) != psid:
        raise GraphError("(#100) No matching user found", code=100, subcode=2018001)
    if psid.endswith("-429"):
        raise throttled(app=False, retry_after=2, page=page.id)
    if psid.endswith("-190"):
        raise unreadable_token()
    if psid.endswith("-window"):
        raise window_closed(rules_of(page).closed)
    if psid.endswith("-551") or call.network.conversation(page.id, handle).blocked:
        raise unavailable()
    if handle in page.blocked:
        raise unavailable()
    return handle


def _message(call: Call, page: Page) -> tuple[str, list[Media], str]:
    message = call.thing("message")
    if not isinstance(message, dict):
        raise wrong("The parameter message is required.")
    kind = call.text("messaging_type", "RESPONSE")
    if kind not in TYPES:
        raise wrong(f"Param messaging_type must be one of {{{', '.join(TYPES)}}} - got {kind!r}.")
    text, media = str(message.get("text") or ""), _media(call, message)
    if not text.strip() and not media:
        raise wrong("Message cannot be empty, must provide valid attachment or text")
    rules = rules_of(page)
    if rules.size(text) > rules.limit:
        raise wrong(f"Length of param message[text] must be less than or equal to {rules.limit}")
    if text and media:
        raise wrong("Cannot send text and an attachment in one message.")
    return text, media, str(message.get("metadata") or "")


def _quick_replies(call: Call) -> list[dict[str, str]]:
    message = call.thing("message")
    wanted = message.get("quick_replies") if isinstance(message, dict) else None
    if wanted is None:
        return []
    if not isinstance(wanted, list) or len(wanted) > QUICK_REPLIES:
        raise wrong(f"Param message[quick_replies] has too many elements, at most {QUICK_REPLIES}.")
    return [_quick_reply(one) for one in wanted]


def _quick_reply(one: Any) -> dict[str, str]:
    known = one if isinstance(one, dict) else {}
    title, payload = known.get("title"), known.get("payload")
    if known.get("content_type") != "text" or not isinstance(title, str) or not title.strip():
        raise wrong("Param message[quick_replies] needs a title.")
    if len(title) > TITLE or not isinstance(payload, str) or len(payload) > PAYLOAD:
        raise wrong("Param message[quick_replies] has a title or a payload that is too long.")
    return {"title": title, "payload": payload}


def _media(call: Call, message: dict[str, Any]) -> list[Media]:
    if message.get("sticker_id"):
        return [Media("sticker", "picture/thumb.png")]
    attachment = message.get("attachment")
    if not isinstance(attachment, dict):
        return []
    kind, payload = str(attachment.get("type", "")), attachment.get("payload") or {}
    if kind == "like_heart":
        return [Media(kind, "")]
    if kind not in KINDS:
        raise wrong(f"Attachment type {kind!r} is not supported here.")
    if id := payload.get("attachment_id"):
        kept = call.network.attachments.get(str(id))
        if kept is None:
            raise wrong("Invalid attachment_id", subcode=2018074)
        return [kept]
    if url := payload.get("url"):
        return [Media(kind, call.fetched.get(str(url), str(url)))]
    if "filedata" in call.files:
        return [Media(kind, call.network.upload(call.files["filedata"]))]
    raise wrong("The attachment has neither url nor attachment_id.")


def _check_owner(call: Call, conversation: Conversation) -> None:
    if conversation.owner and call.app and conversation.owner != call.app.id:
        raise not_owner()


def _check_window(call: Call, conversation: Conversation, rules: Rules) -> None:
    ago = call.network.clock.now() - conversation.opened_at
    if call.text("messaging_type") == "MESSAGE_TAG":
        tag = call.text("tag")
        if tag != "HUMAN_AGENT":
            raise wrong(f"Message tag {tag or '(none)'} is not supported any more.")
        limit = EXTENDED_S
    else:
        limit = STANDARD_S
    if not conversation.opened_at or ago > limit:
        raise window_closed(rules.closed)


def _sent(call: Call, page: Page, handle: str, text: str, media: list[Media], metadata: str) -> Any:
    reply_to = call.thing("reply_to")
    direct = private.answer(
        call.network,
        page.id,
        handle=handle,
        text=text,
        app=call.app.id if call.app else "",
        metadata=metadata,
        media=media,
        buttons=_quick_replies(call),
        reply_to=str(reply_to.get("mid", "")) if isinstance(reply_to, dict) else "",
    )
    return {"recipient_id": call.network.psid(page.id, handle), "message_id": direct.id}


def _reply_privately(call: Call, page: Page, id: str) -> Any:
    """One message for each comment or visitor's post, within seven days; it opens no window."""
    thing: Comment | Post | None = call.network.comments.get(id) or call.network.posts.get(id)
    if thing is None or thing.removed or thing.page != page.id:
        raise gone(id, call.method)
    if not thing.handle:
        raise GraphError("(#10903) This user can't reply to this activity", code=10903)
    if thing.private_reply:
        raise GraphError("(#10900) Activity already replied to", code=10900)
    if not nodes.can_reply_privately(call.network, thing):
        raise GraphError("(#10903) This user can't reply to this activity", code=10903)
    partner(call, page, call.network.psid(page.id, thing.handle))
    text, media, metadata = _message(call, page)
    answer = _sent(call, page, thing.handle, text, media, metadata)
    thing.private_reply = answer["message_id"]
    call.network.keep(thing)
    return answer


def _act(call: Call, conversation: Conversation, action: str) -> None:
    network = call.network
    if action in {"typing_on", "typing_off"}:
        conversation.typing_until = network.clock.now() + TYPING_S if action == "typing_on" else 0
        network.engine.listeners.tell()
    elif action == "mark_seen":
        conversation.seen_to = network.clock.now()
        network.keep(conversation)
    elif action in {"react", "unreact"}:
        payload = call.thing("payload") or {}
        direct = network.directs.get(str(payload.get("message_id", "")))
        if direct is None or direct.removed or direct.handle != conversation.handle:
            raise wrong("Invalid message_id in payload")
        name = str(payload.get("reaction", "love")) if action == "react" else ""
        private.react(network, direct, by_page=True, name=name)
    else:
        raise wrong(f"Unknown sender_action {action!r}.")


def keep_attachment(call: Call, page: Page) -> Any:
    """Uploaded once, to be sent often."""
    need(call, "pages_messaging")
    message = call.thing("message")
    media = _media(call, message) if isinstance(message, dict) else []
    if not media:
        raise wrong("The parameter message[attachment] is required.")
    id = call.network.number()
    call.network.attachments[id] = media[0]
    return {"attachment_id": id}
