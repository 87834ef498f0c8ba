"""Mails are read in a child process with bounds of memory and time, so that no mail can harm the one who asks.

The child keeps running while mails come one after the other, knows no secret, and writes nothing but its
answer. When it dies or takes too long it is replaced, and the mail is tried once more without the parsers of
others, then only its headers. What then comes out is a `Mail` with a problem: never an exception, never a stall.

Both ways each message is a length and as many bytes; a request is a line of JSON about it and the raw mail.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import resource
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

from pydantic import TypeAdapter, ValidationError

from heard.channels.email.headers import head_of
from heard.channels.email.mail import Mail
from heard.channels.words import N_

MEMORY: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 10
WALL_SECONDS: Final = 20.0  # on a busy machine; the second try has half of it
START_SECONDS: Final = 30.0
MOST_MAILS: Final = 500  # then a fresh child, for memory that was once large stays so
MOST_CHILDREN: Final = 2
IDLE_SECONDS: Final = 10.0  # then it ends: 50 MB are more than the half second that it takes to start another
MAX_ANSWER: Final = 64 * 1024 * 1024

FAILED: Final = N_("The mail could not be read within the bounds of time and memory.")

_LENGTH: Final = struct.Struct(">Q")


@cache
def _mail() -> TypeAdapter[Mail]:
    return TypeAdapter(Mail)


class PartMissing(LookupError):
    """The mail has no such part, or it could not be read within bounds."""


class _Died(Exception):
    """The child gave no answer."""


# ── who asks ──────────────────────────────────────────────────────────────────────────────────────


def read_apart(raw: bytes, *, trusted_hosts: Sequence[str] = ()) -> Mail:
    """Like `reading.read`, in the child. Any thread may call it."""
    for careful in (False, True):
        with contextlib.suppress(_Died, ValidationError):
            return _read(raw, trusted_hosts, careful=careful, seconds=WALL_SECONDS / (1 + careful))
    with contextlib.suppress(_Died, ValidationError):
        head = _read(head_of(raw), trusted_hosts, careful=True, seconds=WALL_SECONDS / 4)
        return replace(head, problem=FAILED)
    return Mail(problem=FAILED)


def _read(raw: bytes, trusted_hosts: Sequence[str], *, careful: bool, seconds: float) -> Mail:
    asked = {"ask": "mail", "trusted_hosts": list(trusted_hosts), "careful": careful}
    return _mail().validate_json(_ask(asked, raw, seconds=seconds))


def part_apart(raw: bytes, number: str) -> bytes:
    """The bytes of one part of the mail. Raises PartMissing."""
    try:
        answer = _ask({"ask": "part", "number": number}, raw, seconds=WALL_SECONDS)
    except _Died as error:
        raise PartMissing(number) from error
    if answer[:1] != b"+":
        raise PartMissing(number)
    return answer[1:]


class _Child:
    """One running process. Used by one thread at a time."""

    def __init__(self) -> None:
        self.served = 0
        self.idle_since = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "heard.channels.email.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            cwd="/",
            start_new_session=True,  # a Ctrl-C is for the parent; the child ends when its pipe does
        )
        try:
            self.answer(b"", seconds=START_SECONDS, start=True)
        except _Died:
            self.end()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    def answer(self, request: bytes, *, seconds: float, start: bool = False) -> bytes:
        """Raises _Died, and then the child is of no more use."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        late = threading.Timer(seconds, self._process.kill)
        late.daemon = True
        late.start()
        try:
            if not start:
                self.served += 1
                self._process.stdin.write(request)
                self._process.stdin.flush()
            return _framed(self._process.stdout)
        except (OSError, ValueError, EOFError) as error:
            raise _Died from error
        finally:
            late.cancel()

    @property
    def is_fit(self) -> bool:
        return self.served < MOST_MAILS and self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._process.wait()


_idle: list[_Child] = []  # the one that was used last is used next; the first is the one that can go
_watched = False
_guard = threading.Lock()
_places = threading.BoundedSemaphore(MOST_CHILDREN)


def _ask(about: dict[str, Any], raw: bytes, *, seconds: float) -> bytes:
    told = json.dumps(about).encode()
    request = b"".join((_LENGTH.pack(len(told)), told, _LENGTH.pack(len(raw)), raw))
    with _a_child() as child:
        return child.answer(request, seconds=seconds)


@contextlib.contextmanager
def _a_child() -> Iterator[_Child]:
    """One that nobody else uses meanwhile; back among the idle when it did well."""
    with _places:
        child = _fit_child()
        try:
            yield child
        except BaseException:
            child.end()
            raise
        if child.is_fit:
            _rest(child)
        else:
            child.end()


def _rest(child: _Child) -> None:
    child.idle_since = time.monotonic()
    with _guard:
        _idle.append(child)
    _watch()


def _watch() -> None:
    """One look at the idle is planned as long as there are any."""
    global _watched
    with _guard:
        if _watched or not _idle:
            return
        _watched = True
        late = threading.Timer(max(0.0, _idle[0].idle_since + IDLE_SECONDS - time.monotonic()), _end_the_idle)
    late.daemon = True
    late.start()


def _end_the_idle() -> None:
    global _watched
    long_ago = time.monotonic() - IDLE_SECONDS
    with _guard:
        _watched = False
        gone = [child for child in _idle if child.idle_since <= long_ago]
        _idle[:] = [child for child in _idle if child not in gone]
    for child in gone:
        child.end()
    _watch()


def _fit_child() -> _Child:
    while True:
        with _guard:
            child = _idle.pop() if _idle else None
        if child is None:
            return _begun()
        if child.is_fit:
            return child
        child.end()


def _begun() -> _Child:
    try:
        return _Child()
    except OSError as error:  # no memory, no process, no file to be had just now
        raise _Died from error


def end_children() -> None:
    """Ends those that nobody uses; the next mail starts another."""
    while True:
        with _guard:
            child = _idle.pop() if _idle else None
        if child is None:
            return
        child.end()


def _forget() -> None:
    """After a fork: the pipes belong to the parent."""
    global _guard, _places, _watched
    _idle.clear()
    _watched = False
    _guard, _places = threading.Lock(), threading.BoundedSemaphore(MOST_CHILDREN)


atexit.register(end_children)
os.register_at_fork(after_in_child=_forget)


def _environment() -> dict[str, str]:
    """No secrets: only where Python finds itself and us."""
    home = str(Path(__file__).resolve().parents[3])
    return {
        "PYTHONPATH": os.pathsep.join([home, *filter(None, sys.path)]),
        "PYTHONUTF8": "1",
        "LC_ALL": "C.UTF-8",
    }


def _framed(stream: IO[bytes]) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > MAX_ANSWER:
        raise ValueError("The answer is too long.")
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


# ── the child ─────────────────────────────────────────────────────────────────────────────────────


def main() -> None:
    from heard.channels.email.reading import part_of, read

    sys.setrecursionlimit(2_000)
    read(b"Content-Type: text/html; charset=x\n\n<p>\xe9")  # all that is imported late is imported now
    _bind()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    answer = b""
    while True:
        answers.write(_LENGTH.pack(len(answer)))
        answers.write(answer)
        answers.flush()
        try:
            asked, raw = json.loads(_framed(requests)), _framed(requests)
        except (EOFError, OSError):
            return
        _allow_time()
        if asked["ask"] == "part":
            found = part_of(raw, asked["number"])
            answer = b"-" if found is None else b"+" + found
        else:
            answer = _mail().dump_json(
                read(raw, trusted_hosts=asked["trusted_hosts"], careful=asked["careful"])
            )


def _bind() -> None:
    """It needs no more files and writes none."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _allow_time() -> None:
    """Seconds of this mail, on top of those that earlier mails took."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, resource.RLIM_INFINITY)
    )


if __name__ == "__main__":
    main()
