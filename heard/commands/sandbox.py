"""Run the simulated networks, where you play the customer."""

from __future__ import annotations

import argparse

from heard.commands import lifeline
from heard.env import env

HIDDEN = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--lively", action="store_true", help="customers keep writing by themselves")
    lifeline.add_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    lifeline.follow(arguments.parent)
    from heard.sandbox.serve import serve

    folder = env().data / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    serve(arguments.host, arguments.port, folder, arguments.lively)
    return 0
