"""Start everything: database, web, worker, and with --demo a demo workspace and the sandbox."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import Pipe
from pathlib import Path

from heard import embedded
from heard.commands import CannotRun, freshness
from heard.commands.begin import begin, load
from heard.commands.claim import claimed, require_free
from heard.commands.family import Family
from heard.embedded import EmbeddedPostgres
from heard.env import Env, env
from heard.kept_secrets import ensure_secrets

HIDDEN = False
READY_WITHIN_SECONDS = 90.0
# With the database's own time below the ten seconds that `docker stop` and systemd users expect.
STOP_WITHIN_SECONDS = 6.0
EVERYWHERE = ("0.0.0.0", "::", "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="with a demo workspace and simulated networks")
    parser.add_argument(
        "--lively", action="store_true", help="customers of the sandbox keep writing by themselves"
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port of Heard (8000)")
    parser.add_argument("--sandbox-port", type=int, default=8001, help="port of the sandbox (8001)")
    parser.add_argument("--data", type=Path, help="where everything is kept (.data)")


def run(arguments: argparse.Namespace) -> int:
    data = Path(arguments.data or os.environ.get("HEARD_DATA") or ".data").expanduser().absolute()
    _tell_the_children(arguments, data)
    found = env()
    with claimed(data), _asked_to_stop() as asked:
        require_free(arguments.host, arguments.port, "--port")
        if arguments.demo:
            require_free(arguments.host, arguments.sandbox_port, "--sandbox-port")
        ensure_secrets(data)
        env.cache_clear()  # what begins here knows the secrets, which may be new
        with _database(found) as server:
            return _run_family(arguments, found, asked, server)


def _tell_the_children(arguments: argparse.Namespace, data: Path) -> None:
    """Put into the environment what follows from our arguments. What the operator has set there stays."""
    os.environ["HEARD_DATA"] = str(data)
    host = "127.0.0.1" if arguments.host in EVERYWHERE else arguments.host
    os.environ.setdefault("HEARD_PUBLIC_URL", f"http://{host}:{arguments.port}")
    if arguments.demo:
        os.environ.setdefault("HEARD_SANDBOX_URL", f"http://{host}:{arguments.sandbox_port}")
        allowed = os.environ.get("HEARD_OUTBOUND_ALLOW", "")
        os.environ["HEARD_OUTBOUND_ALLOW"] = f"{allowed},{host}".strip(",")


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    asked = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: asked.set())
    yield asked


@contextmanager
def _database(found: Env) -> Iterator[EmbeddedPostgres | None]:
    """Running, and all loaded that its users need: neither waits for the other."""
    if found.database_url != embedded.address(found.data / "postgres"):
        load()
        yield None
        return
    server = EmbeddedPostgres(found.data / "postgres")
    try:
        with ThreadPoolExecutor(max_workers=1) as beside:
            started = beside.submit(server.start)
            load()
        started.result()
        yield server
    finally:
        server.stop(seconds=3)


def _run_family(
    arguments: argparse.Namespace, found: Env, asked: threading.Event, server: EmbeddedPostgres | None
) -> int:
    family = Family()
    try:
        if not _start(family, arguments, found, asked):
            return 0
        while not asked.wait(0.25):
            family.look_after()
            if server is not None and not server.running():
                _start_again(server)
        return 0
    finally:
        family.stop(STOP_WITHIN_SECONDS)


def _start_again(server: EmbeddedPostgres) -> None:
    print("The database stopped unexpectedly. It starts again.", file=sys.stderr, flush=True)
    try:
        server.start()
    except embedded.EmbeddedPostgresFailed as failed:
        print(failed, file=sys.stderr, flush=True)


def _start(family: Family, arguments: argparse.Namespace, found: Env, asked: threading.Event) -> bool:
    """Start the children and say when all is ready. Returns False when we were asked to stop meanwhile."""
    prepared = freshness.is_prepared(found, demo=arguments.demo)
    listen = ("--host", arguments.host, "--port")
    if arguments.demo:
        lively = ("--lively",) if arguments.lively else ()
        family.start("sandbox", *listen, str(arguments.sandbox_port), *lively)
    if not prepared and _run("migrate", "--quiet", family=family, asked=asked) is None:
        return False
    # Before the demo is made: a network calls back at once when it is connected.
    _start_web_and_worker(family, arguments)
    demo = ("--demo", *(("--again",) if prepared else ())) if arguments.demo else ()
    link = _run("prepare", *demo, family=family, asked=asked)
    if link is None:
        return False
    if not prepared:
        freshness.remember(found, demo=arguments.demo)
    if not _until(lambda: _answers(arguments), family, asked):
        return False
    _announce(arguments, found, link)
    return True


def _start_web_and_worker(family: Family, arguments: argparse.Namespace) -> None:
    family.start("web", "--host", arguments.host, "--port", str(arguments.port))
    family.start("worker")


def _run(*command: str, family: Family, asked: threading.Event) -> str | None:
    """One of our commands to its end, and what it printed. None when we were asked to stop meanwhile.

    In a process of its own: what it takes up is given back before the waiting begins. Raises CannotRun.
    """
    hearing, printed = Pipe(duplex=False)
    running = begin(*command, printed=printed)
    printed.close()
    try:
        if not _until(lambda: running.exitcode is not None, family, asked):
            return None
    finally:
        running.kill()
        running.join()
    if running.exitcode != 0:
        raise CannotRun("Heard could not be made ready, the reason stands above.")
    with hearing, open(hearing.fileno(), closefd=False) as said:
        return said.read().strip()


def _until(done: Callable[[], bool], family: Family, asked: threading.Event) -> bool:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while not done():
        if asked.wait(0.05):
            return False
        family.look_after()
        if names := family.hopeless():
            raise CannotRun(
                f"Heard cannot start: {' and '.join(names)} stopped three times. The reason stands above."
            )
        if time.monotonic() > until:
            raise CannotRun(
                f"Heard was not ready within {READY_WITHIN_SECONDS:g} seconds. `heard doctor` may know why."
            )
    return True


def _answers(arguments: argparse.Namespace) -> bool:
    host = "127.0.0.1" if arguments.host in EVERYWHERE else arguments.host
    connection = http.client.HTTPConnection(host, arguments.port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "127.0.0.1"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(arguments: argparse.Namespace, found: Env, link: str) -> None:
    print(f"Everything is kept in {found.data}")
    if arguments.host in EVERYWHERE and found.public_url.startswith("http://127.0.0.1"):
        print("To reach Heard from other machines, set HEARD_PUBLIC_URL to the address they use.")
    if arguments.demo:
        print(f"Play the customer:  {found.sandbox_url}")
    print(f"Heard is ready: {link}", flush=True)
