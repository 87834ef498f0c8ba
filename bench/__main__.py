"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

from bench.house import a_house
from bench.programs import clean_up_when_told_to_stop

MEASURES = ("hooks", "intake", "screen", "lists", "search", "outbox", "memory")


def main() -> None:
    arguments = _arguments()
    clean_up_when_told_to_stop()
    with a_house(arguments.data) as house:
        # Not before: what a benchmark imports needs Django, and Django needs the house.
        measuring = import_module(f"bench.{arguments.what}")
        print(measuring.measure(house).text())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", choices=MEASURES)
    parser.add_argument("--data", type=Path, help="a house to keep, where a desk was loaded before")
    return parser.parse_args()


if __name__ == "__main__":
    main()
