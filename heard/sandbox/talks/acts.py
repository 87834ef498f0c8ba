"""What people and accounts do on a private network. Each act is kept, and whoever listens is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from heard.sandbox.talks.things import Account, Conversation, Direct, Media

if TYPE_CHECKING:
    from heard.sandbox.talks.twin import TalkTwin

# ── customers ──


def write(
    twin: TalkTwin,
    account: Account,
    *,
    handle: str,
    text: str,
    media: Sequence[Media] = (),
    reply_to: str = "",
    quick: str = "",
    kept: dict[str, Any] | None = None,
) -> Direct:
    conversation = twin.talks.conversation(account.id, handle)
    first = not conversation.opened_at
    direct = Direct(
        id=twin.direct_id(account, handle),
        account=account.id,
        handle=handle,
        text=text,
        from_page=False,
        at=twin.now(),
        media=list(media),
        reply_to=reply_to,
        quick=quick,
        kept=kept or {},
    )
    twin.talks.add(direct)
    conversation.opened_at = conversation.updated_at = direct.at
    twin.talks.keep(conversation)
    twin.tell_written(direct, first=first)
    return direct


def open_chat(twin: TalkTwin, account: Account, *, handle: str, context: str = "") -> None:
    """The customer looks at the conversation for the first time, or by a link that carries `context`."""
    twin.tell_opened(twin.talks.conversation(account.id, handle), context)


def press(twin: TalkTwin, direct: Direct, *, title: str, payload: str) -> None:
    """A button under one of the account's messages."""
    conversation = twin.talks.conversation(direct.account, direct.handle)
    conversation.opened_at = conversation.updated_at = twin.now()
    twin.talks.keep(conversation)
    twin.tell_pressed(direct, title=title, payload=payload)


def edit(twin: TalkTwin, direct: Direct, *, text: str, by_account: bool = False) -> None:
    """Of what the account changes by the API nobody is told."""
    direct.text = text
    direct.edits += 1
    twin.talks.keep(direct)
    if not by_account:
        twin.tell_edited(direct)


def remove(twin: TalkTwin, direct: Direct, *, by_account: bool = False) -> None:
    direct.removed = True
    twin.talks.keep(direct)
    if not by_account:
        twin.tell_removed(direct)


def react(twin: TalkTwin, direct: Direct, *, by_account: bool, emoji: str) -> None:
    """`emoji` "" takes the reaction back. Of the account's own reactions nobody is told."""
    handle = "" if by_account else direct.handle
    before = direct.reactions.get(handle, "")
    if before == emoji:
        return
    if emoji:
        direct.reactions[handle] = emoji
    else:
        del direct.reactions[handle]
    twin.talks.keep(direct)
    if not by_account:
        twin.tell_reaction(direct, before=before, emoji=emoji)


def read(twin: TalkTwin, account: Account, *, handle: str) -> None:
    """The customer opens the conversation: everything of the account's up to now has been read."""
    conversation = twin.talks.conversation(account.id, handle)
    ours = [
        one
        for one in twin.talks.said[account.id, handle]
        if one.from_page and one.at > conversation.read_to and not one.failed
    ]
    if ours:
        conversation.read_to = twin.now()
        twin.talks.keep(conversation)
        twin.tell_read(conversation, ours)


def block(twin: TalkTwin, account: Account, *, handle: str, blocked: bool) -> None:
    conversation = twin.talks.conversation(account.id, handle)
    if conversation.blocked != blocked:
        conversation.blocked = blocked
        twin.talks.keep(conversation)
        twin.tell_blocked(conversation)


# ── accounts ──


def answer(
    twin: TalkTwin,
    account: Account,
    *,
    handle: str,
    text: str,
    token: str = "",
    media: Sequence[Media] = (),
    reply_to: str = "",
    buttons: Sequence[dict[str, str]] = (),
    by: str = "api",
    kept: dict[str, Any] | None = None,
) -> Direct:
    """What the account says: by the API, or (`by` "own_app") past Heard."""
    conversation = twin.talks.conversation(account.id, handle)
    direct = Direct(
        id=twin.direct_id(account, handle),
        account=account.id,
        handle=handle,
        text=text,
        from_page=True,
        at=twin.now(),
        by=by,
        token=token,
        media=list(media),
        reply_to=reply_to,
        buttons=list(buttons),
        kept=kept or {},
    )
    twin.talks.add(direct)
    conversation.updated_at, conversation.typing_until = direct.at, 0
    conversation.delivered_to = direct.at
    twin.talks.keep(conversation)
    twin.tell_answered(direct)
    return direct


def fail(twin: TalkTwin, direct: Direct, *, reason: str) -> None:
    """It had been accepted, and yet never arrives."""
    direct.failed = reason
    twin.talks.keep(direct)
    twin.tell_failed(direct)


def window_open(twin: TalkTwin, conversation: Conversation) -> bool:
    """May the account write freely? Always, where the network has no window."""
    if twin.window_s is None:
        return True
    return bool(conversation.opened_at) and twin.now() <= conversation.opened_at + twin.window_s
