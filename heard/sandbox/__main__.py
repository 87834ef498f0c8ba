"""`python -m heard.sandbox`: the sandbox alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from heard.sandbox.serve import serve
from heard.sandbox.storage import FolderInUse


def main() -> None:
    asked = argparse.ArgumentParser(prog="heard sandbox", description="Simulated networks on this machine.")
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=8001)
    asked.add_argument("--data", type=Path, help="folder to keep everything in; without it all is forgotten")
    asked.add_argument("--lively", action="store_true", help="customers keep writing by themselves")
    wish = asked.parse_args()
    try:
        serve(wish.host, wish.port, wish.data, wish.lively)
    except FolderInUse as problem:
        raise SystemExit(str(problem)) from None


if __name__ == "__main__":
    main()
