"""Did a machine write it? Then no machine of ours answers, or two of them would talk for ever."""

from __future__ import annotations

import re
from typing import Final

from heard.channels.email.headers import Headers

_SUPPRESS: Final = frozenset({"all", "oof", "autoreply", "dr", "rn", "nrn"})
_PRECEDENCE: Final = frozenset({"bulk", "junk", "list", "auto_reply"})
_TELLING: Final = (
    *("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-mail-autoreply"),
    *("list-id", "list-unsubscribe", "list-post", "feedback-id"),
    *("x-ms-exchange-inbox-rules-loop", "x-loop", "x-failed-recipients"),
)
_MACHINE: Final = re.compile(
    r"(?:mailer-?daemon|postmaster|no-?_?\.?reply|do-?_?not-?_?\.?reply|bounces?|auto-?reply)(?:[+\-_.=][^@]*)?@"
)
# Weak by itself: only a mail that answers another and yet has a new subject of this kind is believed.
_AWAY: Final = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|abwesen(?:d|heit)"
    r"|automatische antwort|réponse automatique|absen(?:ce|t)\b|respuesta automática|risposta automatica|fuori sede"
    r"|resposta automática|automatisch antwoord|afwezig|odpowiedź automatyczna|automatická odpověď|automatická odpoveď"
    r"|samodejni odgovor|automatski odgovor|аутоматски одговор|automatikus válasz|házon kívül|αυτόματη απάντηση"
    r"|εκτός γραφείου|răspuns automat|автоматичен отговор|автоответ)",
    re.IGNORECASE,
)


def why_automatic(
    headers: Headers, *, sender: str, return_path: str | None, content_type: str, subject: str, answers: bool
) -> str:
    """The sign that shows it; empty for what people write. Null senders and reports are machines' alone."""
    submitted = headers.word("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return f"Auto-Submitted: {submitted[:60]}"
    for name in ("precedence", "x-precedence"):
        if headers.word(name).lower() in _PRECEDENCE:
            return f"{name.title()}: {headers.word(name).lower()}"
    suppressed = {word.strip().lower() for word in headers.word("x-auto-response-suppress").split(",")}
    if suppressed & _SUPPRESS:
        return "X-Auto-Response-Suppress"
    if telling := next((name for name in _TELLING if name in headers), ""):
        return telling.title()
    if return_path == "":
        return "Return-Path: <>"
    if content_type == "multipart/report":
        return "multipart/report"
    if _MACHINE.match(sender):
        return sender
    return subject[:60] if answers and _AWAY.match(subject) else ""
