"""What a bot may send, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from heard.sandbox.talks import acts, files
from heard.sandbox.talks.things import Account, Direct, Media
from heard.sandbox.telegram.files import path_of

if TYPE_CHECKING:
    from heard.sandbox.telegram.twin import Telegram

TEXT, CAPTION = 4_096, 1_024
LARGEST = {"image": 10 * 1024 * 1024, "file": 50 * 1024 * 1024}
CALLBACK = 64  # bytes
# method → the field that holds the file, what it is here
KINDS: dict[str, tuple[str, str]] = {
    "sendmessage": ("", ""),
    "sendphoto": ("photo", "image"),
    "senddocument": ("document", "file"),
    "sendvideo": ("video", "video"),
    "sendaudio": ("audio", "audio"),
    "sendvoice": ("voice", "voice"),
    "sendsticker": ("sticker", "sticker"),
    "sendlocation": ("", "location"),
}
Files = Mapping[str, tuple[str, bytes]]


class Wrong(Exception):
    """As the network says it."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def send(twin: Telegram, account: Account, method: str, asked: dict[str, Any], sent: Files) -> Direct:
    """Raises Wrong."""
    field, kind = KINDS[method]
    handle = person(twin, account, asked)
    media = _media(twin, field, kind, asked, sent)
    text = str(asked.get("caption" if media else "text") or "")
    if media:
        check_length(text, CAPTION, "message caption is too long")
    else:
        check_text(text)
    business = str(asked.get("business_connection_id") or "")
    if business and business != account.kept.get("business"):
        raise Wrong(400, "Bad Request: business connection not found")
    return acts.answer(
        twin,
        account,
        handle=handle,
        text=text,
        media=media,
        reply_to=_replied(twin, asked),
        buttons=_buttons(asked),
        kept={"business": business} if business else {},
    )


def check_text(text: str) -> None:
    """Raises Wrong."""
    if not text.strip():
        raise Wrong(400, "Bad Request: message text is empty")
    check_length(text, TEXT, "message is too long")


def check_length(text: str, most: int, sentence: str) -> None:
    """In UTF-16 units, as the network counts all its texts."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        raise Wrong(400, f"Bad Request: {sentence}")


def person(twin: Telegram, account: Account, asked: dict[str, Any]) -> str:
    """Whom a call is about: somebody who has written to the bot before. Raises Wrong."""
    chat = asked.get("chat_id")
    if chat in (None, ""):
        raise Wrong(400, "Bad Request: chat_id is empty")
    handle = twin.talks.handle(account.id, str(chat))
    if handle is None:
        raise Wrong(400, "Bad Request: chat not found")
    if forced := twin.forced(handle):
        raise FORCED[forced]
    conversation = twin.talks.conversation(account.id, handle)
    if conversation.blocked:
        raise Wrong(403, "Forbidden: bot was blocked by the user")
    if not conversation.opened_at:
        raise Wrong(400, "Bad Request: chat not found")
    return handle


FORCED: dict[int | str, Wrong] = {
    429: Wrong(429, "Too Many Requests: retry after 2", retry_after=2),
    "token_expired": Wrong(401, "Unauthorized"),
    "blocked": Wrong(403, "Forbidden: bot was blocked by the user"),
    "window": Wrong(403, "Forbidden: bot can't initiate conversation with a user"),
}


def content_of(twin: Telegram, path: str) -> bytes | None:
    return files.content(twin.talks, path)


def _media(twin: Telegram, field: str, kind: str, asked: dict[str, Any], sent: Files) -> list[Media]:
    if kind == "location":
        return [Media(kind, kept={key: asked.get(key) for key in ("latitude", "longitude")})]
    if not kind:
        return []
    # A client may give the file another name and point to it: attach://<name>.
    pointed = str(asked.get(field) or "").removeprefix("attach://")
    if uploaded := sent.get(field) or sent.get(pointed):
        name, content = uploaded
        if len(content) > LARGEST.get(kind, LARGEST["file"]):
            raise Wrong(413, "Request Entity Too Large")
        return [Media(kind, twin.talks.upload(content, name), name)]
    if not pointed:
        raise Wrong(400, f"Bad Request: there is no {field} in the request")
    return [Media(kind, path_of(pointed) or pointed)]


def _replied(twin: Telegram, asked: dict[str, Any]) -> str:
    reply = asked.get("reply_parameters")
    if not isinstance(reply, dict):
        return ""
    id = f"{asked.get('chat_id')}:{reply.get('message_id')}"
    if id in twin.talks.directs:
        return id
    if reply.get("allow_sending_without_reply"):
        return ""
    raise Wrong(400, "Bad Request: message to be replied not found")


def _buttons(asked: dict[str, Any]) -> list[dict[str, str]]:
    markup = asked.get("reply_markup")
    rows = markup.get("inline_keyboard", []) if isinstance(markup, dict) else []
    return [_button(one) for row in rows for one in row]


def _button(one: Any) -> dict[str, str]:
    known = one if isinstance(one, dict) else {}
    title, data, url = (str(known.get(name) or "") for name in ("text", "callback_data", "url"))
    if not title.strip():
        raise Wrong(400, "Bad Request: inline keyboard button text must be non-empty")
    if url:
        return {"title": title, "payload": "", "url": url}
    if not 1 <= len(data.encode()) <= CALLBACK:
        raise Wrong(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"title": title, "payload": data}
