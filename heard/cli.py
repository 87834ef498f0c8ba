"""The command line of Heard."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from heard.commands import CannotRun, doctor, edge, migrate, prepare, sandbox, token, up, web, worker
from heard.commands.begin import runs
from heard.embedded import EmbeddedPostgresFailed
from heard.env import BadEnvironment

COMMANDS = {
    "up": up,
    "migrate": migrate,
    "web": web,
    "edge": edge,
    "worker": worker,
    "sandbox": sandbox,
    "token": token,
    "doctor": doctor,
    "prepare": prepare,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command. Ends the process with 0, with 1 when it failed, with 2 when it was asked wrongly."""
    parsed = _parser().parse_args(arguments)
    try:
        sys.exit(COMMANDS[parsed.command].run(parsed))
    except BadEnvironment as bad:
        _complain(
            "Heard cannot start, its settings are wrong:", *(f"  {problem}" for problem in bad.problems)
        )
        sys.exit(2)
    except (CannotRun, EmbeddedPostgresFailed) as failed:
        _complain(str(failed))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="heard", description="Heard, the help desk for social media.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        summary = (command.__doc__ or "").split("\n", 1)[0]
        # A parser without help is not listed.
        listed = commands.add_parser(name, description=summary, help=summary) if not command.HIDDEN else None
        command.add_arguments(listed or commands.add_parser(name, description=summary))
    return parser


def _complain(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


runs(main)
