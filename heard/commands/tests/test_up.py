"""`heard up` without the demo: real processes, a real database, killed in every way."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parents[3]

pytestmark = pytest.mark.first


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def command(folder: Path, port: int) -> subprocess.Popen[str]:
    without_ours = {k: v for k, v in os.environ.items() if not k.startswith(("HEARD_", "DATABASE_URL"))}
    return subprocess.Popen(
        [sys.executable, "-m", "heard", "up", "--data", str(folder), "--port", str(port)],
        cwd=HERE,
        env=without_ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def heard_up(folder: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = command(folder, port)
    try:
        yield process, ready(process)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(15)


def ready(process: subprocess.Popen[str]) -> str:
    """Read until it says that it is ready, and return the link it says then."""
    said = ""
    assert process.stdout is not None
    for line in process.stdout:
        said += line
        if found := re.search(r"Heard is ready: (\S+)", line):
            return found[1]
    raise AssertionError(f"Heard was never ready:\n{said}")


def status(port: int, path: str) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        return int(answer.status)


def until_it_answers(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            assert status(port, "/healthz") == 200
            return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)


def refusal(folder: Path, port: int) -> str:
    process = command(folder, port)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said
    return said


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_port_in_use_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port}: another program uses it. Choose another with --port." in refusal(tmp_path, port)
    assert not (tmp_path / "postgres").exists()


def test_it_is_alone_on_its_data_replaces_its_children_and_starts_again_after_it_was_killed(
    tmp_path: Path,
) -> None:
    """Three promises on one start, because a start is what takes the time."""
    folder, port = tmp_path / "data", free_port()
    with heard_up(folder, port) as (process, _):
        _a_second_one_is_refused_with_words(folder, process.pid)
        _a_child_that_dies_is_started_again(process, port)
        orphans = children(process.pid)
        process.kill()
    with heard_up(folder, port) as (process, link):
        assert link.startswith(f"http://127.0.0.1:{port}/sign-in/")
        assert status(port, "/readyz") == 200
        assert not any(Path(f"/proc/{pid}").exists() for pid in orphans)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert not (folder / "postgres" / "postmaster.pid").exists()


def _a_second_one_is_refused_with_words(folder: Path, first: int) -> None:
    assert f"Another heard (process {first}) already works with {folder}" in refusal(folder, free_port())


def _a_child_that_dies_is_started_again(process: subprocess.Popen[str], port: int) -> None:
    by_name = {Path(f"/proc/{pid}/comm").read_text().strip(): pid for pid in children(process.pid)}
    assert set(by_name) == {"heard web", "heard worker"}  # what was told to prepare is gone
    os.kill(by_name["heard web"], signal.SIGKILL)
    assert process.stdout is not None
    assert any("web stopped unexpectedly (signal 9)" in line for line in process.stdout)
    until_it_answers(port)
