"""Servers on this machine that behave badly on purpose."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hanging_up() -> Iterator[str]:
    """Reads a request and closes the connection without a word. Yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stopping = threading.Event()
        server.settimeout(0.1)
        thread = threading.Thread(target=_hang_up, args=(server, stopping))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            stopping.set()
            thread.join()


def _hang_up(server: socket.socket, stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            connection, _ = server.accept()
        except TimeoutError:
            continue
        with connection:
            connection.settimeout(5)
            connection.recv(65536)


def nobody_listens() -> str:
    """An address at which a connection is refused."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return f"http://127.0.0.1:{port}"
