"""CONTRIBUTING's way to a new channel, walked in a copy: a folder, a line, and the contract holds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
# The contract's slowest tests draw random JSON; for a copy of the example they prove nothing new.
NOT_AGAIN = "not any_json_is_read"


def _walkthrough(language: str) -> str:
    chapter = (ROOT / "CONTRIBUTING.md").read_text().split("## A new channel", 1)[1]
    found = re.search(rf"```{language}\n(.*?)```", chapter, re.DOTALL)
    assert found
    return found[1]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_new_channel_is_a_folder_and_a_line_in_the_registry(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    shutil.copytree(ROOT / "heard/channels", heard / "channels", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "heard/__init__.py", heard)
    before = _files(tmp_path)

    subprocess.run(["bash", "-euc", _walkthrough("sh")], cwd=tmp_path, check=True)
    registry = heard / "channels/registry.py"
    text = registry.read_text()
    line = _walkthrough("python")
    importing = "from heard.channels.postcard.channel import Postcard\n"
    registry.write_text(
        text.replace("\n\nCHANNELS", f"\n{importing}\nCHANNELS").replace("\n}\n", f"\n{line}}}\n", 1)
    )

    after = _files(tmp_path)
    changed = {path for path in before if after.get(path) != before[path]}
    made = {path for path in after if path not in before}
    assert changed == {"heard/channels/registry.py"}
    assert made
    assert all(path.startswith("heard/channels/postcard/") for path in made)
    assert _held_to_the_contract(tmp_path) > 50


def _held_to_the_contract(copy: Path) -> int:
    """How many of the contract's tests the new channel passed. Nothing but the channels is there: no Django."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTEST"))
    }
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"),
            *(
                "--rootdir",
                str(copy),
                "-k",
                f"postcard and {NOT_AGAIN}",
                "heard/channels/tests/test_contract.py",
            ),
        ],
        cwd=copy,
        env={**environment, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    return int(passed[1]) if passed else 0
