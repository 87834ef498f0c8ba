"""What PostgreSQL can take when nobody speaks HTTP: pgbench, multi-row inserts, and libpq alone, row by row."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

from psycopg import pq

from heard.embedded import APP, EmbeddedPostgres, address, binaries, socket_folder

ROWS = 50
CLIENTS = 2


class PgbenchFailed(Exception):
    pass


class LibpqFailed(Exception):
    pass


def rows_a_second(server: EmbeddedPostgres, scratch: Path, *, body: bytes, seconds: float) -> float:
    """Committed rows a second; each row as large as one call. Raises PgbenchFailed."""
    script = scratch / "insert.sql"
    script.write_text(_insert(body))
    done = subprocess.run(
        [
            str(binaries() / "pgbench"), "-n", "-h", str(socket_folder(server.folder)), "-U", APP,
            "-c", str(CLIENTS), "-j", "1", "-T", str(max(1, round(seconds))), "-f", str(script), APP,
        ],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode != 0 or found is None:
        raise PgbenchFailed(done.stderr[-2000:])
    return float(found[1]) * ROWS


def rows_alone(server: EmbeddedPostgres, *, request: bytes, seconds: float) -> list[float]:
    """What each of many committed rows took, one after the other. Raises LibpqFailed."""
    link = pq.PGconn.connect(address(server.folder).encode())
    took: list[float] = []
    try:
        link.prepare(b"row", _insert(request, rows=1).encode())
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            stored = link.exec_prepared(b"row", ())
            took.append(time.perf_counter() - began)
            if stored.status != pq.ExecStatus.COMMAND_OK:
                raise LibpqFailed(stored.error_message.decode())
    finally:
        link.finish()
    return took


def _insert(request: bytes, *, rows: int = ROWS) -> str:
    """Into the table of the calls itself, with its keys and indexes, for the first inbox there is."""
    head, _, body = request.partition(b"\r\n\r\n")
    signature = head.decode().split("sha256=")[1].split("\r\n")[0]
    headers = f'{{"content-type": "application/json", "x-hub-signature-256": "sha256={signature}"}}'
    row = f"(1, 1, '{headers}', '\\x{body.hex()}', now(), 0)"
    return (
        "INSERT INTO ingest_rawcall (workspace_id, inbox_id, headers, body, received_at, duplicates) VALUES "
        + ", ".join([row] * rows)
        + ";\n"
    )
