"""What goes out: public answers, one private answer to a comment, direct messages."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import Files, Kind, Outgoing, Problem, Rejected, Sent, Wire
from heard.channels.instagram.graphs import ME, account_graph
from heard.channels.instagram.mentions import Where
from heard.channels.meta.private import send_private, sent

_MEGABYTE: Final = 1024 * 1024
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/gif"})
_SOUNDS: Final = frozenset({"audio/aac", "audio/mp4", "audio/wav"})
_CLIPS: Final = frozenset({"video/mp4", "video/quicktime", "video/webm"})
FILES: Final = Files(
    sizes=dict.fromkeys(PICTURES, 8 * _MEGABYTE)
    | dict.fromkeys([*_SOUNDS, *_CLIPS, "application/pdf"], 25 * _MEGABYTE),
    most=1,
    text_too=False,
)
_AS_A_PERSON: Final = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


def send(message: Outgoing, wire: Wire[Any]) -> Sent:
    if message.private_reply:
        return _privately(message, wire, {"comment_id": message.to})
    match message.kind:
        case Kind.COMMENT:
            graph = account_graph(wire)
            # Below a reply it is put under the comment at the top by Instagram itself.
            return sent(graph.send(message.to, "replies", json={"message": message.text}).get("id"), graph)
        case Kind.MENTION:
            return _to_a_mention(message, wire)
        case Kind.DIRECT:
            return _privately(message, wire, {"id": message.to})
    raise Rejected("Instagram knows no such message.", problem=Problem.INVALID)


def _privately(message: Outgoing, wire: Wire[Any], recipient: dict[str, str]) -> Sent:
    kind = _AS_A_PERSON if message.extended else {}
    return send_private(
        account_graph(wire),
        ME,
        recipient=recipient,
        text=message.text,
        kind=kind,
        files=message.files,
        buttons=message.buttons,
        pictures=PICTURES,
    )


def _to_a_mention(message: Outgoing, wire: Wire[Any]) -> Sent:
    if not wire.credentials.by_page:
        reason = "Instagram takes answers to mentions only from accounts that are connected through Facebook."
        raise Rejected(reason, problem=Problem.PERMISSION)
    graph, where = account_graph(wire), Where.read(message.to)
    named = {"media_id": where.media} | ({"comment_id": where.comment} if where.comment else {})
    answer = graph.send(wire.credentials.account, "mentions", json={**named, "message": message.text})
    return sent(answer.get("id"), graph)
