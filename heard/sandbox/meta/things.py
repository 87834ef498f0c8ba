"""What a page of the simulated network consists of. `handle` "" means: by the page itself.

Times are Unix seconds of the twin's clock. Everything here is kept as JSON, field by field.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Subscription:
    """Where an app wants to be called about an object ("page", "instagram")."""

    callback_url: str
    fields: list[str]
    verify_token: str = ""


@dataclass(slots=True)
class App:
    id: str
    network: str  # facebook · messenger · instagram · login (the app people sign in with; it carries all)
    name: str
    secret: str
    verify_token: str
    subscriptions: dict[str, Subscription] = field(default_factory=dict)  # by object
    instagram_id: str = ""  # an app that works with Instagram has a second number and a second secret
    instagram_secret: str = ""
    signs_as: str = "meta"  # which of its secrets signs what is about Instagram: meta · instagram


@dataclass(slots=True)
class Token:
    id: str  # the token itself
    kind: str  # PAGE · USER · INSTAGRAM (of an account; `page` is then the account)
    app: str
    page: str = ""
    handle: str = ""
    scopes: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)  # those a person chose on the consent page
    issued_at: float = 0
    expires_at: float = 0  # 0: never
    revoked: bool = False


@dataclass(slots=True)
class Page:
    id: str
    name: str
    about: str
    apps: dict[str, str]  # network → the app that is prepared for it
    subscribed: dict[str, list[str]] = field(default_factory=dict)  # app → fields
    blocked: list[str] = field(default_factory=list)  # handles


@dataclass(slots=True)
class Profile(Page):
    """A professional account on Instagram. In everything that hangs on it, it stands where a page does."""

    username: str = ""
    linked: str = ""  # the page that it is linked to; "": none


@dataclass(slots=True)
class Media:
    kind: str
    url: str
    alt: str = ""


@dataclass(slots=True)
class Post:
    id: str
    page: str
    handle: str
    text: str
    at: float
    item: str = "status"  # status · photo · share by the page, post by a visitor; live: a video, now
    media: list[Media] = field(default_factory=list)
    link: str = ""
    edited_at: float = 0
    published: bool = True
    hidden: bool = False
    pinned: bool = False
    removed: bool = False
    reactions: dict[str, str] = field(default_factory=dict)  # handle → name of the reaction
    private_reply: str = ""  # the one message that may answer it in private


@dataclass(slots=True)
class Comment:
    id: str
    page: str
    post: str
    parent: str  # the post's id, or that of another comment
    handle: str
    text: str
    at: float
    media: list[Media] = field(default_factory=list)
    edited_at: float = 0
    hidden: bool = False
    removed: bool = False
    reactions: dict[str, str] = field(default_factory=dict)
    private_reply: str = ""
    app: str = ""


@dataclass(slots=True)
class Direct:
    id: str
    page: str
    handle: str  # the customer, whoever wrote
    text: str
    from_page: bool
    at: float
    app: str = ""
    metadata: str = ""
    media: list[Media] = field(default_factory=list)
    reply_to: str = ""
    quick: str = ""
    story: str = ""  # the page's story that it answers
    buttons: list[dict[str, str]] = field(default_factory=list)  # quick replies: title, payload
    edits: int = 0
    removed: bool = False
    reactions: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Conversation:
    id: str
    page: str
    handle: str
    updated_at: float = 0
    opened_at: float = 0  # the customer's last act that opens the window; 0: never
    delivered_to: float = 0  # the customer has received all of ours up to here
    read_to: float = 0  # … and read
    seen_to: float = 0  # we have marked theirs as seen up to here
    typing_until: float = 0
    owner: str = ""  # the app that controls the thread; "": all of them
    blocked: bool = False  # the customer blocked the page
    spam: bool = False


@dataclass(slots=True)
class Review:
    id: str
    page: str
    handle: str
    text: str
    at: float
    stars: int | None = None
    recommends: bool | None = None
    edited_at: float = 0
    removed: bool = False
    reactions: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Mention:
    id: str
    page: str
    handle: str
    item: str  # post · comment; caption on Instagram
    post: str
    text: str
    at: float
    removed: bool = False
    reactions: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Container:
    """Something on Instagram that is to be published, or a part of it."""

    id: str
    page: str
    text: str
    at: float
    media: list[Media] = field(default_factory=list)
    part: bool = False
    published: bool = False


Thing = App | Token | Page | Post | Comment | Direct | Conversation | Review | Mention | Container
Reactable = Post | Comment
