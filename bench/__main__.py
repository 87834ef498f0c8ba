"""The command line of the benchmarks."""

from __future__ import annotations

import argparse
import sys

from bench import hooks
from bench.programs import clean_up_when_told_to_stop

MEASURES = {"hooks": hooks.measure}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("what", choices=[*MEASURES])
    arguments = parser.parse_args()
    clean_up_when_told_to_stop()
    print(MEASURES[arguments.what]().text())


if __name__ == "__main__":
    sys.exit(main())
