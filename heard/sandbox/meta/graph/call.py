"""One call of the Graph API, read from whichever form it came in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from heard.sandbox.meta.graph.errors import wrong
from heard.sandbox.meta.graph.fields import Field, parse
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import App, Page, Token

VERSION = re.compile(r"v\d+\.\d+")


@dataclass(slots=True)
class Call:
    network: Network
    method: str
    path: str
    parts: list[str]  # without the version
    values: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    host: str = ""
    base: str = ""  # the address up to and with the version
    body: Any = None  # as it came, for the record
    fetched: dict[str, str] = field(default_factory=dict)  # address → path of our copy
    token: Token | None = None
    app: App | None = None
    app_token: bool = False

    @property
    def page(self) -> Page:
        """The page, or the account on Instagram, whose token is used. Raises GraphError."""
        if self.token is None or not self.token.page:
            raise wrong("A page access token is required to request this resource.")
        return self.network.account(self.token.page)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name, default)
        if isinstance(value, (dict, list)):
            return json.dumps(value)
        return str(value) if not isinstance(value, bool) else str(value).lower()

    def flag(self, name: str) -> bool | None:
        if name not in self.values:
            return None
        return self.text(name).lower() in {"true", "1"}

    def thing(self, name: str) -> Any:
        """A value that is an object or a list: as JSON in a form, or as it stands in a JSON body."""
        value = self.values.get(name)
        if isinstance(value, str) and value[:1] in "[{":
            try:
                return json.loads(value)
            except ValueError:
                raise wrong(f"param {name} must be valid JSON.") from None
        return value

    def names(self, name: str) -> list[str]:
        """A list of words: JSON, or parted by commas."""
        value = self.thing(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [word.strip() for word in str(value or "").split(",") if word.strip()]

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise wrong(f"param {name} must be an integer.") from None

    def fields(self, default: str) -> list[Field]:
        return parse(self.text("fields") or default)


async def read(network: Network, request: Request, *, host: str) -> Call:
    """Query, form and JSON body laid over each other; the path without its version."""
    values: dict[str, Any] = dict(request.query_params)
    files: dict[str, bytes] = {}
    body = await _body(request, values, files)
    parts = [part for part in request.path_params["path"].split("/") if part]
    version = parts.pop(0) if parts and VERSION.fullmatch(parts[0]) else ""
    method = request.method
    if method == "POST" and str(values.get("method", "")).upper() in {"GET", "DELETE"}:
        method = str(values["method"]).upper()
    base = f"{request.url.scheme}://{request.url.netloc}/{host}"
    return Call(
        network=network,
        method=method,
        path=request.url.path,
        parts=parts,
        values=values,
        files=files,
        host=host,
        base=f"{base}/{version}" if version else base,
        body=body,
    )


async def _body(request: Request, values: dict[str, Any], files: dict[str, bytes]) -> Any:
    raw = await request.body()
    if not raw:
        return None
    kind = request.headers.get("content-type", "")
    if kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    values[name] = value
                else:
                    files[name] = await value.read()
            return {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        body = json.loads(raw)
    except ValueError:
        return raw.decode(errors="replace")
    if isinstance(body, dict):
        values.update(body)
    return body
