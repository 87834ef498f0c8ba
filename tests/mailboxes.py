"""Real mail servers on this machine: Dovecot for mailboxes, and an SMTP server that does as it is told.

Dovecot runs as an ordinary user out of a folder of its own. The SMTP server is ours, because a test must be able
to make it refuse, wait and hang up at any step; what it takes it puts into the Dovecot mailboxes.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import socketserver
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from imap_tools.imap_utf7 import utf7_encode

DOVECOT = "/usr/sbin/dovecot"
PASSWORD = "a long and private password"

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{home}/mail/%u
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=plain {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def needs_dovecot() -> pytest.MarkDecorator:
    return pytest.mark.skipif(not Path(DOVECOT).exists(), reason="Dovecot is not installed")


@dataclass
class Dovecot:
    """Mailboxes of whoever is in `users`."""

    home: Path
    port: int
    tls_port: int
    process: subprocess.Popen[bytes]
    owner: pwd.struct_passwd

    def deliver(self, address: str, raw: bytes) -> None:
        """As a mail server would: written aside, then moved to where new mails are."""
        maildir = self.home / "mail" / address
        for folder in ("tmp", "new", "cur"):
            (maildir / folder).mkdir(parents=True, exist_ok=True)
        name = f"{time.time_ns()}.{uuid.uuid4().hex}.test"
        (maildir / "tmp" / name).write_bytes(raw)
        for path in [maildir, *(maildir / one for one in ("tmp", "new", "cur")), maildir / "tmp" / name]:
            _give(path, self.owner)
        (maildir / "tmp" / name).rename(maildir / "new" / name)

    def make_folder(self, address: str, folder: str) -> None:
        maildir = self._folder(address, folder)
        for path in (maildir, *(maildir / one for one in ("tmp", "new", "cur"))):
            path.mkdir(parents=True, exist_ok=True)
            _give(path, self.owner)

    def mails(self, address: str, folder: str = "") -> list[bytes]:
        maildir = self._folder(address, folder)
        files = [*maildir.glob("new/*"), *maildir.glob("cur/*")]
        return [path.read_bytes() for path in sorted(files, key=lambda path: path.name)]

    def add(self, address: str, password: str = PASSWORD) -> None:
        """Dovecot looks into its file anew once a second at the most: best before it has started."""
        known = dict(line.split(":{PLAIN}") for line in self._users())
        known[address] = password
        (self.home / "users").write_text("".join(f"{who}:{{PLAIN}}{word}\n" for who, word in known.items()))
        _give(self.home / "users", self.owner)

    def forget_uids(self, address: str) -> None:
        """A new UIDVALIDITY, as after a mailbox was restored."""
        for path in (self.home / "mail" / address).glob("dovecot*"):
            path.unlink() if path.is_file() else shutil.rmtree(path)
        time.sleep(1.1)  # UIDVALIDITY is the time in seconds

    def _folder(self, address: str, folder: str) -> Path:
        """Below the mailbox, in IMAP's own UTF-7, as Maildir++ has it."""
        maildir = self.home / "mail" / address
        return maildir / f".{utf7_encode(folder).decode()}" if folder else maildir

    def _users(self) -> list[str]:
        path = self.home / "users"
        return path.read_text().splitlines() if path.exists() else []


@contextmanager
def dovecot(*addresses: str, certificate: tuple[Path, Path] | None = None) -> Iterator[Dovecot]:
    home = Path(tempfile.mkdtemp(prefix="heard-dovecot-", dir="/tmp"))
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    port, tls_port = _free_port(), _free_port()
    ssl = f"ssl_cert = <{certificate[0]}\nssl_key = <{certificate[1]}" if certificate else ""
    config = _CONFIG.format(
        home=home,
        user=owner.pw_name,
        group=_group_of(owner),
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        ssl="yes" if certificate else "no",
        certificate=ssl,
        port=port,
        tls_port=tls_port,
    )
    (home / "dovecot.conf").write_text(config)
    (home / "mail").mkdir()
    for path in (home, home / "mail", home / "dovecot.conf"):
        _give(path, owner)
    process = subprocess.Popen(
        [DOVECOT, "-F", "-c", str(home / "dovecot.conf")],
        user=owner.pw_uid if os.geteuid() == 0 else None,
        group=owner.pw_gid if os.geteuid() == 0 else None,
        extra_groups=[] if os.geteuid() == 0 else None,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=(home / "stderr").open("wb"),
    )
    running = Dovecot(home, port, tls_port, process, owner)
    try:
        for address in addresses:
            running.add(address)
        _until_it_listens(running)
        yield running
    finally:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _until_it_listens(running: Dovecot) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", running.port), 1) as door:
            if door.recv(64).startswith(b"* OK"):
                return
        if running.process.poll() is not None:
            break
        time.sleep(0.05)
    said = [path.read_text() for path in (running.home / "stderr", running.home / "log") if path.exists()]
    raise RuntimeError("Dovecot did not start: " + " ".join(said))


def _give(path: Path, owner: pwd.struct_passwd) -> None:
    if os.geteuid() == 0:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def _group_of(owner: pwd.struct_passwd) -> str:
    import grp

    return grp.getgrgid(owner.pw_gid).gr_name


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


# ── SMTP ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Taken:
    sender: str
    to: list[str]
    raw: bytes


@dataclass
class Postman:
    """What an SMTP server took, and what it is to answer next: verb → line, or "hang up"."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    password: str = PASSWORD
    mailboxes: Dovecot | None = None

    def answer(self, verb: str, line: str) -> None:
        self.answers[verb] = line


@contextmanager
def postman(mailboxes: Dovecot | None = None) -> Iterator[Postman]:
    state = Postman(mailboxes=mailboxes)

    class Door(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(ConnectionError, _HangUp):
                _Talk(state, self.rfile, self.wfile).go()

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Door) as server:
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join(5)


class _HangUp(Exception):
    pass


class _Talk:
    def __init__(self, state: Postman, reader: Any, writer: Any) -> None:
        self.state, self.reader, self.writer = state, reader, writer
        self.letter = Taken("", [], b"")

    def go(self) -> None:
        self._say("GREET", "220 postman ESMTP")
        while line := self.reader.readline():
            verb = line.split()[0].upper().decode() if line.split() else ""
            rest = line.decode("utf-8", "replace").strip()
            match verb:
                case "EHLO":
                    self._say("EHLO", "250-postman\r\n250-SIZE 52428800\r\n250 AUTH PLAIN XOAUTH2")
                case "AUTH":
                    self._sign_in(rest)
                case "MAIL":
                    self.letter = Taken(_inside(rest), [], b"")
                    self._say(verb, "250 fine")
                case "RCPT":
                    self.letter.to.append(_inside(rest))
                    self._say(verb, "250 fine")
                case "DATA":
                    self._take()
                case "QUIT":
                    self._say(verb, "221 bye")
                    return
                case _:
                    self._say(verb, "250 fine")

    def _sign_in(self, line: str) -> None:
        import base64

        words = line.split()
        told = base64.b64decode(words[2]).decode() if len(words) > 2 else ""
        right = told.endswith(f"\0{self.state.password}") or "auth=Bearer good" in told
        self._say("AUTH", "235 welcome" if right else "535 5.7.8 wrong user name or password")

    def _take(self) -> None:
        if not self._say("DATA", "354 go on").startswith("354"):
            return
        lines = []
        while (line := self.reader.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        self.letter.raw = b"".join(lines)
        said = self.state.answers.get("END", "250 taken")
        if said.startswith("2") or said == "hang up":
            self._keep()
        self._say("END", "250 taken")

    def _keep(self) -> None:
        self.state.taken.append(self.letter)
        for address in self.letter.to:
            if self.state.mailboxes is not None:
                self.state.mailboxes.deliver(address, self.letter.raw)

    def _say(self, verb: str, line: str) -> str:
        said = self.state.answers.pop(verb, line)
        if said == "hang up":
            raise _HangUp
        self.writer.write(said.encode() + b"\r\n")
        self.writer.flush()
        return said


def _inside(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
