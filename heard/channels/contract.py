"""What every channel promises: bytes in, facts out; one message out, one honest answer back.

Nothing here knows of Django or of a database, so an adapter is tested in milliseconds.
A channel implements `Channel` and as many of the small powers below it as its network allows.
"""

from __future__ import annotations

import abc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from socket import socket
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel


class Kind(StrEnum):
    """What a message is at its network."""

    COMMENT = "comment"
    DIRECT = "direct"
    MENTION = "mention"
    REVIEW = "review"
    POST = "post"  # written by a visitor on our page, not by us
    EMAIL = "email"
    CHAT = "chat"  # a line in the window on a web site
    FORM = "form"
    CALL = "call"  # by telephone, written down by an agent


class Count(StrEnum):
    """How a network counts the length of a text."""

    CHARACTERS = "characters"
    UTF8_BYTES = "utf8_bytes"
    UTF16_UNITS = "utf16_units"
    GRAPHEMES = "graphemes"
    WEIGHTED = "weighted"


class Problem(StrEnum):
    """Why a network did not do what we asked. Every error code of every network maps to one of these."""

    RATE_LIMIT = "rate_limit"
    AUTH_EXPIRED = "auth_expired"
    PERMISSION = "permission"
    RECIPIENT_BLOCKED = "recipient_blocked"
    WINDOW_CLOSED = "window_closed"
    TOO_LONG = "too_long"
    MEDIA_REJECTED = "media_rejected"
    GONE = "gone"
    DUPLICATE = "duplicate"
    INVALID = "invalid"
    TRANSIENT = "transient"


# ── in ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hook:
    """One HTTP call from a network, exactly as it came. Header names are lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What we say back to a handshake."""

    status: int
    body: bytes
    content_type: str = "text/plain; charset=utf-8"


class BadSignature(Exception):
    """The call was not signed with the secret that we share with the network."""


class Unreadable(Exception):
    """The body of a call is not JSON that is safe to read. The whole call is quarantined."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# `parse` has no clock of its own. Where a network does not say when, the intake puts the hook's arrival.
UNKNOWN_TIME: Final = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """An author as the network names one. `address` is unique per inbox and is what we write to.

    `aliases` are further addresses that the network knows the same person by: whoever wrote from one of
    them before is no stranger, and from now on is called by `address`.
    """

    address: str
    name: str = ""
    handle: str = ""
    picture_url: str = ""
    aliases: Sequence[str] = ()
    language: str = ""  # of their profile or device, as the network writes it: en, pt-BR


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video, file … that came with a message. `url` is the network's and may expire."""

    kind: str  # image · video · audio · file · sticker · location · link · story · unsupported
    url: str = ""
    name: str = ""
    content_type: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    keep: bool = True  # False where the network forbids storing a copy (stories)


@dataclass(frozen=True, slots=True)
class Post:
    """The public thing that comments hang on. Empty fields are unknown, to be fetched later."""

    external_id: str
    text: str = ""
    permalink: str = ""
    picture_url: str = ""
    author_name: str = ""
    at: datetime | None = None
    advert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all incoming facts share.

    `account` is the network's id of our account that the fact belongs to and `channel` the slug of the
    channel that should take it; both empty mean the inbox that the hook came to. They exist because
    some networks (Meta) send the events of several accounts and products in one call.
    """

    at: datetime  # the network's own time, aware
    raw: Mapping[str, Any] = field(default_factory=dict)
    account: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageIn(Fact):
    """Something was said, by a customer or (`ours`) by our own account.

    `thread` groups messages as the network does: the person's address for direct messages, the root
    comment's id for comments, the post's or review's own id otherwise. `author` is None where the
    network hides who wrote. For our own echoes `token` is the mark that we gave the message when we
    sent it, and `to` the address it went to. `unanswerable` says why the network gives us no right to
    answer this one, though it does for others of its kind.
    """

    kind: Kind
    external_id: str
    thread: str
    text: str = ""
    author: Person | None = None
    ours: bool = False
    public: bool = True
    parent: str = ""  # external id of the message that this one answers, within the thread
    post: Post | None = None
    media: Sequence[Media] = ()
    permalink: str = ""
    stars: int | None = None  # reviews: 1 to 5
    recommends: bool | None = None  # reviews without stars
    token: str = ""
    to: str = ""
    note: str = ""  # how it came, in the network's words: "postback GET_STARTED", "standby", an ad's title
    unanswerable: str = ""  # English source string, marked with `N_`
    past: bool = False  # the network hands over what was said long ago: nobody waits for an answer to it
    subject: str = ""
    html: str = ""  # as it came: never shown before it is cleaned
    copies: Sequence[Person] = ()  # who else got it (Cc)
    sent_to: Sequence[str] = ()  # all the addresses that a letter names, ours too, in its order
    refers: Sequence[str] = ()  # external ids of earlier messages that it names, the likeliest first
    marks: Sequence[str] = ()  # what may be an `Outgoing.mark` of ours that came back, still to be proved
    automatic: bool = False  # a machine wrote it: no machine of ours ever answers
    verified: bool | None = None  # is the author proved? None: the network's own sign-in vouches for it


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Fact):
    external_id: str
    text: str
    media: Sequence[Media] = ()
    stars: int | None = None  # reviews: what they say now
    recommends: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(Fact):
    external_id: str
    by_us: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageHidden(Fact):
    """Hidden or shown again: by us, by another tool of the company or by the network's own filter."""

    external_id: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Fact):
    """How far one of our messages got. Either `external_ids`, or everything to `address` up to `until`.

    `token` is the mark that we gave the message when we sent it: it proves which message of ours an id
    belongs to that we were never told.
    """

    status: str  # sent · delivered · read · failed
    recipient: str = ""  # of a letter: whom this is about, where it went to several
    external_ids: Sequence[str] = ()
    token: str = ""
    address: str = ""
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction(Fact):
    """A reaction on a message, or on a post when no message has that id. `ours`: our account reacted."""

    external_id: str
    author: Person | None = None
    ours: bool = False
    emoji: str = ""
    name: str = ""  # the network's word: like, love, …
    added: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPublished(Fact):
    """Our own account published, changed or (`removed`) deleted a post."""

    post: Post
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChanged(Fact):
    """A person is called by another address from now on. What they said stays theirs."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening(Fact):
    """Something that concerns a conversation or the account but is nothing said.

    A referral, an opt-in, another app taking the thread, a policy warning. It is kept and shown on the
    timeline of the person's ticket (`address`) or, without one, on the inbox's health page.
    """

    name: str  # snake_case: referral · optin · thread_taken · templates_changed · policy_enforcement …
    address: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored(Fact):
    """Kept and counted, not acted on. `reason` is a short English sentence for the health page."""

    reason: str


Incoming = (
    MessageIn
    | MessageEdited
    | MessageDeleted
    | MessageHidden
    | Receipt
    | Reaction
    | PostPublished
    | AddressChanged
    | Happening
    | Ignored
)


# ── out ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap in a template that somebody fills in for each message."""

    name: str = ""  # the network's; empty where it only counts them
    example: str = ""
    place: str = ""  # where it stands, in the network's words; for the adapter alone


@dataclass(frozen=True, slots=True)
class Template:
    """A text that the network approved beforehand, with numbered blanks, as WhatsApp has them."""

    name: str
    language: str  # the network's code: en, pt_BR
    text: str = ""  # with {{1}}, {{2}} … where the blanks are
    category: str = ""
    blanks: Sequence[Blank] = ()  # one for each number, in order


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    template: Template
    blanks: Sequence[str] = ()

    @property
    def text(self) -> str:
        """As the customer will read it. A blank that nobody filled in stays as it is."""
        return _NUMBERED.sub(self._filled, self.template.text)

    def _filled(self, found: re.Match[str]) -> str:
        number = int(found[1])
        return self.blanks[number - 1] if 0 < number <= len(self.blanks) else found[0]


_NUMBERED: Final = re.compile(r"\{\{(\d{1,3})\}\}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of ours on its way to a network. `alt` describes a picture to those who cannot see it."""

    name: str
    content_type: str
    content: bytes
    alt: str = ""
    url: str = ""  # where the network may fetch it, for networks that take addresses only


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press under a message. It leads to `url`, or else says `reply` in the person's name."""

    label: str
    reply: str = ""  # empty: the label
    url: str = ""

    @property
    def says(self) -> str:
        return self.reply or self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """Something that our account says to everybody."""

    text: str
    token: str
    pictures: Sequence[Upload] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message on its way out.

    Public: `to` is the external id of the message (or post) that it answers. Private: `to` is a
    person's address, or with `private_reply` the external id of the public message it answers.
    `token` is ours and unique: the adapter hands it to the network wherever the network echoes it.
    `extended` asks for the later window that only people may use (Meta's human agent).
    """

    kind: Kind
    text: str
    to: str
    token: str
    private_reply: bool = False
    extended: bool = False
    template: FilledTemplate | None = None  # goes instead of `text`, which is how it reads
    quotes: str = ""  # external id of the message to show above this one, where `Abilities.quotes`
    files: Sequence[Upload] = ()  # at most what `Abilities.files` allows
    buttons: Sequence[Button] = ()  # at most what `Abilities.buttons` allows
    subject: str = ""
    copies: Sequence[Person] = ()  # who else gets it (Cc)
    refers: Sequence[str] = ()  # external ids of the conversation so far, the oldest first
    mark: str = ""  # proves the conversation: whoever answers sends it back with the answer
    automatic: bool = False  # nobody of us wrote it
    only: Sequence[str] = ()  # of a letter: who gets it now, where the others have it
    original: Original | None = None  # what a letter answers, to be repeated below it
    signature: str | None = None  # below a letter; None: the one of the mailbox


@dataclass(frozen=True, slots=True)
class Original:
    """What was said before, and a line in the reader's language that says by whom and when."""

    said: str
    text: str


@dataclass(frozen=True, slots=True)
class Sent:
    """The network took it. `recipient` is the person's private address where the network tells it.

    `pause` is how long the inbox's *next* call had better wait: the network's quota is nearly used up.
    """

    external_id: str
    recipient: str = ""
    pause: timedelta | None = None
    permalink: str = ""
    refused: Mapping[str, str] = field(default_factory=dict)  # of a letter: who gets no copy, and why


class TryAgain(Exception):
    """Certainly not accepted; the same call may succeed later. `after` is the network's own wish."""

    def __init__(self, reason: str, *, after: timedelta | None = None, code: str = "") -> None:
        super().__init__(reason)
        self.reason, self.after, self.code = reason, after, code


class Rejected(Exception):
    """Certainly not accepted, and never will be as it stands."""

    def __init__(self, reason: str, *, problem: Problem, code: str = "") -> None:
        super().__init__(reason)
        self.reason, self.problem, self.code = reason, problem, code


class ReconnectNeeded(Exception):
    """The network no longer accepts our credentials. Nothing goes out until a person reconnects."""

    def __init__(self, reason: str, *, code: str = "") -> None:
        super().__init__(reason)
        self.reason, self.code = reason, code


class Unconfirmed(Exception):
    """The call left us and no answer came: the network may have accepted it. Never repeat it blindly."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotReached(Exception):
    """Raised by a wire: no byte of the request can have been accepted (DNS, refused, TLS, guard)."""


class NoAnswer(Exception):
    """Raised by a wire: the request was written, and the connection died or timed out before an answer."""


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """An HTTP answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


CredentialsT = TypeVar("CredentialsT", bound="Credentials")
CredentialsT_co = TypeVar("CredentialsT_co", bound="Credentials", covariant=True)


class Credentials(BaseModel):
    """What connects an inbox. Secrets are `SecretStr`, so that no log or error can show them.

    The connect form is made from the fields: title, description and `json_schema_extra`.
    """

    account: str  # the network's id of our account


class Wire(Protocol[CredentialsT_co]):
    """How an adapter reaches its network: guarded HTTP with the inbox's credentials."""

    @property
    def credentials(self) -> CredentialsT_co: ...

    def call(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        files: Mapping[str, Upload] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> WireAnswer:
        """One request, no redirects. Raises NotReached or NoAnswer; any HTTP status is an answer.

        With `files` the body is multipart and `form` its other fields.
        """
        ...

    def lines(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        silence: timedelta,
    ) -> AbstractContextManager[Lines]:
        """A GET whose answer never ends, as filtered streams are. Raises like `call`.

        Reading on raises NoAnswer when nothing came, not even an empty line, for `silence`.
        """
        ...

    def connect(self, host: str, port: int) -> socket:
        """A plain connection, for networks that do not speak HTTP. Raises NotReached."""
        ...


class Lines(Protocol):
    """An answer that comes line by line. Empty lines are signs of life, and are given too."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    def __iter__(self) -> Iterator[bytes]: ...


# ── what a channel can do ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What a post of our own may be. Sizes in bytes."""

    text_limit: int
    counts: Count = Count.CHARACTERS
    pictures: int = 0  # at most
    picture_needed: bool = False
    picture_kinds: frozenset[str] = frozenset({"image/jpeg", "image/png"})
    picture_size: int = 8 * 1024 * 1024
    alt_text: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What files a reply may bring along. Sizes in bytes."""

    sizes: Mapping[str, int]  # content type, or its first half ("image/*", "*/*") → largest size
    most: int = 1  # in one message
    text_too: bool = True  # False: files go as messages of their own beside the text
    described: bool = False  # a picture may carry words for those who cannot see it
    caption: int | None = None  # the longest text beside a file; None: as long as any
    alone: frozenset[str] = frozenset()  # content types that go without other files

    def largest(self, content_type: str) -> int | None:
        """How large a file of this kind may be. None: the network does not take the kind."""
        whole_family = f"{content_type.partition('/')[0]}/*"
        named = (self.sizes.get(name) for name in (content_type, whole_family, "*/*"))
        return next((size for size in named if size is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Buttons:
    """What buttons a reply may bear. Lengths in characters."""

    most: int
    label: int  # longest
    links: bool = False  # a button may lead to a web address
    text_limit: int | None = None  # of the message that bears them, where it is shorter than others


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a channel allows. The composer and every button follow this, never the channel's name."""

    receives: frozenset[Kind]
    replies: frozenset[Kind]  # kinds that can be answered where they stand
    text_limits: Mapping[Kind, int]  # of a reply to this kind
    counts: Count = Count.CHARACTERS
    counts_otherwise: Mapping[Kind, Count] = field(default_factory=dict)  # kinds that are not like the rest
    likes: frozenset[Kind] = frozenset()
    hides: frozenset[Kind] = frozenset()
    deletes: frozenset[Kind] = frozenset()
    private_replies: frozenset[Kind] = frozenset()  # public kinds that allow one private answer
    private_reply_within: timedelta | None = None  # since the public message
    private_channel: str = ""  # slug of the channel on which that private conversation goes on
    reply_within: timedelta | None = None  # since the customer's last word; None = no window
    extended_within: timedelta | None = None  # the later window for people, where the account has it
    customer_edits: bool = False
    customer_deletes: bool = False
    receipts: frozenset[str] = frozenset()  # delivered, read
    media_in: frozenset[str] = frozenset()
    reposts: frozenset[Kind] = frozenset()
    templates_after: bool = False  # outside `reply_within` an approved template may still go
    pays_per_call: bool = True  # where the channel is `Priced`
    answers_all: bool = False  # `MessageIn.unanswerable` does not bind this account
    publishing: Publishing | None = None
    files: Mapping[Kind, Files] = field(default_factory=dict)  # that a reply to this kind may bring along
    buttons: Mapping[Kind, Buttons] = field(default_factory=dict)  # that a reply to this kind may bear
    # Kinds with a subject and people who get a copy, whose answers name what was said before.
    letters: frozenset[Kind] = frozenset()
    quotes: bool = False  # an answer may show which message it is to
    instant: bool = False  # held by Heard itself: nothing is called, a reply is there at once and for good

    def counts_of(self, kind: Kind) -> Count:
        return self.counts_otherwise.get(kind, self.counts)


@dataclass(frozen=True, slots=True)
class Scope:
    """A right that connecting asks for, in plain words (English source strings, translated on the page)."""

    name: str
    allows: str
    without: str  # what stops working without it
    required: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """What the network says of the account we are connected to."""

    external_id: str
    name: str
    picture_url: str = ""
    scopes: frozenset[str] | None = None  # None: the network does not say
    expires_at: datetime | None = None
    subscribed: bool | None = None  # are our hooks on?
    plan: str = ""  # what this account may do beyond others, as `abilities_for` takes it


class Channel(abc.ABC, Generic[CredentialsT]):
    """One network. Stateless; one instance serves all its inboxes."""

    slug: ClassVar[str]
    name: ClassVar[str]
    abilities: ClassVar[Abilities]
    credentials: type[CredentialsT]
    scopes: ClassVar[Sequence[Scope]] = ()
    media_hosts: ClassVar[Sequence[str]] = ()  # "fbcdn.net" allows every host below it
    made_here: ClassVar[bool] = False  # an inbox is made on a page of ours: there is no account to connect

    def abilities_for(self, plan: str) -> Abilities:
        """What an account can do whose `Account.plan` is this."""
        return self.abilities

    def challenge(self, hook: Hook, credentials: CredentialsT) -> Answer | None:
        """The network's handshake; None when the call is an ordinary delivery."""
        return None

    @abc.abstractmethod
    def verify(self, hook: Hook, credentials: CredentialsT) -> None:
        """Raises BadSignature. Works on the raw bytes and compares in constant time."""

    @abc.abstractmethod
    def parse(self, hook: Hook) -> list[Incoming]:
        """Pure. Never raises for JSON that is well-formed, whatever stands in it: unknown is `Ignored`.

        Raises Unreadable for a body that is not JSON or is nested deeper than 64 levels.
        """

    def answer(self, hook: Hook, credentials: CredentialsT) -> Answer | None:
        """What is said in the very answer to a delivery, once that is stored. None: an empty 200."""
        return None

    @abc.abstractmethod
    def send(self, message: Outgoing, wire: Wire[CredentialsT]) -> Sent:
        """Raises TryAgain, Rejected, ReconnectNeeded or Unconfirmed."""

    @abc.abstractmethod
    def inspect(self, wire: Wire[CredentialsT]) -> Account:
        """A harmless test call. Raises TryAgain, Rejected or ReconnectNeeded."""

    def subscribe(self, wire: Wire[CredentialsT], *, hook_url: str) -> None:
        """Asks the network to call `hook_url`. Raises like `inspect`."""

    def unsubscribe(self, wire: Wire[CredentialsT]) -> None:
        """Asks the network to stop calling."""

    def callback_of(self, credentials: CredentialsT) -> str:
        """Names what has one hook address for several accounts, an app say. Empty: each has its own.

        When the account that the address leads to is disconnected, one of the others takes it over.
        """
        return ""


# ── powers: a channel has them or not ─────────────────────────────────────────────────────────────


@runtime_checkable
class Moderates(Protocol):
    """Like, hide, delete. Each is harmless when repeated. Raises like `send`, never Unconfirmed."""

    def like(self, external_id: str, *, liked: bool, wire: Wire[Any]) -> None: ...
    def hide(self, external_id: str, *, hidden: bool, wire: Wire[Any]) -> None: ...
    def delete(self, external_id: str, *, wire: Wire[Any]) -> None: ...


@runtime_checkable
class Reacts(Protocol):
    """A like that has to name whose message it is about. Harmless when repeated."""

    def react(self, external_id: str, *, to: str, liked: bool, wire: Wire[Any]) -> None:
        """`to` is the address of the message's author. Raises like `send`, never Unconfirmed."""
        ...


@runtime_checkable
class Reposts(Protocol):
    def repost(self, external_id: str, *, reposted: bool, wire: Wire[Any]) -> None:
        """Show a customer's post to our own followers, or take that back. Harmless when repeated."""
        ...


@runtime_checkable
class Publishes(Protocol):
    def publish(self, post: NewPost, wire: Wire[Any]) -> Sent:
        """Raises like `send`."""
        ...


@runtime_checkable
class FindsPosts(Protocol):
    def find_published(self, post: NewPost, wire: Wire[Any], *, since: datetime) -> list[Sent]:
        """Posts of ours with the same words since then, the newest first; none proves nothing yet.

        Raises TryAgain, Rejected or ReconnectNeeded.
        """
        ...


@runtime_checkable
class HasTemplates(Protocol):
    def templates(self, wire: Wire[Any]) -> list[Template]:
        """Those that are approved. Raises TryAgain, Rejected or ReconnectNeeded."""
        ...


@runtime_checkable
class Priced(Protocol):
    """The network takes money for calls. Prices in US dollars; `Abilities.pays_per_call` says who pays."""

    def price(self, asked: Outgoing | NewPost | str) -> Decimal:
        """Of one message, one post, one `like`, `repost`, `hide`, `delete`, or one `match` of a stream.

        Zero for what it does not know.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one look at a network brought.

    `calls` are stored byte for byte and read by `parse`, as if the network had called; a header of
    theirs may tell what was asked for. `cursor` is where the next look begins. `pause` is the network's
    own wish. `cost` is in US dollars. `more`: so much has come that it takes another look, at once.
    """

    calls: Sequence[Hook]
    cursor: Mapping[str, str]
    pause: timedelta | None = None
    cost: Decimal = Decimal(0)
    more: bool = False


@runtime_checkable
class Polls(Protocol):
    """A network that has to be asked."""

    def polls_every(self, credentials: Any) -> timedelta | None:
        """None: this account is told by hooks, nobody has to ask."""
        ...

    def poll(self, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        """All that is new. Raises TryAgain, Rejected or ReconnectNeeded; the cursor then stays."""
        ...


@runtime_checkable
class Waits(Protocol):
    """A network that has to be asked, and says when it is worth while."""

    def waits(self, credentials: Any) -> bool:
        """False: this account is told by hooks."""
        ...

    def wait(self, wire: Wire[Any], *, longest: timedelta) -> Iterator[bool]:
        """One connection: True when something came, False as a sign of life. Ends after `longest`.

        Raises TryAgain, Rejected or ReconnectNeeded.
        """
        ...


@dataclass(frozen=True, slots=True)
class Carrier:
    """A mail service that takes in the mails of a mailbox and brings them to us by a call for each."""

    name: str  # as its address with us has it
    secret: str = field(repr=False)  # that its calls are signed with, or that stands in the address
    key: str = field(default="", repr=False)  # of its API, where files have to be fetched there


@runtime_checkable
class TakesBrought(Protocol):
    """Whole mails may be brought by a service that is not the network itself."""

    def carrier(self, credentials: Any) -> Carrier | None: ...

    def brought(self, raw: bytes, credentials: Any, *, at: datetime) -> Hook:
        """A mail that a carrier brought, as if the mailbox had been asked for it."""
        ...


@runtime_checkable
class Holds(Protocol):
    """Its conversations lie with Heard itself: what we say is there as soon as it is stored."""

    def put(self, message: Outgoing) -> Sent:
        """As `send`, without a call, so nothing can be lost on the way. Raises Rejected."""
        ...


@runtime_checkable
class NamesMessages(Protocol):
    def name_of(self, message: Outgoing, account: str) -> str:
        """The external id that a message of ours will have, known and stored before it is sent."""
        ...


@runtime_checkable
class CarriesParts(Protocol):
    """Each call is one whole message with its files in it, as a mail is: kept as long as the message."""

    raw_type: str  # the content type of a call that is handed over as it came

    def part(self, hook: Hook, media: Media) -> bytes | None:
        """A file that came in this call. None: it is not in there, or cannot be read."""
        ...


class CleanHtml(Protocol):
    """What may be shown, and how many pictures from elsewhere were left out of it."""

    @property
    def html(self) -> str: ...
    @property
    def blocked(self) -> int: ...


@runtime_checkable
class CleansHtml(Protocol):
    """Its messages may be HTML, which is never shown as it came."""

    html_policy: int  # raised when `clean` changes: what was kept is made anew

    def clean(self, html: str, *, inline: Mapping[str, str], remote: bool) -> CleanHtml:
        """`inline`: where the parts of the message that it shows are to be had, by content id."""
        ...


@dataclass(frozen=True, slots=True)
class Query:
    """Words to listen for, in the network's own language of queries. `tag` is ours and unique."""

    tag: str
    text: str


@runtime_checkable
class Listens(Protocol):
    """Everything that is said in public and matches our queries, as it is said.

    A query's tag stands, as it is, in the body of every call that matches it.
    """

    def stream_of(self, credentials: Any) -> str:
        """Names what has one connection for all its accounts, the app say. Empty: only `search` is to be had."""
        ...

    def agree(self, queries: Sequence[Query], wire: Wire[Any]) -> Mapping[str, str]:
        """Makes the network's queries these and no others. Gives the refused ones' tags and why."""
        ...

    def listen(self, wire: Wire[Any]) -> Iterator[Hook | None]:
        """Calls for `parse`, for as long as the connection lives; None is a sign of life.

        Raises TryAgain, Rejected or ReconnectNeeded. TryAgain's `after` is the pause after the first
        failure, and doubled with every further one; without it, the connection broke and is made again soon.
        """
        ...

    def search(self, query: Query, wire: Wire[Any], *, cursor: Mapping[str, str]) -> Polled:
        """What was said lately and matches. Raises like `listen`."""
        ...


@dataclass(frozen=True, slots=True)
class Located:
    """Where a file is to be fetched right now, and with what."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class LocatesMedia(Protocol):
    def locate(self, media: Media, wire: Wire[Any]) -> Located | None:
        """For files that have no lasting address. None: gone. Raises TryAgain or ReconnectNeeded."""
        ...


@dataclass(frozen=True, slots=True)
class Renewed:
    credentials: Credentials
    expires_at: datetime | None = None


@runtime_checkable
class Renews(Protocol):
    """Credentials that die unless they are renewed in time."""

    renew_before: timedelta  # how long before `Account.expires_at`

    def renew(self, wire: Wire[Any]) -> Renewed:
        """The old ones may be void afterwards. Raises TryAgain, Unconfirmed or ReconnectNeeded."""
        ...


@runtime_checkable
class FetchesProfiles(Protocol):
    def profile(self, address: str, wire: Wire[Any]) -> Person | None:
        """None when the network will not tell (no consent, gone). Raises TryAgain or ReconnectNeeded."""
        ...


@runtime_checkable
class FetchesPosts(Protocol):
    def post(self, external_id: str, wire: Wire[Any]) -> Post | None:
        """None when it is gone or not ours to see. Raises TryAgain or ReconnectNeeded."""
        ...


@runtime_checkable
class Reconciles(Protocol):
    def held(self, wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
        """All that the network holds between two times, as facts like those of `parse`.

        What it refuses to list is one `Ignored` with its reason and without a raw form. Raises TryAgain or
        ReconnectNeeded.
        """
        ...


@runtime_checkable
class ConfirmsGone(Protocol):
    confirms: frozenset[Kind]  # of messages of other kinds the network's word would prove nothing

    def is_gone(self, external_id: str, wire: Wire[Any]) -> bool:
        """True only where the network itself says that it holds this message no more.

        Raises TryAgain or ReconnectNeeded.
        """
        ...


@runtime_checkable
class Replays(Protocol):
    def replay(self, wire: Wire[Any], *, since: datetime, until: datetime) -> None:
        """Asks the network to call us again with what happened in this time. Raises like `inspect`."""
        ...


@runtime_checkable
class SharesAddress(Protocol):
    """A network that has room for one address an app, and has to be told for each account what goes there."""

    def subscribe_at_one(self, wire: Wire[Any], *, hook_urls: Sequence[str]) -> None:
        """Takes the place of `subscribe`. `hook_urls` are those of all accounts of one `callback_of`.

        An address that the network calls already is kept; otherwise it is the first. Raises like `inspect`.
        """
        ...


@runtime_checkable
class Finds(Protocol):
    def find_sent(self, message: Outgoing, wire: Wire[Any], *, since: datetime) -> Sent | None:
        """Was an unconfirmed message accepted after all? None: not found, which proves nothing yet."""
        ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What signing in at the network brought: one choice per account that may be connected."""

    account: Account
    credentials: Credentials


@runtime_checkable
class Connects(Protocol):
    """Connecting by signing in at the network (OAuth)."""

    app: type[
        BaseModel
    ]  # what the network gave us for our program; its form is made like that of `credentials`

    def authorize_url(self, app: Any, *, redirect_uri: str, state: str) -> str: ...

    def grants(self, app: Any, *, code: str, redirect_uri: str, wire: Any) -> list[Grant]:
        """Exchanges the code. `app` is the channel's app registration. Raises Rejected or TryAgain."""
        ...


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where a person goes to sign in, and what has to be known again when they come back."""

    url: str
    kept: Mapping[str, str]


@runtime_checkable
class AsksBeforeSignIn(Protocol):
    """A sign-in that begins with a call to the network (OAuth 1.0a)."""

    def leave(self, app: Any, *, redirect_uri: str, state: str, wire: Any) -> Leaving | None:
        """None: this app signs in as `Connects` says. Raises Rejected or TryAgain.

        Whoever comes back brings `state` along.
        """
        ...

    def grants_of(
        self, app: Any, *, came_back: Mapping[str, str], kept: Mapping[str, str], wire: Any
    ) -> list[Grant]:
        """`came_back` is the query that the person came back with. Raises Rejected or TryAgain."""
        ...


@runtime_checkable
class ProvesSignIn(Protocol):
    """A sign-in with PKCE: `grants` also takes the `state` of `authorize_url`, to make the same proof again."""

    proves_sign_in: bool
