"""What a business may send, and to whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from heard.sandbox.talks import acts
from heard.sandbox.talks.things import Account, Conversation, Direct, Media
from heard.sandbox.whatsapp.refusals import Refused
from heard.sandbox.whatsapp.templates import text_of

if TYPE_CHECKING:
    from heard.sandbox.whatsapp.twin import WhatsApp

TEXT, CAPTION, BODY = 4_096, 1_024, 1_024
BUTTONS, TITLE = 3, 20
PAIR_S, PAIR_AT_MOST = 60.0, 45
KINDS = {"image": "image", "video": "video", "audio": "audio", "document": "file", "sticker": "sticker"}
CLOSED = "Message failed to send because more than 24 hours have passed since the customer last replied."
FORCED: dict[int | str, tuple[int, str]] = {
    429: (130429, "Cloud API message throughput has been reached."),
    "blocked": (131026, "The recipient cannot get this message."),
    "window": (131047, CLOSED),
    "token_expired": (190, "Error validating access token: the session has expired."),
}


def send(twin: WhatsApp, account: Account, body: dict[str, Any]) -> Direct:
    """Raises Refused. What is refused only later is accepted here, as on the real network."""
    conversation = recipient(twin, account, body)
    if forced := twin.forced(conversation.handle):
        code, details = FORCED[forced]
        raise Refused(code, details, status=401 if code == 190 else 400)
    _keep_pace(twin, conversation)
    text, media = _content(twin, account, body)
    buttons = _buttons(body) if body["type"] == "interactive" else []
    free = acts.window_open(twin, conversation) or body["type"] == "template"
    direct = acts.answer(
        twin,
        account,
        handle=conversation.handle,
        text=text,
        token=str(body.get("biz_opaque_callback_data") or ""),
        media=media,
        buttons=buttons,
        reply_to=_quoted(body),
        kept={"type": body["type"], "closed": not free, "template": body.get("template")},
    )
    return direct


def recipient(twin: WhatsApp, account: Account, body: dict[str, Any]) -> Conversation:
    """`to` is a number and goes before `recipient`, which is an id. Raises Refused."""
    if body.get("messaging_product") != "whatsapp":
        raise Refused(100, "(#100) The parameter messaging_product is required.")
    address = str(body.get("to") or body.get("recipient") or "").lstrip("+")
    if not address:
        raise Refused(131008, "The parameter to is required.")
    if address == account.kept["number"]:
        raise Refused(131021, "Recipient cannot be sender")
    conversation = twin.conversation_with(account, address)
    if conversation is None or conversation.blocked:
        raise Refused(131026, "The recipient cannot get this message.")
    return conversation


def react(twin: WhatsApp, account: Account, body: dict[str, Any]) -> None:
    """Raises Refused."""
    recipient(twin, account, body)
    felt = body.get("reaction")
    felt = felt if isinstance(felt, dict) else {}
    direct = twin.talks.directs.get(str(felt.get("message_id", "")))
    if direct is None:
        raise Refused(131009, "The message that was reacted to is not there.")
    acts.react(twin, direct, by_account=True, emoji=str(felt.get("emoji") or ""))


def _keep_pace(twin: WhatsApp, conversation: Conversation) -> None:
    now = twin.now()
    sent = [at for at in conversation.kept.get("sent", []) if at > now - PAIR_S]
    if len(sent) >= PAIR_AT_MOST:
        raise Refused(131056, "Too many messages to the same person in a short time.")
    conversation.kept["sent"] = [*sent, now]


def _content(twin: WhatsApp, account: Account, body: dict[str, Any]) -> tuple[str, list[Media]]:
    kind = body.get("type", "text")
    part = body.get(kind)
    if not isinstance(part, dict):
        raise Refused(131008, f"The parameter {kind} is required.")
    body["type"] = kind
    if kind == "text":
        return _text(part.get("body"), TEXT, "text['body']"), []
    if kind == "template":
        return text_of(account, part), []
    if kind == "interactive":
        return _interactive(part), []
    if kind in KINDS:
        caption = part.get("caption")
        words = _text(caption, CAPTION, f"{kind}['caption']") if caption else ""
        return words, [_file(twin, account, kind, part)]
    raise Refused(131051, "Message type is not currently supported.")


def _interactive(part: dict[str, Any]) -> str:
    body = part.get("body")
    if part.get("type") != "button" or not isinstance(body, dict):
        raise Refused(131009, "Only interactive messages with reply buttons are known here.")
    return _text(body.get("text"), BODY, "interactive['body']['text']")


def _buttons(body: dict[str, Any]) -> list[dict[str, str]]:
    action = body["interactive"].get("action")
    wanted = action.get("buttons") if isinstance(action, dict) else None
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= BUTTONS:
        raise Refused(
            131009, f"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {BUTTONS}"
        )
    replies = [one.get("reply") or {} for one in wanted if isinstance(one, dict)]
    found = [{"title": str(one.get("title") or ""), "payload": str(one.get("id") or "")} for one in replies]
    if len(found) < len(wanted) or any(
        not one["payload"] or not 1 <= len(one["title"]) <= TITLE for one in found
    ):
        raise Refused(131009, f"Button title length invalid. Min length: 1, Max length: {TITLE}")
    if len({one["payload"] for one in found}) < len(found) or len({one["title"] for one in found}) < len(
        found
    ):
        raise Refused(131009, "Duplicated title or id of a button.")
    return found


def _text(value: Any, limit: int, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused(131008, f"The parameter {name} is required.")
    if len(value) > limit:
        raise Refused(100, f"(#100) Param {name} must be at most {limit} characters long.")
    return value


def _file(twin: WhatsApp, account: Account, kind: str, part: dict[str, Any]) -> Media:
    if link := part.get("link"):
        return Media(KINDS[kind], str(link), str(part.get("filename") or ""))
    path = account.kept["uploads"].get(str(part.get("id") or ""))
    if path is None:
        raise Refused(131009, "The media id is not valid, or belongs to another number.")
    return Media(KINDS[kind], path, str(part.get("filename") or re.sub(r".*/", "", path)))


def _quoted(body: dict[str, Any]) -> str:
    context = body.get("context")
    return str(context.get("message_id", "")) if isinstance(context, dict) else ""
