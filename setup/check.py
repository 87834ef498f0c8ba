"""Everything that `make check` looks at, two things at a time. Each failure says what to do about it.

python setup/check.py            all of them
python setup/check.py types      only this one
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


@dataclass(frozen=True)
class Check:
    """One command that fails when something is wrong, and what to do then."""

    name: str
    command: tuple[str, ...]
    remedy: str


CHECKS = (
    # The slowest first: it keeps one core busy while the other does the rest.
    Check("types", (PYTHON, "-m", "mypy"), "Mend the types. An ignore names its code and says why."),
    Check("format", (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."), "Run `make fmt`."),
    Check("lint", (PYTHON, "-m", "ruff", "check", "--quiet", "."), "Run `make fmt`, then mend what is left."),
    Check(
        "layers",
        (str(Path(PYTHON).with_name("lint-imports")), "--no-cache"),
        "Imports point downwards. Publish an event, or the thing lives in the wrong place.",
    ),
    Check(
        "migrations",
        (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--settings=setup.no_database"),
        "A model changed without its migration. Run `.venv/bin/python -m django makemigrations`.",
    ),
    Check(
        "channels",
        (PYTHON, "setup/channels_table.py", "check"),
        "A channel can do something else than the docs say. Run `.venv/bin/python -m setup.channels_table`.",
    ),
    Check("names", (PYTHON, "setup/house_rules.py"), "CONTRIBUTING.md has the house rules."),
    Check("templates", (PYTHON, "-m", "djlint", "--lint", "--quiet", "heard"), "Mend the templates."),
    Check(
        "messages",
        (PYTHON, "setup/messages.py", "check"),
        "Run `make messages`, then translate what is new in heard/locale.",
    ),
)


def main() -> None:
    wanted = sys.argv[1:]
    if unknown := set(wanted) - {check.name for check in CHECKS}:
        sys.exit(f"There is no check {', '.join(unknown)}. There are {', '.join(c.name for c in CHECKS)}.")
    chosen = [check for check in CHECKS if not wanted or check.name in wanted]
    with ThreadPoolExecutor(max_workers=2) as pool:
        passed = list(pool.map(_passes, chosen))
    failed = passed.count(False)
    print(f"{len(passed) - failed} checks passed, {failed} failed" if failed else "All checks passed")
    sys.exit(1 if failed else 0)


def _passes(check: Check) -> bool:
    begun = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=HERE,
        env={**os.environ, "PYTHONPATH": str(HERE), "DJANGO_SETTINGS_MODULE": "heard.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    ok = done.returncode == 0
    print(f"{'✓' if ok else '✗'} {check.name} ({time.monotonic() - begun:.0f} s)", flush=True)
    if not ok:
        print(f"{done.stdout.rstrip()}\n→ {check.remedy}\n", flush=True)
    return ok


if __name__ == "__main__":
    main()
