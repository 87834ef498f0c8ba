"""Take in what arrived, send what is queued, run the jobs."""

from __future__ import annotations

import argparse

from heard.commands import lifeline
from heard.commands.django_ready import make_ready
from heard.env import env, require_secrets

HIDDEN = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    lifeline.add_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    lifeline.follow(arguments.parent)
    require_secrets(env())
    make_ready()
    from heard.worker import run_worker

    run_worker()
    return 0
