"""An adapter of Heard's, connected to a twin: what one says the other understands."""

from __future__ import annotations

from typing import Any

from heard.channels.contract import Channel, Hook, Ignored, Incoming, Kind, Outgoing, Sent
from heard.channels.tests.wire import HttpWire
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver


class Talking:
    """A private network's first account. `changed` differs from the credentials that the twin gives."""

    def __init__(self, sandbox: Running, receiver: Receiver, channel: Channel[Any], **changed: Any) -> None:
        self.sandbox, self.receiver, self.channel = sandbox, receiver, channel
        told = sandbox.credentials(channel.slug)
        self.wire: HttpWire[Any] = HttpWire(channel.credentials.model_validate(told | changed))
        channel.subscribe(self.wire, hook_url=receiver.url)
        receiver.says = self._says

    def _says(self, body: bytes) -> bytes:
        """As the hook front does: what the adapter wants to be said at once."""
        answer = self.channel.answer(Hook("POST", {}, {}, body), self.wire.credentials)
        return answer.body if answer else b""

    def facts(self) -> list[Incoming]:
        """All that has arrived, each call with a signature that fits. Nothing of it may be ignored."""
        self.sandbox.settled(self.channel.slug)
        facts: list[Incoming] = []
        for headers, body in list(self.receiver.calls):
            hook = Hook("POST", {}, headers, body)
            self.channel.verify(hook, self.wire.credentials)
            facts += self.channel.parse(hook)
        assert not [fact for fact in facts if isinstance(fact, Ignored)]
        return facts

    def send(self, text: str = "Hello", *, to: str = "") -> Sent:
        """To whoever the newest message belongs to."""
        message = Outgoing(kind=Kind.DIRECT, text=text, to=to or self.address(), token="hd:1")
        return self.channel.send(message, self.wire)

    def address(self) -> str:
        return str(self.directs()[-1]["address"])

    def directs(self) -> list[dict[str, Any]]:
        said: list[dict[str, Any]] = self.sandbox.state(self.channel.slug, only="directs")["directs"]
        return said
