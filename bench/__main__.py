"""Measure Heard. Each benchmark prints one table, on a PostgreSQL of its own that is gone afterwards."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench import page
from bench.house import a_house
from bench.programs import clean_up_when_told_to_stop

ALONE = (
    "hooks",
    "parse",
    "intake",
    "reconcile",
    "screen",
    "chat",
    "outbox",
    "picker",
    "memory",
    "proof",
    "gate",
)
OF_A_DESK = ("lists", "search")
SIZES = (10_000, 100_000, 1_000_000)
MESSAGES_A_TICKET = 5


def main() -> None:
    arguments = _arguments()
    clean_up_when_told_to_stop()
    if arguments.what == "all":
        sys.exit(_all(write=arguments.write))
    with a_house(arguments.data) as house:
        if arguments.what == "load":
            _load(house, arguments)
            return
        # Not before: what a benchmark imports needs Django, and Django needs the house.
        table = import_module(f"bench.{arguments.what}").measure(house)
    print(table.text(), flush=True)
    if arguments.write is not None:
        page.write(arguments.write or arguments.what, table, command=f"python -m bench {arguments.what}")


def _load(house: object, arguments: argparse.Namespace) -> None:
    loading, size = import_module("bench.load.loading"), import_module("bench.load.desk").Size
    messages = arguments.messages or arguments.tickets * MESSAGES_A_TICKET
    seconds = loading.load(house, size(arguments.tickets, messages))
    print(f"Loaded {arguments.tickets:,} tickets into {arguments.data} in {seconds:.0f} s")


def _all(*, write: str | None) -> int:
    """One after the other, each in a process of its own. Gives how many failed."""
    failed = sum(_run(name, *_written(write, name)) for name in ALONE)
    for tickets in SIZES:
        with tempfile.TemporaryDirectory(prefix="heard-desk-") as data:
            if _run("load", "--tickets", str(tickets), "--data", data):
                failed += 1
                continue
            of_size = [name for name in OF_A_DESK if name == "lists" or tickets == max(SIZES)]
            failed += sum(
                _run(name, "--data", data, *_written(write, f"{name} {tickets}")) for name in of_size
            )
    return failed


def _written(write: str | None, place: str) -> list[str]:
    return [] if write is None else [f"--write={place}"]


def _run(*arguments: str) -> bool:
    print(f"\n── {' '.join(arguments)} ──", flush=True)
    return subprocess.run([sys.executable, "-m", "bench", *arguments], check=False).returncode != 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "what", nargs="?", default="all", choices=[*ALONE, *OF_A_DESK, "load", "all"], help="(all)"
    )
    parser.add_argument("--data", type=Path, help="keep everything here: load a desk, then measure it")
    parser.add_argument("--tickets", type=int, default=SIZES[0], help="of the desk to load (10,000)")
    parser.add_argument("--messages", type=int, help="of the desk to load (five a ticket)")
    parser.add_argument(
        "--write", nargs="?", const="", metavar="PLACE", help="also put the table into docs/performance.md"
    )
    arguments = parser.parse_args()
    if arguments.what == "load" and arguments.data is None:
        parser.error("load needs --data, or the desk would be gone at once")
    return arguments


if __name__ == "__main__":
    main()
