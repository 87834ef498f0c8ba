"""Which reader takes which event of an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import Happening, Incoming
from heard.channels.fields import as_flag, as_mapping, what_is_wrong
from heard.channels.instagram.comments import comment, live_comment
from heard.channels.instagram.mentions import mention
from heard.channels.messenger.messaging import facts_of_messaging
from heard.channels.meta.envelope import CHANGES, MESSAGING, STANDBY, Element, shown

_NOBODY: Final = "0"  # whom the test button of the developer console writes about

_CHANGES: Final[Mapping[str, Callable[[Element, Any], Incoming]]] = {
    "comments": comment,
    "live_comments": live_comment,
    "mentions": mention,
}
# These come as messaging events, and in newer documents as changes.
_MESSAGES: Final = frozenset(
    {
        "messages",
        "message_edit",
        "message_reactions",
        "messaging_handover",
        "messaging_optins",
        "messaging_postbacks",
        "messaging_referral",
        "messaging_seen",
        "standby",
    }
)
_ABOUT_THE_ACCOUNT: Final = frozenset({"story_insights"})


def facts_of_instagram(element: Element) -> list[Incoming]:
    if element.page == _NOBODY:
        return [_test_call(element)]
    return _change(element) if element.kind == CHANGES else _message(element)


def _change(element: Element) -> list[Incoming]:
    field, value = element.raw.get("field"), element.raw.get("value")
    if not isinstance(field, str) or not isinstance(value, dict):
        return [element.ignored("The change has no field or holds no object.")]
    if field in _MESSAGES:
        kind = STANDBY if field == STANDBY else MESSAGING
        return _message(replace(element, kind=kind, raw=value))
    if field in _ABOUT_THE_ACCOUNT:
        return [Happening(**element.stamp(None), name=field, detail=value)]
    reader = _CHANGES.get(field)
    if reader is None:
        return [element.ignored(f"The field is {shown(field)}, which Heard does not read.")]
    try:
        return [reader(element, value)]
    except ValidationError as error:
        return [element.ignored(f"The change is not as documented: {what_is_wrong(error)}.")]


def _message(element: Element) -> list[Incoming]:
    said = as_mapping(element.raw.get("message"))
    ours = replace(element, page=_account(element, echo=bool(as_flag(said.get("is_echo")))))
    if as_flag(said.get("is_self")):
        return [Happening(**ours.stamp(None), name="self_message", detail={"mid": said.get("mid")})]
    return facts_of_messaging(ours)


def _account(element: Element, *, echo: bool) -> str:
    """Whose event it is. Some of Meta's entries name the customer where the account should stand."""
    return _party(element, "sender" if echo else "recipient") or element.page


def _party(element: Element, name: str) -> str:
    found = as_mapping(element.raw.get(name)).get("id")
    return str(found) if isinstance(found, int | str) and not isinstance(found, bool) else ""


def _test_call(element: Element) -> Happening:
    """Its ids belong to nobody; that it arrived is what one wants to know."""
    stamp = element.stamp(None)
    stamp["account"] = ""  # the inbox that was called
    return Happening(**stamp, name="test_call", detail={"field": shown(element.raw.get("field"))})
