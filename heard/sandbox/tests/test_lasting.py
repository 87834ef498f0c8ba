"""What is kept over restarts, and over a kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from heard.sandbox.app import create_app
from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.storage import FolderInUse
from heard.sandbox.tests.graph import Graph, graph_of
from heard.sandbox.tests.hooks import Receiver


def test_a_restart_knows_everything(tmp_path: Path, receiver: Receiver) -> None:
    with running_sandbox(folder=tmp_path) as sandbox:
        graph = graph_of(sandbox, "facebook")
        graph.connect(receiver)
        comment = sandbox.say("facebook", by="bea", text="hello", name="Bea Berg")
        sandbox.say("messenger", by="jana", text="in private")
        graph.post(f"{comment}/comments", {"message": "Hi"})
        before = sandbox.settled("facebook"), sandbox.credentials("facebook")
    with running_sandbox(folder=tmp_path) as sandbox:
        after = sandbox.state("facebook"), sandbox.credentials("facebook")
        for part in ("account", "hook", "comments", "posts"):
            assert after[0][part] == before[0][part]
        assert after[1] | {"base_url": ""} == before[1] | {"base_url": ""}
        assert sandbox.state("messenger")["directs"][0]["text"] == "in private"
        psid = sandbox.state("messenger")["directs"][0]["psid"]
        graph_of(sandbox, "messenger").send(psid, "still known")
        assert sandbox.say("facebook", by="jana", text="more") not in {
            one["id"] for one in before[0]["comments"]
        }


def test_undelivered_hooks_survive_a_restart(tmp_path: Path, receiver: Receiver) -> None:
    with running_sandbox(folder=tmp_path) as sandbox:
        graph_of(sandbox, "facebook").connect(receiver)
        receiver.answers = [503] * 50
        sandbox.say("facebook", by="jana", text="hello")
        receiver.wait(1)
    receiver.answers, receiver.calls = [], []
    with running_sandbox(folder=tmp_path) as sandbox:
        sandbox.settled("facebook")
        assert [value["message"] for value in receiver.values()] == ["hello"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _started(folder: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "heard.sandbox", "--port", str(port), "--data", str(folder)]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.getcwd()})
    for _ in range(200):
        try:
            httpx2.get(f"http://127.0.0.1:{port}/control/networks", trust_env=False)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return process
    process.kill()
    raise RuntimeError("The sandbox did not start.")


def test_nothing_that_was_answered_is_lost_by_a_kill(tmp_path: Path, receiver: Receiver) -> None:
    port = _free_port()
    process = _started(tmp_path, port)
    sandbox = Running(f"http://127.0.0.1:{port}")
    graph = graph_of(sandbox, "facebook")
    graph.connect(receiver)
    ids = [sandbox.say("facebook", by=f"p{number}", text=str(number)) for number in range(100)]
    process.send_signal(signal.SIGKILL)
    process.wait()
    process = _started(tmp_path, port)
    try:
        state = sandbox.settled("facebook")
        assert [one["id"] for one in state["comments"]] == ids
        assert {value["comment_id"] for value in receiver.values()} == set(ids)
        assert Graph(sandbox.credentials("facebook")).get("me")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) in (0, -signal.SIGTERM)
        sandbox.close()


def test_a_folder_serves_one_sandbox(tmp_path: Path) -> None:
    with running_sandbox(folder=tmp_path), pytest.raises(FolderInUse):
        create_app(folder=tmp_path)


def test_a_burst_arrives_whole_and_in_order(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    posts = [one["id"] for one in sandbox.state("facebook")["posts"]]
    for number in range(300):
        sandbox.say("facebook", by=f"p{number % 7}", text=str(number), under=posts[number % 3])
    sandbox.settled("facebook", seconds=60)
    assert sorted(int(value["message"]) for value in receiver.values()) == list(range(300))
