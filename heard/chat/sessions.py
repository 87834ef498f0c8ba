"""`POST /chat/<key>/sessions`: a browser opens the window for the first time, or comes back.

The token is 256 bits of chance. It lies in the site's own storage in the browser and comes in a header; we
keep its hash. Another person in the same browser is another session and another stream.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from heard.channels.chat import wording
from heard.chat import identity
from heard.chat.http import Asked, Refused, Said, said
from heard.chat.rows import Rows, VisitorRow, WidgetRow
from heard.chat.texts import language_of
from heard.chat.widgets import secrets_of
from heard.inboxes.credentials import CannotOpen
from heard.ingest.store import Call, RawCallStore

TOKEN_BYTES = 32
LONGEST_URL, LONGEST_TITLE = 2000, 300


@dataclass(frozen=True, slots=True)
class Session:
    """`token` is empty where the browser's own goes on to count. `refused` says why a site's word did not.

    `goes_on`: the same person as before sits there, as far as anybody can tell.
    """

    visitor: VisitorRow | None
    token: str = ""
    refused: str = ""
    goes_on: bool = True


async def begin(asked: Asked, widget: WidgetRow, rows: Rows, store: RawCallStore) -> Said:
    """Raises http.Refused, StoreFull or StoreAway."""
    body = await asked.json()
    known = await rows.visitor(asked.token, widget.inbox_id)
    fields = _fields(widget, body)
    word = body.get("identity")
    session = (
        await _proved(word, widget, known, fields, rows, store)
        if isinstance(word, str) and word
        else await _unproved(widget, known, fields, rows)
    )
    if session.visitor is not None:
        await rows.came_back(session.visitor, language=fields["language"])
        await rows.went_to(session.visitor, url=fields["page_url"], title=fields["page_title"])
    return said(
        {
            "token": session.token or None,
            "identity": session.refused or ("accepted" if word else ""),
            "goes_on": session.goes_on,
        }
    )


async def _unproved(
    widget: WidgetRow, known: VisitorRow | None, fields: dict[str, Any], rows: Rows
) -> Session:
    if known is not None and not known.subject:
        return Session(known)
    if known is not None:
        # Whoever was signed in there is so no longer: the next person must not read on.
        await rows.close_visitor(known.id)
    return await _new(fields, rows, goes_on=known is None)


async def _proved(
    word: str,
    widget: WidgetRow,
    known: VisitorRow | None,
    fields: dict[str, Any],
    rows: Rows,
    store: RawCallStore,
) -> Session:
    try:
        claims = identity.claims_of(word, secrets=_secrets(widget), audience=widget.key)
    except identity.Refused as refused:
        return await _refused(known, fields, rows, str(refused))
    if known is not None and known.subject == claims.subject:
        if await rows.use_identity(known, jti=claims.jti, expires_at=claims.expires_at):
            return Session(known)
        return await _refused(known, fields, rows, "used_before")
    nameless = known if known is not None and not known.subject else None
    address = f"user:{claims.subject}"
    # What was said in this browser before its owner was known is theirs, here and nowhere else.
    addresses = [address, *(nameless.addresses if nameless else ())]
    fields = {**fields, "addresses": addresses, "subject": claims.subject}
    fields |= {"name": claims.name or fields["name"], "email": claims.email or fields["email"]}
    token = secrets.token_urlsafe(TOKEN_BYTES)
    if not await rows.new_visitor(fields, token=token, jti=claims.jti, expires_at=claims.expires_at):
        return await _refused(known, fields | _nobody(), rows, "used_before")
    if known is not None:
        await rows.close_visitor(known.id)
    if nameless is not None and nameless.spoke_at is not None:
        call = wording.identified(nameless.address, address, at=datetime.now(UTC))
        await store.put(Call(widget.workspace_id, widget.inbox_id, {}, call))
    return Session(None, token, goes_on=known is None or nameless is not None)


async def _refused(known: VisitorRow | None, fields: dict[str, Any], rows: Rows, why: str) -> Session:
    """The site's word does not count: then it is as if it had said nothing, and nobody's history is shown."""
    if known is not None and not known.subject:
        return Session(known, refused=why)
    return replace(await _new(fields, rows, goes_on=known is None), refused=why)


async def _new(fields: dict[str, Any], rows: Rows, *, goes_on: bool) -> Session:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await rows.new_visitor(fields, token=token)
    return Session(None, token, goes_on=goes_on)


def _fields(widget: WidgetRow, body: dict[str, Any]) -> dict[str, Any]:
    page = body.get("page")
    url, title = page_of(page)
    return {
        "workspace_id": widget.workspace_id,
        "inbox_id": widget.inbox_id,
        "name": "",
        "email": "",
        "language": language_of(str(body.get("language", ""))[:20]),
        "page_url": url,
        "page_title": title,
        **_nobody(),
    }


def _nobody() -> dict[str, Any]:
    return {"addresses": [f"v-{secrets.token_urlsafe(12)}"], "subject": "", "name": "", "email": ""}


def page_of(page: Any) -> tuple[str, str]:
    """The address without what a site may keep private in it, and the title. Empty for what is none."""
    page = page if isinstance(page, dict) else {}
    url, title = page.get("url"), page.get("title")
    url = url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""
    shown = url.split("#")[0].split("?")[0][:LONGEST_URL]
    return shown, " ".join(title.split())[:LONGEST_TITLE] if isinstance(title, str) else ""


def _secrets(widget: WidgetRow) -> list[str]:
    try:
        return secrets_of(widget.inbox_id, widget.sealed_secrets)
    except CannotOpen as error:
        raise Refused(503, "secrets_away") from error
