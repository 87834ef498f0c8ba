"""Templates as Jinja compiled them, kept in the data directory: to compile those of the first page takes a second.

A template whose words changed is compiled anew, and all are when `jinja.py` or Jinja changed, which decide what comes out.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from heard.env import env

COMPILER: Final = Path(__file__).with_name("jinja.py")


class Compiled(FileSystemBytecodeCache):
    """Where the data directory cannot be written to, every process compiles for itself."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_before() -> Compiled | None:
    """What earlier processes left, without what another version left."""
    kept = env().data / "templates"
    ours = kept / hashlib.sha256(jinja2.__version__.encode() + COMPILER.read_bytes()).hexdigest()[:16]
    try:
        if not ours.exists():
            shutil.rmtree(kept, ignore_errors=True)
            ours.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return Compiled(str(ours))
