"""What a bot may send, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heard.sandbox.talks import acts
from heard.sandbox.talks.things import Account, Direct, Media

if TYPE_CHECKING:
    from heard.sandbox.viber.twin import Viber

TEXT, CAPTION, TRACKING, SENDER, URL = 7_000, 768, 4_000, 28, 2_000
AFTER_OPENING_S = 300  # how long a bot may write to somebody who only looked
FORCED = {429: 12, "token_expired": 2, "blocked": 6, "window": 23}
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


def send(twin: Viber, account: Account, body: dict[str, Any], receiver: Any) -> Direct:
    """Raises BadMessage."""
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
        media=_media(twin, body),
        buttons=_buttons(body),
        kept={"sender": body["sender"]["name"], "type": body.get("type", "keyboard")},
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
    if kind == "url" and len(str(body["media"])) > URL:
        raise BadMessage(3, "media is too long")


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


def _media(twin: Viber, body: dict[str, Any]) -> list[Media]:
    kind = body.get("type")
    if kind in KINDS:
        return [Media(KINDS[kind], str(body.get("media") or ""), str(body.get("file_name") or ""))]
    if kind in {"contact", "location"}:
        return [Media(kind, kept=dict(body[kind]) if isinstance(body[kind], dict) else {})]
    return []


def _buttons(body: dict[str, Any]) -> list[dict[str, str]]:
    keyboard = body.get("keyboard")
    rows = keyboard.get("Buttons", []) if isinstance(keyboard, dict) else []
    return [
        {"title": str(one.get("Text") or one["ActionBody"]), "payload": str(one["ActionBody"])}
        for one in rows
        if isinstance(one, dict) and "ActionBody" in one
    ]
