"""The control verbs of the mail twin: how tests, scripts and the page play the customers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import partial
from typing import TYPE_CHECKING, Any

from heard.sandbox.postbox.held import HOST
from heard.sandbox.postbox.mime import File, written
from heard.sandbox.postbox.things import Letter, Mailbox
from heard.sandbox.talks import files
from heard.sandbox.wish import BadWish, Verb, Wish

if TYPE_CHECKING:
    from heard.sandbox.postbox.twin import Postbox

SUBJECT = 60
_ADDRESS = re.compile(r"[!-;=?A-~]{1,64}@[A-Za-z0-9.\-]{1,190}")


def verbs(twin: Postbox) -> dict[str, Verb]:
    return {
        "say": Verb(
            partial(say, twin), "as name kind text subject html to cc media reply_to page unproved automatic"
        ),
        "fail": Verb(partial(fail, twin), "id to reason"),
        "revoke": Verb(partial(revoke, twin), "page"),
        "page": Verb(partial(new_mailbox, twin), "name about"),
        "state": Verb(partial(state, twin), "page only", "GET"),
        "credentials": Verb(partial(credentials, twin), "page", "GET"),
    }


def mailbox_named(twin: Postbox, address: str) -> Mailbox:
    """The first one without an address. Raises BadWish."""
    found = twin.held.mailboxes.get(address) if address else twin.held.first_mailbox()
    if found is None:
        raise BadWish(f"There is no mailbox {address!r}.", status=404)
    return found


# ── customers ──


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody types into their mail program."""

    handle: str
    text: str
    subject: str = ""
    html: str = ""
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    files: Sequence[File] = ()
    answers: Letter | None = None
    proved: bool = True
    automatic: bool = False


def say(twin: Postbox, wish: Wish) -> Any:
    if wish.text("kind", "email") != "email":
        raise BadWish(f"email has no {wish.text('kind')!r}. It has: email.")
    handle = wish.text("as")
    if not handle.strip():
        raise BadWish("The field 'as' names a person.")
    twin.ground.cast.person(handle, name=wish.text("name", ""))
    mailbox, answers = mailbox_named(twin, wish.text("page", "")), None
    if "reply_to" in wish:
        answers = twin.held.of(handle, wish.text("reply_to"))
        if answers is None:
            raise BadWish(f"{handle} has no mail {wish.text('reply_to')!r}.", status=404)
    typed = Mail(
        handle,
        wish.text("text", ""),
        subject=wish.text("subject", ""),
        html=wish.text("html", ""),
        to=addresses(wish.text("to", "")) or ([answers.address] if answers else [mailbox.address]),
        cc=addresses(wish.text("cc", "")),
        files=[_sample(row) for row in wish.rows("media")],
        answers=answers,
        proved=not wish.flag("unproved", False),
        automatic=wish.flag("automatic", False),
    )
    if not typed.text and not typed.files:
        raise BadWish("The field 'text' is missing.")
    return {"id": write(twin, typed).id, "address": twin.held.address(handle)}


def write(twin: Postbox, typed: Mail) -> Letter:
    """It stands in the writer's program and in those of whoever it goes to; each mailbox is brought its own."""
    person = twin.person(typed.handle)
    to = list(typed.to) or [twin.held.first_mailbox().address]
    everybody = [*to, *typed.cc]
    mailboxes = list({one.address: one for to_ in everybody if (one := twin.held.mailbox_at(to_))}.values())
    before = typed.answers
    letter = Letter(
        id=twin.held.new_id(),
        handle=typed.handle,
        mailbox=mailboxes[0].address if mailboxes else "",
        from_company=False,
        at=twin.now(),
        name=person.name,
        address=twin.held.address(typed.handle),
        to=to,
        cc=list(typed.cc),
        subject=" ".join((_whole(typed.subject) or _subject(typed)).split()),
        text=_whole(typed.text) + (_quoted(before) if before else ""),
        html=_whole(typed.html),
        refers=[*before.refers, before.id] if before else [],
        files=keep(twin, typed.files),
        automatic=typed.automatic,
    )
    raw = written(letter, typed.files, verified=typed.proved)
    for address in dict.fromkeys([letter.address, *everybody]):
        if reader := twin.held.person_at(address):
            twin.held.add(Letter(**{**asdict(letter), "handle": reader.handle}))
    for mailbox in mailboxes:
        recipient = next(one for one in everybody if twin.held.mailbox_at(one) is mailbox)
        twin.bring(mailbox, raw, lane=typed.handle, recipient=recipient)
    return letter


def keep(twin: Postbox, given: Sequence[File]) -> list[dict[str, str]]:
    return [
        {"name": one.name, "type": one.content_type, "path": twin.held.upload(one.content, one.name)}
        for one in given
    ]


def addresses(typed: str) -> list[str]:
    """Raises BadWish."""
    found = [parseaddr(one)[1] for one in typed.replace(";", ",").split(",") if one.strip()]
    if not all(_ADDRESS.fullmatch(one) for one in found):
        raise BadWish(f"{typed!r} is no list of addresses.")
    return found


def _subject(typed: Mail) -> str:
    if typed.answers:
        subject = typed.answers.subject
        return subject if subject.lower().startswith("re:") else f"Re: {subject}"
    first = " ".join(_whole(typed.text).split())
    return first if len(first) <= SUBJECT else f"{first[: SUBJECT - 1]}…"


def _whole(text: str) -> str:
    """Without halves of letters, which no mail can carry."""
    return text.encode("utf-8", "replace").decode()


def _quoted(before: Letter) -> str:
    """As mail programs put it below an answer."""
    day = datetime.fromtimestamp(before.at, UTC).strftime("%a, %d %b %Y at %H:%M")
    lines = "\n".join(f"> {line}".rstrip() for line in before.text.splitlines())
    return f"\n\nOn {day}, {before.name or before.address} wrote:\n{lines}\n"


def _sample(row: dict[str, Any]) -> File:
    kind = str(row.get("kind", "file"))
    if kind not in files.SAMPLES:
        raise BadWish(f"There is no media {kind!r} here. Known are: {', '.join(files.SAMPLES)}.")
    content = files.sample(files.SAMPLES[kind]) or b""
    name = str(row.get("name") or files.SAMPLES[kind].rpartition("/")[2])
    return File(name, content, files.type_of(content))


# ── the company, and the network's bad days ──


def fail(twin: Postbox, wish: Wish) -> Any:
    """The other side's server cannot keep a mail of the company, and says so."""
    reader = twin.held.person_at(wish.text("to", ""))
    letter = twin.held.of(reader.handle, wish.text("id")) if reader else twin.held.with_id(wish.text("id"))
    if letter is None:
        raise BadWish(f"email knows nothing with the id {wish.text('id')!r}.", status=404)
    if not letter.from_company:
        raise BadWish(f"{letter.id} was written by a customer.", status=409)
    letter.failed = wish.text("reason", "The mailbox is full")
    twin.held.keep(letter)
    mailbox = mailbox_named(twin, letter.mailbox)
    twin.bounce(letter, mailbox, to=twin.held.address(letter.handle), reason=letter.failed)
    return {"id": letter.id}


def revoke(twin: Postbox, wish: Wish) -> Any:
    """The mailbox's password is changed."""
    mailbox = mailbox_named(twin, wish.text("page", ""))
    mailbox.revoked = True
    twin.held.keep_mailbox(mailbox)
    return {"tokens": 1}


def credentials(twin: Postbox, wish: Wish) -> Any:
    mailbox = mailbox_named(twin, wish.text("page", ""))
    if mailbox.revoked:
        mailbox.password, mailbox.revoked = f"{mailbox.password}+", False
        twin.held.keep_mailbox(mailbox)
    return twin.credentials(mailbox)


def new_mailbox(twin: Postbox, wish: Wish) -> Any:
    """`name` is what stands before the @."""
    local = wish.text("name").strip().lower()
    if not local.isascii() or not local.isalnum():
        raise BadWish("The field 'name' has letters and digits only: it stands before the @.")
    address = f"{local}@{HOST}"
    made = twin.held.mailboxes.get(address) or twin.held.add_mailbox(address, wish.text("about", "Acme Shop"))
    return {"id": made.address, "name": made.name}


# ── looking ──


def state(twin: Postbox, wish: Wish) -> Any:
    """Each part is made when it is asked for: a test that waits for one number asks often."""
    mailbox, engine = mailbox_named(twin, wish.text("page", "")), twin.ground.engine
    parts: dict[str, Callable[[], Any]] = {
        "account": lambda: mailbox.address,
        "name": lambda: mailbox.name,
        "hook": lambda: mailbox.hook_url,
        "letters": lambda: [asdict(one) for one in twin.held.letters.values()],
        "calls": lambda: twin.calls.of("email"),
        "deliveries": lambda: {**asdict(engine.counts["email"]), "pending": engine.pending("email")},
    }
    wanted = wish.text("only", "").split(",") if "only" in wish else list(parts)
    return {name: part() for name, part in parts.items() if name in wanted}
