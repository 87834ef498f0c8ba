"""What a bot may send, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from heard.sandbox.talks import acts
from heard.sandbox.talks.things import Account, Direct, Media

if TYPE_CHECKING:
    from heard.sandbox.viber.twin import Viber

TEXT, CAPTION, TRACKING, SENDER, URL = 7_000, 768, 4_000, 28, 2_000
AFTER_OPENING_S = 300  # how long a bot may write to somebody who only looked
FORCED = {429: 12, "token_expired": 2, "blocked": 6, "window": 23}
LARGEST = {"video": 26 * 1024 * 1024, "file": 50 * 1024 * 1024}
PICTURES = ("jpg", "jpeg", "png", "gif")
RUN = ("exe", "bat", "cmd", "com", "js", "msi", "scr", "vbs", "jar", "apk")
BUTTONS, BUTTON_TEXT = 24, 250
KINDS = {"picture": "image", "video": "video", "file": "file", "sticker": "sticker", "url": "link"}
NEEDED = {
    "text": ("text",),
    "picture": ("media",),
    "video": ("media", "size"),
    "file": ("media", "size", "file_name"),
    "contact": ("contact",),
    "location": ("location",),
    "sticker": ("sticker_id",),
    "url": ("media",),
    "rich_media": ("rich_media",),
    "keyboard": (),  # buttons alone, of no type
}


class BadMessage(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


def send(
    twin: Viber, account: Account, body: dict[str, Any], receiver: Any, *, copy: str | None = None
) -> Direct:
    """`copy` is the path of the file that was fetched, empty when nobody could fetch it. Raises BadMessage."""
    _check(body)
    handle = _person(twin, account, receiver)
    conversation = twin.talks.conversation(account.id, handle)
    conversation.kept["tracking"] = str(body.get("tracking_data", ""))
    return acts.answer(
        twin,
        account,
        handle=handle,
        text=str(body.get("text") or ""),
        token=str(body.get("tracking_data", "")),
        media=_media(twin, body, copy),
        buttons=_buttons(body),
        kept={"sender": body["sender"]["name"], "type": body.get("type", "keyboard"), "lost": copy == ""},
    )


def _check(body: dict[str, Any]) -> None:
    kind = body.get("type") or ("keyboard" if "keyboard" in body else "")
    if kind not in NEEDED:
        raise BadMessage(3, "type is missing or unknown")
    for needed in NEEDED[kind]:
        if body.get(needed) in (None, ""):
            raise BadMessage(4, f"{needed} is missing")
    sender = body.get("sender")
    name = sender.get("name") if isinstance(sender, dict) else None
    if not isinstance(name, str) or not 1 <= len(name) <= SENDER:
        raise BadMessage(3, "sender.name is missing or longer than 28 characters")
    if len(str(body.get("text") or "")) > (TEXT if kind == "text" else CAPTION):
        raise BadMessage(3, "text is too long")
    if len(str(body.get("tracking_data", ""))) > TRACKING:
        raise BadMessage(3, "tracking_data is too long")
    _check_file(kind, body)
    if kind == "url" and len(str(body["media"])) > URL:
        raise BadMessage(3, "media is too long")


def _check_file(kind: str, body: dict[str, Any]) -> None:
    """What the network looks at without fetching the file: the address, the size, the name."""
    if kind not in LARGEST and kind != "picture":
        return
    path = urlsplit(str(body["media"])).path
    ending = path.rpartition(".")[2].lower() if "." in path else ""
    if not ending or (kind == "picture" and ending not in PICTURES):
        raise BadMessage(3, "media has no proper extension")
    size = body.get("size")
    if kind in LARGEST and (not isinstance(size, int) or size > LARGEST[kind]):
        raise BadMessage(3, "the file is too large")
    if kind == "file" and str(body["file_name"]).rpartition(".")[2].lower() in RUN:
        raise BadMessage(3, "files of this kind are not allowed")


def _person(twin: Viber, account: Account, receiver: Any) -> str:
    handle = twin.talks.handle(account.id, str(receiver or ""))
    if not receiver:
        raise BadMessage(4, "receiver is missing")
    if handle is None:
        raise BadMessage(5, "receiverNotRegistered")
    if forced := twin.forced(handle):
        raise BadMessage(FORCED[forced], "forced by the person's handle")
    conversation = twin.talks.conversation(account.id, handle)
    just_opened = twin.now() - conversation.kept.get("opened_at", 0) <= AFTER_OPENING_S
    if not conversation.kept.get("subscribed") and not just_opened:
        raise BadMessage(6, "receiverNotSubscribed")
    return handle


def _media(twin: Viber, body: dict[str, Any], copy: str | None) -> list[Media]:
    kind = body.get("type")
    if kind in KINDS:
        return [Media(KINDS[kind], copy or str(body.get("media") or ""), str(body.get("file_name") or ""))]
    if kind in {"contact", "location"}:
        return [Media(kind, kept=dict(body[kind]) if isinstance(body[kind], dict) else {})]
    return []


def _buttons(body: dict[str, Any]) -> list[dict[str, str]]:
    keyboard = body.get("keyboard")
    rows = keyboard.get("Buttons", []) if isinstance(keyboard, dict) else []
    if len(rows) > BUTTONS:
        raise BadMessage(3, "keyboard has too many buttons")
    return [_button(one) for one in rows if isinstance(one, dict) and "ActionBody" in one]


def _button(one: dict[str, Any]) -> dict[str, str]:
    title, body = str(one.get("Text") or one["ActionBody"]), str(one["ActionBody"])
    if len(title) > BUTTON_TEXT:
        raise BadMessage(3, "the text of a button is too long")
    if one.get("ActionType", "reply") == "open-url":
        return {"title": title, "payload": "", "url": body}
    return {"title": title, "payload": body}
