"""Addresses whose modules are loaded when somebody comes there: no page has to wait for them."""

from __future__ import annotations

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern


class Later(URLResolver):
    """All below one path, in one name space, of the module `urls`.

    As soon as one page reverses any name, every resolver is asked for its own. This one keeps them: whoever wants one of
    this name space asks for its patterns, and has them loaded by that.
    """

    def __init__(self, route: str, urls: str, *, app: str, space: str) -> None:
        super().__init__(RoutePattern(route), urls, app_name=app, namespace=space)

    def _populate(self) -> None:
        pass
