"""What happens around messages: reactions, people who block the bot, business accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from heard.channels.contract import Happening, Incoming, Person, Reaction
from heard.channels.fields import as_aside, as_mapping
from heard.channels.telegram.payloads import Connection, MemberUpdated, MessageReaction

if TYPE_CHECKING:
    from heard.channels.telegram.updates import Update

_GONE: Final = ("kicked", "left")


def reaction(update: Update) -> list[Incoming]:
    """It tells what there was and what there is. The newest word counts, so one fact says it."""
    told = MessageReaction.model_validate(update.part)
    if told.chat.type not in ("private", ""):
        return update.ignored("Groups and channels are not read: only what people write to the bot.")
    if not told.chat.id or not told.message_id or not told.user.id:
        return update.ignored("A reaction came without its message or its author.", told.date)
    before, now = _named(told.old_reaction), _named(told.new_reaction)
    fresh = [one for one in now if one not in before]
    name, emoji = (fresh or now or before or [("", "")])[-1]
    if before == now or not (name or emoji):
        return update.ignored("A reaction changed nothing.", told.date)
    return [
        Reaction(
            **update.stamp(told.date),
            external_id=f"{told.chat.id}:{told.message_id}",
            author=Person(told.user.id, name=told.user.name, handle=told.user.username),
            emoji=emoji,
            name=name,
            added=bool(now),
        )
    ]


def _named(reactions: Iterable[Any]) -> list[tuple[str, str]]:
    """The network's word for it, and the emoji where there is one."""
    found = []
    for one in map(as_mapping, reactions):
        kind, emoji = as_aside(one.get("type")), as_aside(one.get("emoji"))
        name = {"emoji": emoji, "paid": "paid"}.get(kind) or as_aside(one.get("custom_emoji_id"))
        found.append((name, "⭐" if kind == "paid" else emoji))
    return found


def member(update: Update) -> list[Incoming]:
    """Somebody blocked the bot, or lets it write again."""
    told = MemberUpdated.model_validate(update.part)
    if told.chat.type not in ("private", ""):
        return update.ignored("The bot was added to a group, or removed. Groups are not read.", told.date)
    status = as_aside(told.new_chat_member.get("status"))
    if not told.chat.id or not status:
        return update.ignored("A change of membership does not say whose or to what.", told.date)
    name = "blocked" if status in _GONE else "unblocked"
    detail = {"status": status, "before": as_aside(told.old_chat_member.get("status"))}
    return [Happening(**update.stamp(told.date), name=name, address=told.chat.id, detail=detail)]


def connection(update: Update) -> list[Incoming]:
    """Somebody made the bot look after their own account, or took it away."""
    told = Connection.model_validate(update.part)
    if not told.id:
        return update.ignored("A business account came without its connection.", told.date)
    name = "business_disconnected" if told.is_enabled is False else "business_connected"
    return [Happening(**update.stamp(told.date), name=name, detail=dict(update.part))]
