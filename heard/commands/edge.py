"""Serve only hooks and streams, beside `heard web --pages-only`."""

from __future__ import annotations

import argparse

from heard.commands import lifeline
from heard.env import env, require_secrets

HIDDEN = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8002)
    lifeline.add_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    lifeline.follow(arguments.parent)
    require_secrets(env())
    from granian.constants import Interfaces

    from heard.commands.serving import serve

    serve("heard.asgi:edge", host=arguments.host, port=arguments.port, interface=Interfaces.ASGI)
    return 0
