"""Reports of mail servers about mails of ours, in the standard's form and in those that servers made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from heard.channels.email import headers as blocks
from heard.channels.email import parts
from heard.channels.email.addresses import ids_in, keepable
from heard.channels.email.headers import Headers
from heard.channels.email.letters import decoded, one_line
from heard.channels.email.mail import Bounce, Failed, Report
from heard.channels.email.marks import marks_of
from heard.channels.email.parts import Node

_STATUSES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers", "message/partial"}
)
_WORST_FIRST: Final = ("failed", "delayed", "relayed", "expanded", "delivered")
_MOST_LOOKED_AT: Final = 100_000
_MOST_FAILED: Final = 50

_GROUP_END: Final = re.compile(rb"(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))")
_MESSAGE_ID: Final = re.compile(r"^[\s>]{0,10}message-id:\s*<([^<>\s]{3,900})>", re.IGNORECASE | re.MULTILINE)
_LOOP: Final = re.compile(r"^[\s>]{0,10}x-heard-loop:", re.IGNORECASE | re.MULTILINE)
_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+\-=]{1,100}@[A-Za-z0-9.\-]{1,200}[A-Za-z0-9]")
_STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.\-])(?:4[2-5]\d|5[0-7]\d)(?=[\s\-]\S)")
_DAEMON: Final = re.compile(r"(?:mailer-?daemon|postmaster|mail-?system|mdaemon|mailerdaemon)[^@]*@")
_SUBJECT: Final = re.compile(
    r"undeliver(?:ed|able)|delivery (?:status notification|failure|report|has failed)|delivery.{0,20}fail|failure notice"
    r"|returned mail|mail delivery (?:failed|failure|system)|message not delivered|could not (?:be delivered|send message)"
    r"|delivery.{0,20}delayed|warning: message|rejected:|unzustellbar|nicht zugestellt|zustellung.{0,20}fehl"
    r"|non remis|échec de (?:la )?remise|no se puede entregar|no entregado|mancato recapito|non recapitabile|não entregue"
    r"|onbestelbaar|niet (?:worden )?bezorgd|niedostarczon|nie można dostarczyć|nedoručiteln|nedoručen|nedostavljiv"
    r"|kézbesíthetetlen|nem kézbesít|αδυναμία παράδοσης|δεν παραδόθηκε|nelivrat|недоставен|не доставлено",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"delayed|will (?:be retried|continue (?:to try|trying)|keep trying)|not (?:yet )?been delivered|still trying"
    r"|warning: (?:message|could not send)|temporar(?:y|ily)|verzögert|noch nicht zugestellt|retardé|demorad|ritardat"
    r"|opóźni|zpožděn|zadrž|késik|καθυστέρ|забав",
    re.IGNORECASE,
)
_FOR_GOOD: Final = re.compile(
    r"permanent|giving up|could not be delivered|failed permanently|fatal", re.IGNORECASE
)


def report_in(
    raw: bytes, root: Node, *, sender: str, return_path: str | None, subject: str, text: str
) -> Bounce | None:
    """None: it is no report. What a person forwards is none either, for it does not stand at the top."""
    leaves = {leaf.content_type: leaf for leaf in reversed(list(root.leaves()))}
    by_machine = root.content_type == "multipart/report" or bool(_DAEMON.match(sender)) or return_path == ""
    returned = next((leaves[kind] for kind in leaves if kind in _RETURNED), None)
    original = _original(raw, returned)
    if by_machine and "message/disposition-notification" in leaves:
        fields = next(_groups(raw, leaves["message/disposition-notification"]), {})
        return _disposition(fields, original)
    if by_machine and "message/feedback-report" in leaves:
        fields = next(_groups(raw, leaves["message/feedback-report"]), {})
        return _complaint(fields, original)
    status = next((leaves[kind] for kind in leaves if kind in _STATUSES), None)
    if by_machine and status is not None:
        return _delivery(raw, status, original, text)
    known = root.headers
    told = "x-failed-recipients" in known or _SUBJECT.search(subject)
    if told and (_DAEMON.match(sender) or return_path == "" or "x-failed-recipients" in known):
        return _made_up(known, text, original)
    return None


def _delivery(raw: bytes, status: Node, original: Headers, text: str) -> Bounce:
    """The worst that any recipient met; a report without recipients tells by its words."""
    found = [group for group in _groups(raw, status) if "final-recipient" in group or "action" in group]
    if not found:
        return _made_up(original, text, original)
    worst = min(found, key=lambda group: _rank(_action(group)))
    told = _message_id(original, text)
    return Bounce(
        message_id=told,
        recipient=_recipient(worst),
        action=_action(worst),
        status=_status(worst.get("status", "")),
        diagnostic=_said(worst.get("diagnostic-code", "")),
        failed=_failed(found),
        ours=_is_ours(original, told, text),
    )


def _failed(groups: Sequence[Mapping[str, str]]) -> tuple[Failed, ...]:
    each = (
        Failed(_recipient(group), _status(group.get("status", "")), _said(group.get("diagnostic-code", "")))
        for group in groups
        if _action(group) == "failed" and _recipient(group)
    )
    return tuple({one.recipient: one for one in each}.values())[:_MOST_FAILED]


def _disposition(fields: Mapping[str, str], original: Headers) -> Bounce:
    told = next(iter(ids_in(fields.get("original-message-id", "").encode())), "")
    return Bounce(
        Report.DISPOSITION,
        message_id=told or _message_id(original, ""),
        recipient=_recipient(fields),
        ours=_is_ours(original, told, ""),
    )


def _complaint(fields: Mapping[str, str], original: Headers) -> Bounce:
    told = _message_id(original, "")
    return Bounce(
        Report.COMPLAINT,
        message_id=told,
        recipient=next(iter(_ADDRESS.findall(fields.get("original-rcpt-to", ""))), "").lower(),
        diagnostic=_said(fields.get("feedback-type", "")),
        ours=_is_ours(original, told, ""),
    )


def _made_up(known: Headers, text: str, original: Headers) -> Bounce:
    """qmail, Exim, old Exchange and others: words for people, and the mail below them."""
    text = text[:_MOST_LOOKED_AT]
    told = _message_id(original, text)
    above = text.split("Message-I", 1)[0][:5_000]
    status = _STATUS.search(above)
    code = _REPLY_CODE.search(above)
    failed = _ADDRESS.findall(known.word("x-failed-recipients")) or _ADDRESS.findall(above)
    class_ = status[1] if status else code[0][0] if code else ""
    delayed = class_ != "5" and bool(_DELAYED.search(above)) and not _FOR_GOOD.search(above)
    return Bounce(
        message_id=told,
        recipient=failed[0].lower() if failed else "",
        action="delayed" if delayed else "failed",
        status=status[0] if status else "",
        diagnostic=_line_of(above, (status or code)),
        ours=_is_ours(original, told, text),
    )


def _groups(raw: bytes, leaf: Node) -> Iterator[dict[str, str]]:
    """Fields in groups with empty lines between them; the first is about the server, not a recipient."""
    content = parts.content(raw, leaf)[:_MOST_LOOKED_AT].strip(b"\r\n") + b"\n\n"
    for group in _GROUP_END.split(content):
        found, _ = blocks.cut(group + b"\n\n", 0, len(group) + 2)
        if found.fields:
            yield {name: decoded(value) for name, value in reversed(found.fields)}


def _original(raw: bytes, leaf: Node | None) -> Headers:
    """The headers of the mail that came back. Those of a part that is nothing but headers, too."""
    if leaf is None:
        return Headers()
    content = parts.content(raw, leaf)[: blocks.MAX_LOOKED_AT] + b"\r\n\r\n"
    begun = blocks.begins_at(content)
    return blocks.cut(content, begun, len(content))[0]


def _message_id(original: Headers, text: str) -> str:
    if named := ids_in(original.first("message-id")):
        return named[0]
    found = _MESSAGE_ID.search(text[:_MOST_LOOKED_AT])
    return keepable(found[1]) if found else ""


def _is_ours(original: Headers, message_id: str, text: str) -> bool:
    answers_to = original.word("reply-to").partition("@")[0]
    return (
        "x-heard-loop" in original
        or bool(marks_of(message_id.partition("@")[0]))
        or bool(marks_of(answers_to))
        or bool(_LOOP.search(text[:_MOST_LOOKED_AT]))
    )


def _rank(action: str) -> int:
    return _WORST_FIRST.index(action) if action in _WORST_FIRST else len(_WORST_FIRST)


def _action(group: Mapping[str, str]) -> str:
    action = group.get("action", "").strip().lower()
    if action in _WORST_FIRST:
        return action
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(
        group.get("status", "").strip()[:1], "failed"
    )


def _recipient(group: Mapping[str, str]) -> str:
    """As we wrote it where the server says so: forwarding changes the final one."""
    for name in ("original-recipient", "final-recipient"):
        if found := _ADDRESS.search(group.get(name, "")):
            return found[0].lower()
    return ""


def _status(told: str) -> str:
    found = _STATUS.search(told)
    return found[0] if found else ""


def _said(diagnostic: str) -> str:
    return one_line(re.sub(r"^\s*[a-z0-9\-]{1,20}\s*;\s*", "", diagnostic, flags=re.IGNORECASE), most=500)


def _line_of(text: str, found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    begun = text.rfind("\n", 0, found.start()) + 1
    end = text.find("\n", found.end())
    return one_line(text[begun : end if end >= 0 else len(text)], most=500)
