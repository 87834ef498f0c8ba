"""A bare client of the Graph API for tests."""

from __future__ import annotations

from typing import Any

import httpx2

from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver


class Graph:
    def __init__(self, credentials: dict[str, str]) -> None:
        self.credentials = credentials
        self.page = credentials["account"]
        self._client = httpx2.Client(timeout=10, trust_env=False)

    def call(self, method: str, path: str, *, token: str = "", **rest: Any) -> httpx2.Response:
        bearer = {"Authorization": f"Bearer {token or self.credentials['page_token']}"}
        return self._client.request(method, f"{self.credentials['base_url']}/{path}", headers=bearer, **rest)

    def get(self, path: str, **params: str) -> Any:
        answer = self.call("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, **rest: Any) -> Any:
        answer = self.call("POST", path, json=body if body is not None else {}, **rest)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, body: Any = None, **rest: Any) -> dict[str, Any]:
        """The error of a call that must not succeed."""
        answer = self.call(method, path, json=body, **rest)
        assert answer.status_code >= 400, answer.text
        error: dict[str, Any] = answer.json()["error"]
        return error

    def send(self, psid: str, text: str, **rest: Any) -> Any:
        return self.post(f"{self.page}/messages", message(psid, text, **rest))

    def connect(self, receiver: Receiver) -> None:
        """As an adapter does: the app's hook first, then the page."""
        mine = self.credentials
        receiver.verify_token = mine["verify_token"]
        fields = ",".join(FIELDS)
        self.post(
            f"{mine['app_id']}/subscriptions",
            {
                "object": "page",
                "callback_url": receiver.url,
                "fields": fields,
                "verify_token": mine["verify_token"],
                "include_values": "true",
            },
            token=f"{mine['app_id']}|{mine['app_secret']}",
        )

    def close(self) -> None:
        self._client.close()


FIELDS = (
    *("feed", "mention", "ratings", "messages", "messaging_postbacks", "message_deliveries", "message_reads"),
    *("message_echoes", "message_edits", "message_reactions", "messaging_handovers", "standby"),
)


def message(psid: str, text: str, **rest: Any) -> dict[str, Any]:
    return {"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": {"text": text}, **rest}


def graph_of(sandbox: Running, network: str, *, page: str = "") -> Graph:
    return Graph(sandbox.credentials(network, page=page))
