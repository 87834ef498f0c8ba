"""Hook calls as Meta writes them, for tests that begin with bytes. All belong to the page of the cast."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from heard.channels.facebook import simulator as public
from heard.channels.messenger import simulator as private
from heard.channels.meta.simulator import encode, envelope
from heard.inboxes.models import Inbox
from heard.ingest.models import RawCall
from heard.ingest.take_in import take_in

PAGE = "104500"
POST = f"{PAGE}_1"
Element = tuple[str, dict[str, Any]]  # the list it stands in, and itself


def body_of(*elements: Element, page: str = PAGE) -> bytes:
    return encode(envelope([{"id": page, "time": 1_793_620_800, part: [one]} for part, one in elements]))


def stored(inbox: Inbox, *elements: Element, now: datetime, body: bytes | None = None) -> RawCall:
    """A call as the hook front leaves it: written down, and nothing more."""
    return RawCall.objects.create(
        workspace_id=inbox.workspace_id,
        inbox=inbox,
        body=body_of(*elements) if body is None else body,
        received_at=now,
    )


def take_all(*, now: datetime, most: int = 100) -> int:
    """Whatever waits, of all inboxes. Gives how many calls."""
    count = 0
    while taken := take_in(now=now, most=most):
        count += taken
    return count


# ── in public ──


def comment(id: str, text: str, *, at: datetime, by: str = "jana", under: str = "") -> Element:
    return _comment("add", id, by, under, message=text, created_time=_seconds(at))


def own_comment(id: str, text: str, *, at: datetime, under: str = "") -> Element:
    return _comment("add", id, PAGE, under, message=text, created_time=_seconds(at))


def edited(id: str, text: str, *, at: datetime, by: str = "jana") -> Element:
    return _comment("edited", id, by, "", message=text, created_time=_seconds(at))


def removed(id: str, *, at: datetime, by: str = "jana") -> Element:
    return _comment("remove", id, by, "", created_time=_seconds(at))


def hidden(id: str, *, at: datetime, hidden: bool = True) -> Element:
    return _comment("hide" if hidden else "unhide", id, PAGE, "", created_time=_seconds(at))


def felt(id: str, name: str, *, at: datetime, by: str = "dana", added: bool = True) -> Element:
    value = public.reaction(
        "add" if added else "remove",
        {"id": f"person-{by}", "name": by.title()},
        name=name,
        post_id=POST,
        parent_id=POST,
        comment_id=id,
        created_time=_seconds(at),
    )
    return "changes", public.change("feed", value)


def _comment(verb: str, id: str, by: str, under: str, **rest: Any) -> Element:
    author = {"id": PAGE, "name": "Acme"} if by == PAGE else {"id": f"person-{by}", "name": by.title()}
    value = public.comment(verb, author, comment_id=id, post_id=POST, parent_id=under or POST, **rest)
    return "changes", public.change("feed", value)


# ── in private ──


def direct(id: str, text: str, *, at: datetime, by: str = "jana") -> Element:
    return _event(f"person-{by}", PAGE, at, message=private.message(id, text=text))


def own_direct(id: str, text: str, *, at: datetime, to: str = "jana", token: str = "") -> Element:
    said = private.echo(private.message(id, text=text), app_id="26390", metadata=token)
    return _event(PAGE, f"person-{to}", at, message=said)


def direct_edited(id: str, text: str, *, at: datetime, by: str = "jana") -> Element:
    return _event(f"person-{by}", PAGE, at, message_edit={"mid": id, "text": text, "num_edit": 1})


def direct_felt(id: str, emoji: str, *, at: datetime, by: str = "jana") -> Element:
    said = private.reaction(id, name="love", emoji=emoji, added=bool(emoji))
    return _event(f"person-{by}", PAGE, at, reaction=said)


def delivered(*ids: str, at: datetime, by: str = "jana") -> Element:
    told = {"mids": list(ids), "watermark": _milliseconds(at)}
    return _event(f"person-{by}", PAGE, at, delivery=told)


def read_to(at: datetime, *, by: str = "jana") -> Element:
    return _event(f"person-{by}", PAGE, at, read={"watermark": _milliseconds(at)})


def _event(sender: str, recipient: str, at: datetime, **fragment: Any) -> Element:
    return "messaging", private.event(sender, recipient, _milliseconds(at), **fragment)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
