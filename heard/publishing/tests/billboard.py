"""A network of our own that takes posts over real HTTP, and says what a test wants it to say."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from heard.channels.contract import (
    Abilities,
    Account,
    Channel,
    Credentials,
    Hook,
    Incoming,
    Kind,
    NewPost,
    NoAnswer,
    NotReached,
    Outgoing,
    Problem,
    Publishing,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
    Wire,
)


class BillboardCredentials(Credentials):
    base_url: str


class Billboard(Channel[BillboardCredentials]):
    slug: ClassVar[str] = "billboard"
    name: ClassVar[str] = "Billboard"
    abilities: ClassVar[Abilities] = Abilities(
        receives=frozenset({Kind.COMMENT}),
        replies=frozenset(),
        text_limits={},
        publishing=Publishing(text_limit=100, pictures=2, picture_size=1024 * 1024),
    )
    credentials = BillboardCredentials

    def verify(self, hook: Hook, credentials: BillboardCredentials) -> None: ...

    def parse(self, hook: Hook) -> list[Incoming]:
        return []

    def send(self, message: Outgoing, wire: Wire[BillboardCredentials]) -> Sent:
        raise Rejected("Nobody answers here.", problem=Problem.INVALID)

    def inspect(self, wire: Wire[BillboardCredentials]) -> Account:
        return Account("acme", "Acme")

    def publish(self, post: NewPost, wire: Wire[Any]) -> Sent:
        said = {
            "text": post.text,
            "token": post.token,
            "pictures": [{"alt": one.alt, "url": one.url, "size": len(one.content)} for one in post.pictures],
        }
        try:
            answer = wire.call("POST", f"{wire.credentials.base_url}/posts", json=said)
        except NotReached as error:
            raise TryAgain("not reached") from error
        except NoAnswer as error:
            raise Unconfirmed("no answer") from error
        match answer.status:
            case 200:
                id = answer.body.decode()
                return Sent(id, permalink=f"https://billboard.example/{id}")
            case 401:
                raise ReconnectNeeded("signed out")
            case 429:
                raise TryAgain("slower, please")
            case status if status >= 500:
                raise Unconfirmed("broken")
        raise Rejected("not like this", problem=Problem.INVALID, code=str(answer.status))


class Wall(Billboard):
    """Shorter texts, and never without a picture."""

    slug: ClassVar[str] = "wall"
    name: ClassVar[str] = "Wall"
    abilities: ClassVar[Abilities] = Abilities(
        receives=frozenset(),
        replies=frozenset(),
        text_limits={},
        publishing=Publishing(
            text_limit=20,
            pictures=1,
            picture_needed=True,
            picture_kinds=frozenset({"image/jpeg"}),
        ),
    )


class Toll(Billboard):
    """The same for money."""

    slug: ClassVar[str] = "toll"
    name: ClassVar[str] = "Toll"

    def price(self, asked: Outgoing | NewPost | str) -> Decimal:
        return Decimal("0.50")


class Board:
    """The network's side."""

    def __init__(self, server: HTTPServer) -> None:
        self.held: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self.meanwhile: Callable[[], None] = lambda: None
        self.url = server.url_for("/billboard")
        server.expect_request("/billboard/posts").respond_with_handler(self._take)

    def answers(self, *statuses: int) -> None:
        """To the next calls; afterwards it takes everything."""
        self.statuses = list(statuses)

    def _take(self, request: Request) -> Response:
        self.meanwhile()
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200 or status >= 500:  # a broken network has it, and does not say so
            self.held.append(request.get_json())
        return Response(f"post-{len(self.held)}", status=status)

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.held]
