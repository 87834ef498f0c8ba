"""How WhatsApp refuses a call."""

from __future__ import annotations

import secrets

from starlette.responses import Response

from heard.channels.whatsapp import simulator as wording
from heard.sandbox.answers import Json
from heard.sandbox.meta.graph.errors import GraphError


class Refused(Exception):
    """Nothing was accepted."""

    def __init__(self, code: int, details: str, *, status: int = 400) -> None:
        super().__init__(details)
        self.code, self.details, self.status = code, details, status

    def answer(self) -> Response:
        trace = "A" + secrets.token_urlsafe(16)
        return Json(wording.refused(self.code, self.details, trace=trace), status_code=self.status)


def of_graph(error: GraphError) -> Response:
    """What every Graph call may meet: a dead token, an object that is not there."""
    return Json(error.body(), status_code=error.status, headers=error.headers)
