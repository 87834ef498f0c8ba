"""The twin of WhatsApp: numbers of businesses, and the people who write to them."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from heard.channels.meta import simulator as meta
from heard.channels.whatsapp import simulator as wording
from heard.channels.words import N_
from heard.sandbox.delivery.event import Event, HookCall
from heard.sandbox.persons import digits
from heard.sandbox.talks import acts, files
from heard.sandbox.talks.things import Account, Conversation, Direct, Media
from heard.sandbox.talks.twin import SAFE, TalkTwin
from heard.sandbox.talks.verbs import account_of, person_of
from heard.sandbox.whatsapp import templates
from heard.sandbox.whatsapp.endpoint import CloudApi
from heard.sandbox.whatsapp.people import first_id, ids
from heard.sandbox.whatsapp.said import said
from heard.sandbox.whatsapp.sending import CLOSED
from heard.sandbox.wish import BadWish, Verb, Wish

GRAPH: Final = "graph.facebook.com"
DOWNLOADS: Final = "lookaside.fbsbx.com/whatsapp_business/attachments"
VERSION: Final = "v26.0"
VERSIONED: Final = re.compile(r"v\d+\.\d+")
DOWNLOAD_S: Final = 300
UNDELIVERABLE, WINDOW = 131026, 131047


class OurPart(Route):
    """The calls of the Graph API that name something of WhatsApp's; the others are for pages."""

    def __init__(self, twin: WhatsApp) -> None:
        super().__init__(f"/{GRAPH}/{{path:path}}", CloudApi(twin).respond, methods=["GET", "POST", "DELETE"])
        self._twin = twin

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        found, child = super().matches(scope)
        if found is Match.NONE or not self._twin.owns(Request(scope)):
            return Match.NONE, {}
        return found, child


class WhatsApp(TalkTwin):
    slug: ClassVar[str] = "whatsapp"
    title: ClassVar[str] = "WhatsApp"
    go: ClassVar[str] = N_("Write on WhatsApp")
    can: ClassVar[frozenset[str]] = frozenset(
        {"edit", "delete", "react", "read", "press", "block", "own_app"}
    )
    media_kinds: ClassVar[Sequence[str]] = (
        *("image", "video", "audio", "file", "sticker", "contact", "location"),
    )
    media_host: ClassVar[str] = "mmg.whatsapp.net"
    window_s: ClassVar[float | None] = 24 * 3600

    def api(self) -> list[BaseRoute]:
        return [OurPart(self), Route(f"/{DOWNLOADS}", self._download)]

    def new_account(self, name: str, about: str) -> Account:
        account = super().new_account(name, about)
        account.id = digits("whatsapp number id", name, account.id, length=15)
        account.secret = secrets.token_hex(16)
        account.kept = {
            "waba": digits("whatsapp business", account.id, length=15),
            "app": digits("whatsapp app", account.id, length=15),
            "number": "1555" + digits("whatsapp business number", account.id, length=7),
            "verify_token": secrets.token_hex(8),
            "templates": templates.seed(),
            "uploads": {},
        }
        return account

    def new_token(self, account: Account) -> str:
        return "EAAW" + secrets.token_hex(32)

    def direct_id(self, account: Account, handle: str) -> str:
        return "wamid." + base64.urlsafe_b64encode(f"{account.id}{self.talks.number()}".encode()).decode()

    def credentials(self, account: Account) -> dict[str, str]:
        return {
            "account": account.id,
            "business_account": account.kept["waba"],
            "access_token": account.token,
            "app_secret": account.secret,
            "verify_token": account.kept["verify_token"],
            "base_url": self.ground.address.below(f"{GRAPH}/{VERSION}"),
        }

    # ── who is called ──

    def address(self, account: str, handle: str) -> str:
        return first_id(account, handle)

    def conversation_with(self, account: Account, address: str) -> Conversation | None:
        """By number or by id; None for whom WhatsApp does not know (any more)."""
        for person in self.ground.cast.everybody():
            conversation = self.talks.conversation(account.id, person.handle)
            who = ids(account, conversation)
            if address in (who.phone, who.user_id):
                return conversation
        return None

    def steps(self, path: str) -> tuple[str, str]:
        """What a path names: an id, and the edge of it."""
        rest = path.removeprefix(f"/{GRAPH}/").split("/")
        if VERSIONED.fullmatch(rest[0]):
            rest = rest[1:] or [""]
        return rest[0], "/".join(rest[1:])

    def owns(self, request: Request) -> bool:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        accounts = self.talks.accounts.values()
        if any(token == one.token for one in accounts):
            return True
        named = self.steps(request.url.path)[0]
        return any(named in (one.id, one.kept["waba"]) for one in accounts)

    # ── files ──

    def media(self, kind: str, url: str = "", name: str = "", **kept: Any) -> Media:
        media = super().media(kind, url, name, **kept)
        media.kept["id"] = str(self.talks.number())
        return media

    def path_of(self, account: Account, id: str) -> str:
        """Where a file lies: one that we uploaded, or one that a customer sent to this number."""
        ours = account.kept["uploads"].get(id)
        theirs = (
            media.url
            for one in self.talks.directs.values()
            if one.account == account.id and not one.from_page
            for media in one.media
            if media.kept.get("id") == id
        )
        return str(ours or next(theirs, ""))

    def download_url(self, id: str) -> str:
        until = int(self.now()) + DOWNLOAD_S
        return f"{self.ground.address.below(DOWNLOADS)}?mid={id}&ext={until}"

    async def _download(self, request: Request) -> Response:
        """With the token of the number, for five minutes."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        account = self.talks.account_by_token(token)
        if account is None:
            return Response("Unauthorized", status_code=401)
        until = request.query_params.get("ext", "")
        if not until.isdecimal() or int(until) < self.now():
            return Response("Gone", status_code=404)
        path = self.path_of(account, request.query_params.get("mid", ""))
        content = files.content(self.talks, path) if path else None
        if content is None:
            return Response("Not found", status_code=404)
        return Response(content, media_type=files.type_of(content), headers=SAFE)

    # ── hooks ──

    def hook_call(self, account: Account, events: Sequence[Event]) -> HookCall:
        changes = [(str(account.kept["waba"]), event.body) for event in events]
        return self.signed(account, meta.encode(wording.envelope(changes)))

    def signed(self, account: Account, body: bytes) -> HookCall:
        headers = {"Content-Type": "application/json", **meta.signed(body, account.secret)}
        return HookCall(account.hook_url, headers, body)

    def _change(self, field: str, conversation: Conversation, *, contact: bool = True, **value: Any) -> None:
        account = self.talks.accounts[conversation.account]
        known = {"contacts": [self._contact(account, conversation)]} if contact else {}
        body = wording.change(field, account.kept["number"], account.id, **known, **value)
        self.tell(account, body, lane=conversation.handle)

    def _contact(self, account: Account, conversation: Conversation) -> dict[str, Any]:
        who, person = ids(account, conversation), self.ground.cast.person(conversation.handle)
        username = f"@{person.handle}" if who.hidden else ""
        return wording.contact(person.name, username, who.shown, who.user_id)

    def _message(self, direct: Direct, kind: str, **part: Any) -> None:
        """Something that a customer did to a message, which is a message of its own."""
        conversation = self.talks.conversation(direct.account, direct.handle)
        account = self.talks.accounts[direct.account]
        who = ids(account, conversation)
        id = self.direct_id(account, direct.handle)
        told = wording.message(id, kind, part, at=self.now(), phone=who.shown, user_id=who.user_id)
        self._change("messages", conversation, messages=[told])

    # ── what happened ──

    def tell_written(self, direct: Direct, *, first: bool) -> None:
        conversation = self.talks.conversation(direct.account, direct.handle)
        who = ids(self.talks.accounts[direct.account], conversation)
        self._change("messages", conversation, messages=[said(self, direct, who)])

    def tell_pressed(self, direct: Direct, *, title: str, payload: str) -> None:
        account = self.talks.accounts[direct.account]
        acts.write(
            self,
            account,
            handle=direct.handle,
            text=title,
            quick=payload or title,
            reply_to=direct.id,
            kept={"interactive": direct.kept.get("type") == "interactive"},
        )

    def tell_edited(self, direct: Direct) -> None:
        text = {"type": "text", "text": {"body": direct.text}}
        self._message(direct, "edit", original_message_id=direct.id, message=text)

    def tell_removed(self, direct: Direct) -> None:
        self._message(direct, "revoke", original_message_id=direct.id)

    def tell_reaction(self, direct: Direct, *, before: str, emoji: str) -> None:
        felt = {"emoji": emoji} if emoji else {}
        self._message(direct, "reaction", message_id=direct.id, **felt)

    def tell_answered(self, direct: Direct) -> None:
        if direct.by == "own_app":
            self._echo(direct)
        elif direct.kept.get("closed"):
            acts.fail(self, direct, reason=CLOSED)
        elif direct.handle.endswith("-failed"):
            self._status(direct, "sent")
            acts.fail(self, direct, reason="The message could not be delivered.")
        else:
            self._status(direct, "sent")
            self._status(direct, "delivered")

    def _echo(self, direct: Direct) -> None:
        account = self.talks.accounts[direct.account]
        conversation = self.talks.conversation(direct.account, direct.handle)
        who = ids(account, conversation)
        told = wording.echo(
            direct.id,
            direct.text,
            at=direct.at,
            number=account.kept["number"],
            phone=who.shown,
            user_id=who.user_id,
        )
        self._change("smb_message_echoes", conversation, contact=False, message_echoes=[told])

    def tell_read(self, conversation: Conversation, directs: Sequence[Direct]) -> None:
        for direct in directs:
            self._status(direct, "read")

    def tell_failed(self, direct: Direct) -> None:
        self._status(direct, "failed", problem=WINDOW if direct.kept.get("closed") else UNDELIVERABLE)

    def _status(self, direct: Direct, name: str, *, problem: int = 0) -> None:
        if direct.by == "own_app":
            return
        conversation = self.talks.conversation(direct.account, direct.handle)
        who = ids(self.talks.accounts[direct.account], conversation)
        told = wording.status(
            direct.id,
            name,
            at=self.now(),
            phone=who.shown,
            user_id=who.user_id,
            token=direct.token,
            problem=problem,
            details=direct.failed,
        )
        self._change("messages", conversation, contact=False, statuses=[told])

    # ── what only WhatsApp has ──

    def more_verbs(self) -> dict[str, Verb]:
        return {
            "move": Verb(self._move, "as page"),
            "template": Verb(self._template, "name language status text page"),
        }

    def _move(self, wish: Wish) -> Any:
        """A customer takes another number, and with it gets another id."""
        account, handle = account_of(self, wish), person_of(self, wish)
        conversation = self.talks.conversation(account.id, handle)
        before = ids(account, conversation)
        conversation.kept["moves"] = conversation.kept.get("moves", 0) + 1
        self.talks.keep(conversation)
        now, when = ids(account, conversation), str(int(self.now()))
        if before.shown:
            changed = {"type": "user_changed_number", "wa_id": now.phone, "body": "The number changed."}
            id = self.direct_id(account, handle)
            told = {"from": before.phone, "id": id, "timestamp": when, "type": "system", "system": changed}
            self._change("messages", conversation, contact=False, messages=[told])
        moved = {"previous": before.user_id, "current": now.user_id}
        self._change("user_id_update", conversation, user_id_update=[{"user_id": moved, "timestamp": when}])
        return {"phone": now.phone, "user_id": now.user_id}

    def _template(self, wish: Wish) -> Any:
        """Meta looks at a template anew, or a new one is written."""
        account, status = account_of(self, wish), wish.text("status", "APPROVED")
        if status not in templates.STATUSES:
            raise BadWish(f"A template is one of: {', '.join(templates.STATUSES)}.")
        name, language = wish.text("name"), wish.text("language", "en")
        known = templates.find(account, name, language)
        if known is None:
            text = wish.text("text")
            examples = ["…" for _ in templates.BLANK.findall(text)]
            known = templates.made(name, text, examples=examples, language=language)
            account.kept["templates"].append(known)
        known["status"] = status
        self.talks.keep(account)
        return {"name": name, "language": language, "status": status}
