"""The control verbs of a private network: how tests, scripts and pages play the customers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from heard.sandbox.talks import acts
from heard.sandbox.talks.things import Account, Direct, Media
from heard.sandbox.wish import BadWish, Verb, Wish

if TYPE_CHECKING:
    from heard.sandbox.talks.twin import TalkTwin

Act = Callable[["TalkTwin", Wish], Any]


def verbs(twin: TalkTwin) -> dict[str, Verb]:
    wanted = {name: one for name, one in OPTIONAL.items() if name in twin.can}
    posts = {name: Verb(partial(act, twin), fields) for name, (act, fields) in {**ALWAYS, **wanted}.items()}
    return {
        **posts,
        "state": Verb(partial(state, twin), "page only", "GET"),
        "credentials": Verb(partial(credentials, twin), "page", "GET"),
    }


# ── what a wish names ──


def account_named(twin: TalkTwin, id: str) -> Account:
    """The first one without an id. Raises BadWish."""
    account = twin.talks.accounts.get(id) if id else twin.talks.first_account()
    if account is None:
        raise BadWish(f"There is no account {id!r}.", status=404)
    return account


def account_of(twin: TalkTwin, wish: Wish) -> Account:
    return account_named(twin, wish.text("page", ""))


def person_of(twin: TalkTwin, wish: Wish, field: str = "as") -> str:
    handle = wish.text(field)
    if not handle.strip():
        raise BadWish(f"The field {field!r} names a person.")
    twin.ground.cast.person(handle, name=wish.text("name", ""))
    return handle


def direct_of(twin: TalkTwin, wish: Wish) -> Direct:
    id = wish.text("id")
    found = twin.talks.directs.get(id)
    if found is None:
        raise BadWish(f"{twin.slug} knows nothing with the id {id!r}.", status=404)
    if found.removed:
        raise BadWish(f"{id} was deleted.", status=410)
    return found


def _own(wish: Wish, direct: Direct) -> None:
    if "as" in wish and wish.text("as") != ("" if direct.from_page else direct.handle):
        raise BadWish(f"{wish.text('as')} did not write {direct.id}.", status=403)


def media_in(twin: TalkTwin, wish: Wish) -> list[Media]:
    media = []
    for row in wish.rows("media"):
        given = dict(row)
        kind = str(given.pop("kind", "image"))
        if kind not in twin.media_kinds:
            raise BadWish(f"There is no media {kind!r} here. Known are: {', '.join(twin.media_kinds)}.")
        url, name = str(given.pop("url", None) or ""), str(given.pop("name", None) or "")
        media.append(twin.media(kind, url, name, **given))
    return media


# ── customers ──


def say(twin: TalkTwin, wish: Wish) -> Any:
    if wish.text("kind", "direct") != "direct":
        raise BadWish(f"{twin.slug} has no {wish.text('kind')!r}. It has: direct.")
    account, handle = account_of(twin, wish), person_of(twin, wish)
    text, media, reply_to = wish.text("text", ""), media_in(twin, wish), wish.text("reply_to", "")
    if not text and not media:
        raise BadWish("The field 'text' is missing.")
    if reply_to and reply_to not in twin.talks.directs:
        raise BadWish(f"There is no message {reply_to!r}.", status=404)
    direct = acts.write(
        twin,
        account,
        handle=handle,
        text=text,
        media=media,
        reply_to=reply_to,
        quick=wish.text("quick", ""),
    )
    return {"id": direct.id, "address": twin.talks.address(account.id, handle)}


def open_chat(twin: TalkTwin, wish: Wish) -> Any:
    account, handle = account_of(twin, wish), person_of(twin, wish)
    acts.open_chat(twin, account, handle=handle, context=wish.text("context", ""))
    return {"address": twin.talks.address(account.id, handle)}


def edit(twin: TalkTwin, wish: Wish) -> Any:
    direct = direct_of(twin, wish)
    _own(wish, direct)
    acts.edit(twin, direct, text=wish.text("text"))
    return {"id": direct.id}


def delete(twin: TalkTwin, wish: Wish) -> Any:
    direct = direct_of(twin, wish)
    _own(wish, direct)
    acts.remove(twin, direct)
    return {"id": direct.id}


def react(twin: TalkTwin, wish: Wish) -> Any:
    direct, handle = direct_of(twin, wish), wish.text("as")
    if handle != direct.handle:
        raise BadWish(f"{handle} is not part of this conversation.", status=403)
    emoji = "" if wish.flag("remove", False) else wish.text("reaction", "👍")
    acts.react(twin, direct, by_account=False, emoji=emoji)
    return {"id": direct.id}


def read(twin: TalkTwin, wish: Wish) -> Any:
    account, handle = account_of(twin, wish), person_of(twin, wish)
    acts.read(twin, account, handle=handle)
    return {"read_to": twin.talks.conversation(account.id, handle).read_to}


def press(twin: TalkTwin, wish: Wish) -> Any:
    direct, payload = direct_of(twin, wish), wish.text("payload")
    _their_own(wish, direct)
    titles = {one["payload"]: one["title"] for one in direct.buttons}
    acts.press(twin, direct, title=wish.text("title", titles.get(payload, payload)), payload=payload)
    return {"id": direct.id}


def _their_own(wish: Wish, direct: Direct) -> None:
    if wish.text("as", direct.handle) != direct.handle:
        raise BadWish(f"{wish.text('as')} is not part of this conversation.", status=403)


def block(twin: TalkTwin, wish: Wish) -> Any:
    """The customer stops the account from writing, or lets it write again."""
    blocked = wish.flag("blocked", True)
    acts.block(twin, account_of(twin, wish), handle=person_of(twin, wish), blocked=blocked)
    return {"blocked": blocked}


# ── the company, and the network's bad days ──


def own_app(twin: TalkTwin, wish: Wish) -> Any:
    """The company answers past Heard."""
    account, handle = account_of(twin, wish), person_of(twin, wish, "to")
    direct = acts.answer(twin, account, handle=handle, text=wish.text("text"), by="own_app")
    return {"id": direct.id}


def fail(twin: TalkTwin, wish: Wish) -> Any:
    direct = direct_of(twin, wish)
    if not direct.from_page:
        raise BadWish(f"{direct.id} was written by a customer.", status=409)
    acts.fail(twin, direct, reason=wish.text("reason", "the message could not be delivered"))
    return {"id": direct.id}


def revoke(twin: TalkTwin, wish: Wish) -> Any:
    """The account's token dies."""
    account = account_of(twin, wish)
    account.revoked = True
    twin.talks.keep(account)
    return {"tokens": 1}


def credentials(twin: TalkTwin, wish: Wish) -> Any:
    """What connects an inbox. After the token died there is a new one, as its owner would ask for."""
    account = account_of(twin, wish)
    if account.revoked:
        account.token, account.revoked = twin.new_token(account), False
        twin.talks.keep(account)
    return twin.credentials(account)


def new_account(twin: TalkTwin, wish: Wish) -> Any:
    account = twin.add_account(wish.text("name"), wish.text("about", ""))
    return {"id": account.id, "name": account.name}


# ── looking ──


def state(twin: TalkTwin, wish: Wish) -> Any:
    """Each part is made when it is asked for: a test that waits for one number asks often."""
    account = account_of(twin, wish)
    engine, talks = twin.ground.engine, twin.talks
    parts: dict[str, Callable[[], Any]] = {
        "account": lambda: account.id,
        "name": lambda: account.name,
        "hook": lambda: account.hook_url,
        "kept": lambda: account.kept,
        "directs": lambda: [
            _direct(twin, one) for one in talks.directs.values() if one.account == account.id
        ],
        "conversations": lambda: [
            {**asdict(one), "address": talks.address(account.id, one.handle)}
            for one in talks.conversations.values()
            if one.account == account.id
        ],
        "calls": lambda: twin.calls.of(twin.slug),
        "deliveries": lambda: {**asdict(engine.counts[twin.slug]), "pending": engine.pending(twin.slug)},
    }
    wanted = wish.text("only", "").split(",") if "only" in wish else list(parts)
    return {name: part() for name, part in parts.items() if name in wanted}


def _direct(twin: TalkTwin, direct: Direct) -> dict[str, Any]:
    conversation = twin.talks.conversation(direct.account, direct.handle)
    return {
        **asdict(direct),
        "person": direct.handle,
        "address": twin.talks.address(direct.account, direct.handle),
        "read": direct.at <= (conversation.read_to if direct.from_page else conversation.seen_to),
    }


ALWAYS: dict[str, tuple[Act, str]] = {
    "say": (say, "as kind text media reply_to quick name page"),
    "fail": (fail, "id reason"),
    "revoke": (revoke, "page"),
    "page": (new_account, "name about"),
}
OPTIONAL: dict[str, tuple[Act, str]] = {
    "open": (open_chat, "as context name page"),
    "edit": (edit, "id as text"),
    "delete": (delete, "id as"),
    "react": (react, "id as reaction remove"),
    "read": (read, "as page"),
    "press": (press, "id as title payload"),
    "block": (block, "as blocked page"),
    "own_app": (own_app, "to text page"),
}
