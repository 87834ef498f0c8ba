"""Serve Heard: the pages, the API, hooks and streams, on one port."""

from __future__ import annotations

import argparse

from heard.commands import lifeline
from heard.env import env, require_secrets

HIDDEN = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--pages-only", action="store_true", help="leave hooks and streams to `heard edge`; quicker pages"
    )
    lifeline.add_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    lifeline.follow(arguments.parent)
    require_secrets(env())
    from granian.constants import Interfaces

    from heard.commands.serving import serve

    if arguments.pages_only:
        serve(
            "heard.asgi:django",
            host=arguments.host,
            port=arguments.port,
            interface=Interfaces.WSGI,
            threads=env().web_threads,
        )
    else:
        serve("heard.asgi:app", host=arguments.host, port=arguments.port, interface=Interfaces.ASGI)
    return 0
